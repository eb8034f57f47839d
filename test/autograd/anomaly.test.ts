import { expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const leaf = (data: torch.TensorData) => torch.tensor(data, { requiresGrad: true, dtype: "float64" });
const { detectAnomaly } = torch.autograd;

function rootOf(x: torch.Tensor): torch.Tensor {
  return x.sqrt();
}

it("a NaN gradient names the operation and the lines that ran it", () => {
  const x = leaf([-1]);
  const { code, message } = errorOf(() => detectAnomaly(() => rootOf(x).sum().backward()));
  expect(code).toBe("E_TORCH");
  expect(message).toContain("'SqrtBackward0' returned nan values");
  expect(message).toContain("in SqrtBackward0, whose forward ran here:");
  expect(message).toMatch(/at rootOf .*anomaly\.test\.ts/);
  expect(message).not.toMatch(/lib[\\/]ops/);
});

it("other errors in backward do too", () => {
  const run = () => {
    const y = leaf([1, 2]).exp();
    const z = y.mul(y);
    y.add_(1);
    z.sum().backward();
  };
  expect(errorOf(run).message).not.toContain("whose forward ran here");
  const { message, help } = errorOf(() => detectAnomaly(run));
  expect(message).toContain("in MulBackward0, whose forward ran here:");
  expect(message).toContain("anomaly.test.ts");
  expect(help).toContain("without the underscore");
});

it("a graph from outside is named without lines; the mode nests and ends", () => {
  const y = rootOf(leaf([-1])).sum();
  expect(errorOf(() => detectAnomaly(() => y.backward())).message).toContain(
    "in SqrtBackward0, which was recorded outside of detectAnomaly()",
  );
  detectAnomaly(() => {
    detectAnomaly(() => {}, { checkNan: false });
    expect(() =>
      rootOf(leaf([-1]))
        .sum()
        .backward(),
    ).toThrow(/nan values/);
  });
  const x = leaf([-1]);
  rootOf(x).sum().backward();
  expect(x.grad!.item()).toBeNaN();
});
