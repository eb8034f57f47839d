import { afterEach, describe, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { expectSame, mlp, type Net, plainLoss, tidyUp } from "./factored-problem.js";

/*
 * The factors of a gradient hold a layer's input, and no copy of it: whoever may write to that memory before the second pass is over
 * has it copied first. Each case against float64, and against the step with the gradient in memory.
 */

const { nn } = torch;

afterEach(tidyUp);

const layerOf = (net: Net, at: number) => net.children()[at] as torch.nn.Linear;

describe("the memory of an input changes between the passes", () => {
  const SAM = "as a weight that another SAM perturbs and moves"; // without factors of its own
  const cases: [name: string, write: (x: torch.Tensor) => void][] = [
    ["by an operator", (x) => torch.noGrad(() => x.mul_(1.5))],
    ["by its name in a list", (x) => torch.noGrad(() => torch.ops.aten!._foreach_mul_!.Scalar!([x], 1.5))],
    ["through a view", (x) => torch.noGrad(() => x.view(-1).slice(0, 3, 900).fill_(0.25))],
    ["through another name", (x) => torch.noGrad(() => x.detach().add_(0.125))],
    ["by a copy", (x) => torch.noGrad(() => x.copy_(torch.arange(x.numel()).reshape(x.shape).sin().to(x.dtype)))],
    ["as an operator's result", (x) => torch.noGrad(() => torch.ops.aten!.mul!.out!(x, x, { out: x }))],
    [
      "as another leaf's gradient, added to",
      (x) => {
        const other = torch.ones(x.shape, { dtype: x.dtype, requiresGrad: true });
        other.grad = x;
        other.sum().backward();
      },
    ],
    [
      "as an optimizer's parameter",
      (x) => {
        const same = new nn.Parameter(x.detach());
        same.grad = torch.ones(x.shape, { dtype: x.dtype });
        new torch.optim.SGD([same], { lr: 0.25 }).step();
      },
    ],
    [
      SAM,
      (x) => {
        const same = new nn.Parameter(x.detach());
        const sam = new torch.optim.SAM([same], torch.optim.SGD, { rho: 3, lr: 0.1 });
        sam.step(() => {
          const loss = same.square().sum();
          loss.backward();
          return loss;
        });
      },
    ],
  ];
  for (const [name, write] of cases) {
    it(name, () => {
      for (const when of [0, 1]) {
        let input: torch.Tensor | undefined;
        expectSame(
          {
            net: () => mlp(256, 128, 8),
            x: [12, 256],
            loss: (net, x) => {
              input = x;
              return plainLoss(net, x);
            },
            after: (_, pass) => {
              if (pass === when) write(input!);
            },
          },
          name === SAM ? [when, 1 - when, when, 1 - when, when, 1 - when] : [1, 1, 1],
        );
      }
    });
  }

  it("after the layer has read it, before its backward pass", () => {
    let input: torch.Tensor | undefined;
    expectSame(
      {
        net: () => mlp(256, 128, 8),
        x: [12, 256],
        loss: (net, x) => {
          input = x.clone();
          return plainLoss(net, input);
        },
        after: () => torch.noGrad(() => input!.zero_()),
      },
      [1, 1, 1],
    );
  });
});

describe("an input is also a weight", () => {
  it("one that is perturbed in memory", () => {
    expectSame(
      {
        // The second layer's weight is too small for factors.
        net: () => new nn.Sequential(new nn.Linear(256, 128), new nn.Linear(256, 12)),
        x: [12, 256],
        loss: (net, x) => {
          const [first, second] = [layerOf(net, 0), layerOf(net, 1)];
          return first.forward(second.weight.detach()).sin().mean().add(second.forward(x).square().mean());
        },
      },
      [1, 1, 1],
    );
  });

  it("one whose own gradient is factors, and that is read in the second pass", () => {
    for (const reads of [false, true]) {
      expectSame(
        {
          net: () => new nn.Sequential(new nn.Linear(256, 64), new nn.Linear(256, 128, { bias: false })),
          x: [4, 256],
          loss: (net, x, pass) => {
            const [first, second] = [layerOf(net, 0), layerOf(net, 1)];
            const y = first.forward(x).sin().mean();
            const z = second.forward(first.weight.detach()).square().mean();
            if (reads && pass === 1) return y.add(z).add(first.weight.mul(0.5).sum().mul(0.01));
            return y.add(z);
          },
        },
        [2, 2, 2],
      );
    }
  });

  it("one whose own gradient is factors, by a name that it had before", () => {
    let name: torch.Tensor | undefined;
    expectSame(
      {
        net: () => new nn.Sequential(new nn.Linear(256, 64), new nn.Linear(256, 128, { bias: false })),
        x: [4, 256],
        loss: (net, x, pass) => {
          const [first, second] = [layerOf(net, 0), layerOf(net, 1)];
          if (pass === 0) name = first.weight.detach();
          const y = first.forward(x).sin().mean();
          return y.add(second.forward(name!).square().mean());
        },
      },
      [2, 2, 2],
    );
  });

  it("one that another SAM has perturbed, and takes back between the passes", () => {
    let other: torch.optim.SAM | undefined;
    let same: torch.nn.Parameter | undefined;
    expectSame(
      {
        net: () => mlp(256, 128, 8),
        x: [12, 256],
        loss: (net, x, pass) => {
          if (pass === 0) {
            same = new nn.Parameter(x.detach());
            other = new torch.optim.SAM([same], torch.optim.SGD, { rho: 3, lr: 0.1 });
            same.square().sum().backward();
            other.firstStep();
          }
          return plainLoss(net, x);
        },
        after: (_, pass) => {
          if (pass === 0) other!.restore();
        },
      },
      [0, 1, 0, 1, 0, 1],
    );
  });
});
