import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { close, rows, x } from "./matrix.js";

describe("matrices", () => {
  it("matmul, addmm, baddbmm, bmm, linalg", () => {
    expect(rows(x.matmul(x.T))[0]).toEqual([14, 35]);
    expect(x.mv(torch.ones([3])).toArray()).toEqual([6, 16]);
    expect(rows(torch.addmm(torch.ones([2, 2]), x, x.T, { beta: 2, alpha: 0.5 }))[0]).toEqual([9, 19.5]);
    expect(rows(torch.baddbmm(torch.ones([1, 2, 2]), x.unsqueeze(0), x.T.unsqueeze(0), { beta: 0 }))[0]).toEqual([
      [14, 35],
      [35, 90],
    ]);
    close(torch.linalg.norm(x), [Math.sqrt(104)]);
    close(torch.linalg.vectorNorm(x, 1), [22]);
    const { Q, R } = torch.linalg.qr(x);
    close(Q.matmul(R), [1, 2, 3, 4, 5, 7]);
    const { U, S, Vh } = torch.linalg.svd(x, { fullMatrices: false });
    close(U.mul(S).matmul(Vh), [1, 2, 3, 4, 5, 7]);
    close(
      torch.linalg.det(
        torch.tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
      [-2],
    );
    close(torch.fft.ifft(torch.fft.fft(torch.tensor([1, 2, 3]))).real, [1, 2, 3]);
    close(torch.special.expit(torch.tensor([0])), [0.5]);
  });
});
