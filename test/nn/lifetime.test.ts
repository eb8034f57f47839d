import { beforeEach, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { liveMemory } from "../live-memory.js";

const { nn } = torch;
beforeEach(() => torch.collectGarbage());

describe("parameters and buffers outlive tidy scopes", () => {
  it("a module made inside lives on; everything else made by its constructor is gone", () => {
    const { tensors } = torch.memory();
    let model: torch.nn.Sequential | undefined;
    torch.tidy(() => {
      model = new nn.Sequential(
        new nn.Conv2d(3, 4, 3),
        new nn.BatchNorm2d(4),
        new nn.Embedding(3, 4, { paddingIdx: 0 }),
      );
    });
    expect(torch.memory().tensors - tensors).toBe(2 + 5 + 1);
    expect(model!.parameters().some((p) => p.isDisposed)).toBe(false);
    model!.dispose();
  });

  it("an own parameter and buffer too", () => {
    class Own extends nn.Module {
      weight = new nn.Parameter(torch.ones([2]));
      mean = this.registerBuffer("mean", torch.zeros([2]));
      forward(x: torch.Tensor) {
        return x;
      }
    }
    const own = torch.tidy(() => [() => new Own()][0]!());
    const inside = torch.tidy(() => ({ made: new Own() }));
    for (const module of [own, inside.made]) {
      expect([module.weight.toArray(), module.mean.toArray()]).toEqual([
        [1, 1],
        [0, 0],
      ]);
      module.dispose();
    }
  });

  it("constructors make exactly the tensors that the module holds", () => {
    const makers: (() => torch.nn.AnyModule)[] = [
      () => new nn.Linear(3, 4),
      () => new nn.Bilinear(2, 3, 4),
      () => new nn.Conv2d(3, 4, 3, { paddingMode: "circular", padding: 1 }),
      () => new nn.ConvTranspose2d(3, 4, 3),
      () => new nn.BatchNorm2d(4),
      () => new nn.InstanceNorm2d(4, { affine: true, trackRunningStats: true }),
      () => new nn.LayerNorm(4),
      () => new nn.GroupNorm(2, 4),
      () => new nn.RMSNorm(4),
      () => new nn.Embedding(3, 4, { paddingIdx: 1 }),
      () => new nn.PReLU(),
      () => new nn.MultiheadAttention(4, 2),
      () => new nn.LSTM(3, 4, { numLayers: 2, bidirectional: true }),
      () => new torch.models.WideResNet({ depth: 10, widthFactor: 1 }),
    ];
    for (const make of makers) {
      const { tensors } = torch.memory();
      const module = make();
      const held = module.parameters().length + module.buffers().length;
      expect(torch.memory().tensors - tensors, module.constructor.name).toBe(held);
      module.dispose();
      expect(torch.memory().tensors).toBe(tensors);
    }
  });

  it("a training step in tidy leaves nothing behind, gradients apart", () => {
    const model = new nn.Sequential(
      new nn.Conv2d(3, 4, 3),
      new nn.BatchNorm2d(4),
      new nn.ReLU({ inplace: true }),
      new nn.Dropout(0.2),
      new nn.AdaptiveMaxPool2d(1),
      new nn.Flatten(),
      new nn.Linear(4, 2),
    );
    const step = () =>
      torch.tidy(() => {
        nn.functional
          .crossEntropy(model.forward(torch.randn([4, 3, 8, 8])), torch.zeros([4], { dtype: "int64" }))
          .backward();
        model.zeroGrad();
      });
    step();
    const before = liveMemory();
    for (let i = 0; i < 5; i++) step();
    expect([torch.memory().tensors, torch.memory().bytes]).toEqual([before.tensors, before.bytes]);
  });

  it("loadStateDict makes no tensors", () => {
    const model = new nn.Linear(2, 2);
    const state = model.stateDict();
    const { tensors } = torch.memory();
    model.loadStateDict(state);
    expect(torch.memory().tensors).toBe(tensors);
  });
});
