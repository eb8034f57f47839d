import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const { nn } = torch;

describe("outputSize of a transposed convolution", () => {
  const up = new nn.ConvTranspose2d(2, 3, 3, { stride: [2, 3], padding: 1, dilation: [1, 2] });
  const x = torch.randn([1, 2, 4, 5]);
  const shapeFor = (size: readonly number[] | null) => up.forward(x, size).shape.slice(-2);

  it("is what comes out, spatial sizes or the whole shape", () => {
    expect(shapeFor(null)).toEqual([7, 15]);
    expect(shapeFor([7, 15])).toEqual([7, 15]);
    expect(shapeFor([8, 17])).toEqual([8, 17]);
    expect(shapeFor([1, 3, 8, 16])).toEqual([8, 16]);
    expect(up.forward(x.select(0, 0), [3, 8, 16]).shape).toEqual([3, 8, 16]);
    expect(
      new nn.ConvTranspose3d(1, 1, 2, { stride: 2 }).forward(torch.ones([1, 1, 2, 2, 2]), [4, 5, 4]).shape,
    ).toEqual([1, 1, 4, 5, 4]);
  });

  it("stands in outputPadding's place, and gives its numbers", () => {
    const line = new nn.ConvTranspose1d(1, 1, 1, { stride: 3, outputPadding: 1 });
    torch.noGrad(() => {
      line.weight.fill_(2);
      line.bias!.fill_(1);
    });
    const input = torch.tensor([[1, 2]]);
    expect(line.forward(input).toArray()).toEqual([[3, 1, 1, 5, 1]]);
    expect(line.forward(input, [6]).toArray()).toEqual([[3, 1, 1, 5, 1, 1]]);
    expect(line.forward(input, [4]).toArray()).toEqual([[3, 1, 1, 5]]);
  });

  it("undoes a convolution's rounding", () => {
    const down = new nn.Conv2d(3, 2, 3, { stride: 2, padding: 1 });
    const back = new nn.ConvTranspose2d(2, 3, 3, { stride: 2, padding: 1 });
    for (const size of [11, 12]) {
      const image = torch.randn([1, 3, size, size]);
      expect(back.forward(down.forward(image), image.shape).shape).toEqual(image.shape);
    }
  });

  it("that nothing leads to is an error with PyTorch's limits", () => {
    for (const size of [
      [9, 15],
      [8, 14],
      [7.5, 15],
    ]) {
      expect(errorOf(() => up.forward(x, size)).message).toMatch(
        /\[ConvTranspose2d\] expected outputSize from \[7, 15\] to \[8, 17\] for an input of \[4, 5\], got \[/,
      );
    }
    expect(errorOf(() => up.forward(x, [8])).message).toMatch(/outputSize to be a list of 2 or 4, got a list of 1/);
    expect(errorOf(() => up.forward(x.select(0, 0), [1, 3, 8, 16])).message).toMatch(
      /a list of 2 or 3, got a list of 4/,
    );
    expect(errorOf(() => up.forward(x, 8 as unknown as number[])).code).toBe("E_ARG");
  });
});
