import { describe, expect, expectTypeOf, it, vi } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

/* The numbers beside the calls are what Python PyTorch gave for the same modules. */

const { nn } = torch;
type Grads = torch.nn.ModuleGrads;
const seen = (grads: Grads) => grads.map((grad) => grad?.toArray() ?? null);
const one = (requiresGrad = true) => torch.tensor([1]).requiresGrad_(requiresGrad);

class Two extends nn.Module<[a: torch.Tensor, b: torch.Tensor, scale?: number], [torch.Tensor, torch.Tensor]> {
  forward(a: torch.Tensor, _b: torch.Tensor, _scale = 3): [torch.Tensor, torch.Tensor] {
    return [a.mul(2), a.mul(5)];
  }
}
function watched<M extends torch.nn.AnyModule>(module: M): [M, unknown[]] {
  const calls: unknown[] = [];
  module.registerFullBackwardHook((of, gradInput, gradOutput) => {
    calls.push([of === module, seen(gradInput), seen(gradOutput)]);
  });
  return [module, calls];
}
const ones = () => {
  const layer = new nn.Linear(1, 1, { bias: false });
  nn.init.ones_(layer.weight);
  return layer;
};

describe("full backward hooks", () => {
  it("see a gradient for each input and output, null for what is no tensor and for outputs without use", () => {
    const [module, calls] = watched(new Two());
    const [a, b, constant] = [one(), one(), one(false)];
    module.forward(a, b)[0].sum().backward();
    expect([a.grad!.item(), b.grad!.item()]).toEqual([2, 0]);
    module.forward(a, constant)[0].sum().backward();
    expect(constant.grad).toBeNull();
    const [y, z] = module.forward(a, constant, 4);
    y.sum().add(z.sum()).backward();
    expect(calls).toEqual([
      [true, [[2], [0]], [[1], null]],
      [true, [[2], [0]], [[1], null]],
      [true, [[7], [0], null], [[1], [1]]],
    ]);
  });

  it("run with nulls where no input requires grad, and may not return gradients then", () => {
    const [layer, calls] = watched(ones());
    const x = torch.tensor([[3]]);
    layer.forward(x).sum().backward();
    expect([calls, layer.weight.grad!.item()]).toEqual([[[true, [null], [[[1]]]]], 3]);
    layer.registerFullBackwardHook(() => [torch.ones([1, 1])]);
    expect(errorOf(() => layer.forward(x).sum().backward()).message).toMatch(
      /\[registerFullBackwardHook\] expected nothing, or null for each input/,
    );
  });

  it("change gradients one after the other; those before the module do so first", () => {
    const layer = ones();
    const order: unknown[] = [];
    for (const factor of [2, 3]) {
      layer.registerFullBackwardHook((_, gradInput) => {
        order.push(seen(gradInput));
        return [gradInput[0]!.mul(factor)];
      });
    }
    for (const factor of [5, 7]) {
      layer.registerFullBackwardPreHook((_, gradOutput) => {
        order.push(seen(gradOutput));
        return [gradOutput[0]!.mul(factor)];
      });
    }
    const a = one();
    layer
      .forward(a.view([1, 1]))
      .sum()
      .backward();
    expect(order).toEqual([[[[1]]], [[[5]]], [[[35]]], [[[70]]]]);
    expect([a.grad!.item(), layer.weight.grad!.item()]).toEqual([210, 35]);
    const none = ones();
    none.registerFullBackwardHook(() => [null]);
    const b = one();
    none.forward(b).sum().backward();
    expect(b.grad).toBeNull();
  });

  it("run only where the backward pass comes by, and in each one that does", () => {
    const [layer, calls] = watched(ones());
    const a = one();
    const y = layer.forward(a).sum();
    torch.autograd.grad([y], [layer.weight], { retainGraph: true });
    expect(calls).toEqual([]);
    y.backward({ retainGraph: true });
    y.backward();
    expect(calls).toHaveLength(2);
    torch.noGrad(() => layer.forward(a));
    class Cut extends nn.Module {
      forward(x: torch.Tensor) {
        return x.detach();
      }
    }
    expect(watched(new Cut())[0].forward(a).requiresGrad).toBe(false);
  });

  it("leave second derivatives as they are", () => {
    const [module, calls] = watched(new Two());
    const a = one();
    const [g] = torch.autograd.grad([module.forward(a, one())[0].square().sum()], [a], { createGraph: true });
    g!.sum().backward();
    expect([g!.item(), a.grad!.item()]).toEqual([8, 8]);
    expect(calls[0]).toEqual([true, [[8], [0]], [[4], null]]);
  });

  it("stand between forward hooks as in PyTorch, and stay for passes that began before they came off", () => {
    const relu = new nn.ReLU();
    const functions: (string | null)[] = [];
    relu.registerForwardHook((_, [x], y) => {
      functions.push(x.gradFn, y.gradFn);
    });
    let calls = 0;
    const hook = relu.registerFullBackwardHook(() => {
      calls++;
    });
    const y = relu.forward(one());
    hook.remove();
    y.sum().backward();
    relu.forward(one()).sum().backward();
    expect([functions.slice(0, 2).map((f) => f?.replace("Backward0", "")), calls]).toEqual([
      ["BackwardHookFunctionBackward", "Relu"].map((f) => expect.stringContaining(f)),
      1,
    ]);
  });

  it("see the tensors of an array that holds other things too", () => {
    const [lstm, calls] = watched(new nn.LSTM(1, 1));
    const [out, [h]] = lstm.forward(torch.ones([1, 1, 1]).requiresGrad_());
    out.sum().add(h.sum()).backward();
    const [[, gradInput, gradOutput]] = calls as [[boolean, unknown[], unknown[]]];
    expect([gradInput.map((g) => g !== null), gradOutput.map((g) => g !== null)]).toEqual([[true], [true, false]]);
  });

  it("that throw give their own error, and the next pass is well", () => {
    const layer = ones();
    const own = new Error("mine");
    const hook = layer.registerFullBackwardHook(() => {
      throw own;
    });
    const before = layer.registerFullBackwardPreHook(() => {
      throw own;
    });
    for (const { remove } of [before, hook, { remove() {} }]) {
      const a = one();
      const loss = layer.forward(a).sum();
      if (remove !== before.remove && remove !== hook.remove) loss.backward();
      else expect(() => loss.backward()).toThrow(own);
      remove();
    }
  });

  it("that return something else are errors, and so is a change of the input in place", () => {
    const message = (given: unknown) => {
      const layer = ones();
      layer.registerFullBackwardHook(() => given as Grads);
      return errorOf(() =>
        layer
          .forward(one().view([1, 1]))
          .sum()
          .backward(),
      ).message;
    };
    expect(message([null, null])).toMatch(/expected the hook to return 1 gradients, got 2/);
    expect(message(torch.ones([1, 1]))).toMatch(/a list of gradients or nothing, got float32 \[1, 1\] cpu/);
    expect(message([3])).toMatch(/expected the hook to return tensors and nulls, got 3/);
    expect(message([torch.ones([1, 2])])).toMatch(/a gradient of shape \[1, 1\], got \[1, 2\]/);
    expect(errorOf(() => ones().registerFullBackwardHook(3 as never)).message).toMatch(
      /\[registerFullBackwardHook\] expected a function, got 3/,
    );
    const relu = watched(new nn.ReLU({ inplace: true }))[0];
    expect(errorOf(() => relu.forward(one().mul(1))).message).toMatch(/view .* being modified inplace/);
  });

  it("of a module whose output is neither tensor nor array warn that they see nothing", () => {
    class Named extends nn.Module<[torch.Tensor], { y: torch.Tensor }> {
      forward(x: torch.Tensor) {
        return { y: x.mul(2) };
      }
    }
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const [module, calls] = watched(new Named());
    module.forward(one()).y.sum().backward();
    expect(warn.mock.calls[0]![0]).toMatch(/expected Named to give a tensor or an array of tensors/);
    expect(calls).toEqual([]);
    warn.mockRestore();
  });

  it("are typed by the module", () => {
    new nn.LSTM(1, 1).registerFullBackwardHook((module, gradInput, gradOutput) => {
      expectTypeOf(module).toEqualTypeOf<torch.nn.LSTM>();
      expectTypeOf(gradInput).toEqualTypeOf<Grads>();
      expectTypeOf(gradOutput).toEqualTypeOf<Grads>();
    });
    // @ts-expect-error: a list is to be returned
    ones().registerFullBackwardPreHook((_, [grad]) => grad);
  });
});

describe("layers with backward hooks run by themselves", () => {
  const nets = {
    "linear and ReLU": [() => new nn.Sequential(new nn.Linear(4, 4), new nn.ReLU()), [3, 4]],
    "batch norm and ReLU": [() => new nn.Sequential(new nn.BatchNorm2d(4), new nn.ReLU()), [2, 4, 5, 5]],
  } as const;
  for (const [name, [make, shape]] of Object.entries(nets)) {
    it.each([0, 1])(`${name}, hook on %i`, (place) => {
      torch.manualSeed(1);
      const net = make();
      const x = torch.randn([...shape]).requiresGrad_();
      const gradient = () => {
        x.grad = null;
        net.forward(x).square().sum().backward();
        return x.grad!;
      };
      const plain = gradient();
      const [, calls] = watched(net.at(place));
      const hooked = gradient();
      expect(calls).toHaveLength(1);
      expect(torch.allclose(plain, hooked, { rtol: 1e-4, atol: 1e-5 })).toBe(true);
    });
  }

  it("and the blocks of a residual net", () => {
    const net = new torch.models.WideResNet({ depth: 10, widthFactor: 1 });
    const blocks = net.modules().filter((m) => m instanceof nn.Sequential);
    const calls = new Map(blocks.map((block) => [block, 0]));
    for (const block of blocks) {
      block.registerForwardHook(() => {
        calls.set(block, calls.get(block)! + 1);
      });
      block.registerFullBackwardHook(() => {
        calls.set(block, calls.get(block)! + 1);
      });
    }
    net
      .forward(torch.randn([1, 3, 8, 8]))
      .sum()
      .backward();
    expect(new Set(calls.values())).toEqual(new Set([2]));
  });
});

describe("backward hooks in steps of SAM", () => {
  const train = (hooked: boolean, capture = false) => {
    torch.manualSeed(3);
    const net = new nn.Sequential(new nn.Linear(20, 16), new nn.ReLU(), new nn.Linear(16, 4));
    let calls = 0;
    const optimizer = new torch.optim.SAM(net.parameters(), torch.optim.SGD, { rho: 0.1, lr: 0.1 });
    const x = torch.randn([12, 20]);
    const y = torch.randint(0, 4, [12]);
    const passes: boolean[] = [];
    if (hooked) {
      net.at(2).registerFullBackwardHook(() => {
        calls++;
        passes.push(optimizer.isPerturbed);
      });
    }
    const closure = () => {
      const loss = nn.functional.crossEntropy(net.forward(x), y);
      loss.backward();
      return loss;
    };
    const step = capture ? optimizer.capture(closure, { warmup: 1 }) : () => optimizer.step(closure);
    for (let i = 0; i < 6; i++) step();
    return { state: net.stateDict(), calls, passes };
  };

  it("run in both passes and change nothing", () => {
    const [plain, hooked] = [train(false), train(true)];
    expect(hooked.passes).toEqual(Array.from({ length: 12 }, (_, i) => i % 2 === 1));
    for (const [name, value] of Object.entries(plain.state)) {
      expect(torch.allclose(value, hooked.state[name]!, { rtol: 1e-5, atol: 1e-6 })).toBe(true);
    }
  });
  it("and in steps that were to be captured", () => {
    const [plain, captured] = [train(true), train(true, true)];
    expect(captured.calls).toBe(12);
    for (const [name, value] of Object.entries(plain.state)) {
      expect(value.equal(captured.state[name]!)).toBe(true);
    }
  });
  it("that throw give their error, and leave the weights unperturbed", () => {
    const net = ones();
    const optimizer = new torch.optim.SAM(net.parameters(), torch.optim.SGD, { rho: 0.1, lr: 0.1 });
    net.registerFullBackwardHook(() => {
      if (optimizer.isPerturbed) throw new Error("in the second pass");
    });
    const step = () =>
      optimizer.step(() => {
        const loss = net.forward(torch.ones([1, 1]).requiresGrad_()).sum();
        loss.backward();
        return loss;
      });
    expect(step).toThrow("in the second pass");
    expect([optimizer.isPerturbed, net.weight.item()]).toEqual([false, 1]);
  });
});
