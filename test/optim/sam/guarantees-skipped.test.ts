import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { bitsOf, buffers, countWaits, net, OnDevice, SGD, stateNumbers, weights } from "./guarantee-net.js";
import { Problem } from "./problem.js";

const { optim } = torch;
const F = torch.nn.functional;

describe("3. a gradient that is not finite skips the whole step", () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    for (const where of [[1], [2], [1, 2]]) {
      for (const scaled of [false, true]) {
        it(`${bad} in pass ${where.join(" and ")}, with${scaled ? "" : "out"} a loss scale`, () => {
          const given = net();
          const scaler = new optim.GradScaler({ initScale: 1024, enabled: scaled });
          const optimizer = new optim.SAM(given.model.parameters(), optim.SGD, {
            ...{ rho: 0.1, ...SGD, ...(scaled && { scaler }) },
          });
          const step = (badPasses: readonly number[]) => {
            let pass = 0;
            optimizer.step(() => {
              const factor = badPasses.includes(++pass) ? bad : 1;
              const loss = F.crossEntropy(given.model.forward(given.x), given.y).mul(factor);
              (scaled ? scaler.scale(loss) : loss).backward();
              return loss;
            });
          };
          const all = () => [weights(given.model), buffers(given.model), JSON.stringify(stateNumbers(optimizer))];
          step([]);
          const before = all();
          step(where);
          expect(all()).toEqual(before);
          if (scaled) expect(scaler.getScale()).toBe(512); // halved once
          step([]);
          expect(weights(given.model)).not.toEqual(before[0]);
        });
      }
    }
  }

  for (const dtype of ["float32", "float64", "bfloat16"] as const) {
    for (const options of [{}, { adaptive: true }, { p: Number.POSITIVE_INFINITY }]) {
      it(`moves nothing: pass 2 is at w, ${dtype}, ${JSON.stringify(Object.keys(options))}`, () => {
        for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
          const w = torch.tensor([1, -2, 3], { dtype, requiresGrad: true });
          const optimizer = new optim.SAM([w], optim.SGD, { rho: 0.5, lr: 0.1, momentum: 0.9, ...options });
          const seen: unknown[] = [];
          optimizer.step(() => {
            seen.push(w.toArray());
            const loss = w.mul(torch.tensor([1, 2, bad], { dtype })).sum();
            loss.backward();
            return loss;
          });
          expect([...seen, w.toArray()]).toEqual(Array(3).fill([1, -2, 3]));
          expect(w.grad).toBeNull();
        }
      });
    }
  }

  it.each([1, 2])("over a base with a step of its own, which knows nothing of skipping, NaN in pass %i", (bad) => {
    class Own extends optim.Optimizer<{ lr: number }> {}
    Own.prototype.step = function (this: Own) {
      torch.noGrad(() => {
        for (const { params, lr } of this.paramGroups) for (const p of params) p.sub_(p.grad!, { alpha: lr });
      });
    } as typeof Own.prototype.step;
    for (const Rule of [optim.SAM, OnDevice]) {
      const w = torch.tensor([1, 2], { requiresGrad: true });
      const optimizer = new Rule([w], Own, { rho: 0.1, lr: 0.1 });
      let pass = 0;
      const step = () =>
        optimizer.step(() => {
          const loss = w
            .square()
            .sum()
            .mul(++pass === bad ? Number.NaN : 1);
          loss.backward();
          return loss;
        });
      step();
      expect(w.toArray()).toEqual([1, 2]);
      step();
      expect(w.toArray()).not.toEqual([1, 2]);
    }
  });

  it("unless skipNonFinite is false: then the base optimizer steps with what there is", () => {
    for (const Rule of [optim.SAM, OnDevice]) {
      const w = torch.tensor([1, 2], { requiresGrad: true });
      const optimizer = new Rule([w], optim.SGD, { rho: 0.5, lr: 0.1, skipNonFinite: false });
      optimizer.step(() => {
        const loss = w.mul(torch.tensor([1, Number.NaN])).sum();
        loss.backward();
        return loss;
      });
      const [first, second] = w.toArray() as [number, number];
      expect(first).toBeCloseTo(0.9, 6);
      expect(second).toBeNaN();
    }
  });

  for (const dtype of ["float16", "bfloat16"] as const) {
    for (const masters of [false, true]) {
      for (const where of [0, 1]) {
        const overflow = dtype === "float16" ? 1e6 : 1e38; // the first is beyond float16 only
        const kept = masters ? `${dtype} weights and float32 masters` : "float32 weights";
        it(`overflow of a scaled gradient under ${dtype} autocast, ${kept}, in pass ${where + 1}, on the device`, () => {
          const given = net();
          if (masters) given.model.to(dtype, { masterWeights: true });
          const scaler = new optim.GradScaler({ initScale: 1024 });
          const optimizer = new OnDevice(given.model.parameters(), optim.SGD, { rho: 0.1, scaler, ...SGD });
          const scaled = (factor: number) => {
            const logits = torch.autocast("cpu", { dtype }, () => given.model.forward(given.x));
            expect(logits.dtype).toBe(dtype);
            const loss = F.crossEntropy(logits.float(), given.y);
            scaler.scale(loss).mul(factor).backward();
            return loss;
          };
          optimizer.step(() => scaled(1));
          const seen = () => [bitsOf(given.model), buffers(given.model), JSON.stringify(stateNumbers(optimizer))];
          const before = seen();
          const [waits, stop] = countWaits();
          let pass = 0;
          optimizer.step(() => scaled(pass++ === where ? overflow : 1));
          stop();
          expect(waits()).toBe(0);
          expect(seen()).toEqual(before);
          expect(scaler.getScale()).toBe(512); // halved once
          optimizer.step(() => scaled(1));
          expect(bitsOf(given.model)).not.toEqual(before[0]);
        });
      }
    }
  }

  for (const Rule of [optim.SAM, optim.LookSAM] as const) {
    it(`eps of ${Rule.name} does not depend on the loss scale`, () => {
      const run = (factor: number) => {
        const problem = new Problem();
        const optimizer = new Rule(problem.params, optim.SGD, { rho: 0.5, lr: 0, adaptive: true } as never);
        const seen: number[][] = [];
        optimizer.step(() => {
          seen.push(problem.flat());
          const loss = problem.loss().mul(factor);
          loss.backward();
          return loss;
        });
        return seen[1]!;
      };
      expect(run(1024)).toEqual(run(1)); // a power of two: bit-equal
    });
  }
});
