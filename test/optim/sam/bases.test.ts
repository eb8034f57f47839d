import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { Problem } from "./problem.js";

const { optim } = torch;

/** A base optimizer as a user writes it: the sign of an average of gradients. */
class SignSGD extends optim.Optimizer<{ lr: number; beta: number }> {
  constructor(params: torch.optim.Params<{ lr: number; beta: number }>, options: { lr: number; beta?: number }) {
    super(params, { beta: 0.9, ...options });
  }
  protected override updateParam(param: torch.Tensor, grad: torch.Tensor, group: { lr: number; beta: number }): void {
    const state = this.stateOf(param, () => ({ average: torch.zerosLike(param) }));
    state.average.lerp_(grad, 1 - group.beta);
    param.sub_(state.average.sign(), { alpha: group.lr });
  }
}

const bases = { SGD: optim.SGD, Adam: optim.Adam, AdamW: optim.AdamW, SignSGD } as const;
const rules = [optim.SAM, optim.GSAM, optim.LookSAM, optim.FSAM, optim.WSAM, optim.MSAM] as const;

/** Steps as on a GPU, where nobody asks the host whether a gradient was finite. */
function onDevice<T extends new (...args: never[]) => torch.optim.SAM>(Rule: T): T {
  return class extends (Rule as unknown as typeof optim.SAM) {
    protected override mayAsk(): boolean {
      return Object.values(this.ruleState()).includes(undefined);
    }
  } as unknown as T;
}

function start(Rule: unknown, Base: unknown, own: object = {}) {
  const problem = new Problem();
  const options = { rho: 0.2, lr: 0.05, ...(Base === optim.SGD && { momentum: 0.9 }), ...own };
  const Made = Rule as new (...args: unknown[]) => torch.optim.SAM;
  return { problem, optimizer: new Made(problem.params, Base, options) };
}

for (const [name, Base] of Object.entries(bases)) {
  describe(`over ${name}`, () => {
    it("rho = 0 is the base optimizer, bit for bit", () => {
      const { problem, optimizer } = start(optim.SAM, Base);
      for (const group of optimizer.paramGroups) group.rho = 0;
      const plain = new Problem();
      const options = { lr: 0.05, ...(name === "SGD" && { momentum: 0.9 }) };
      const base = new (Base as new (...args: unknown[]) => torch.optim.Optimizer)(plain.params, options);
      for (let i = 0; i < 4; i++) {
        optimizer.step(problem.closure);
        base.zeroGrad();
        plain.closure();
        base.step();
      }
      expect(problem.flat()).toEqual(plain.flat());
    });

    for (const Rule of rules) {
      const own = Rule === optim.LookSAM ? { k: 1 } : {}; // a second pass in each step
      for (const bad of [1, 2]) {
        if (Rule === optim.MSAM && bad === 2) continue; // there is no second pass
        for (const way of ["host", "device"] as const) {
          it(`${Rule.name}: NaN in pass ${bad}, decided on the ${way}, leaves no trace`, () => {
            const run = (withBad: boolean) => {
              const { problem, optimizer } = start(way === "host" ? Rule : onDevice(Rule as never), Base, own);
              optimizer.step(problem.closure);
              optimizer.step(problem.closure);
              if (withBad) {
                const before = problem.flat();
                let pass = 0;
                optimizer.step(() => {
                  const loss = problem.loss().mul(++pass === bad ? Number.NaN : 1);
                  loss.backward();
                  return loss;
                });
                expect(pass).toBeGreaterThanOrEqual(bad); // the NaN did come
                expect(problem.flat()).toEqual(before);
              }
              optimizer.step(problem.closure);
              return problem.flat();
            };
            expect(run(true)).toEqual(run(false));
          });
        }
      }
    }
  });
}
