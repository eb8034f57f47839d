import { afterEach, describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { BASE, bits, expectSame, type Net, plainLoss, tidyUp } from "./factored-problem.js";

/*
 * Linear layers whose weight has another name, which is read by who knows nothing of factors.
 */

const { nn, optim } = torch;

afterEach(tidyUp);

const smooth = (y: torch.Tensor) => y.sin().add(y.square().mul(0.1)).mean();

describe("another parameter has the same memory", () => {
  /** Two layers over one memory. The optimizer has the first one's parameters; with `isSecond` the second one's weight too. */
  class Named extends nn.Module<[torch.Tensor]> {
    readonly first = new nn.Linear(256, 128);
    readonly second = new nn.Linear(256, 128);
    readonly #isSecond: boolean;

    constructor(isSecond: boolean) {
      super();
      this.#isSecond = isSecond;
      this.#share();
    }
    #share() {
      this.second.weight.setData(this.first.weight.detach());
    }
    override parameters() {
      return this.#isSecond ? super.parameters() : this.first.parameters();
    }
    override to(...args: Parameters<Net["to"]>): this {
      for (const layer of [this.first, this.second]) layer.to(...args);
      this.#share();
      return this;
    }
    forward(x: torch.Tensor) {
      return this.first.forward(x).add(this.second.forward(x.mul(2)));
    }
  }

  it("the second one's layer reads w + eps, whichever runs first", () => {
    const net = () => new Named(false);
    const later = (n: Net, x: torch.Tensor) => torch.noGrad(() => plainLoss(n, x.mul(2)));
    const second = (n: Net) => (n as unknown as Named).second as unknown as Net;
    const first = (n: Net) => (n as unknown as Named).first as unknown as Net;
    for (const isFirst of [true, false]) {
      const loss = (n: Net, x: torch.Tensor) => {
        const before = isFirst ? later(second(n), x) : torch.zeros([]);
        const own = plainLoss(first(n), x);
        return own.add(isFirst ? before : later(second(n), x));
      };
      expectSame({ net, x: [10, 256], loss }, [1, 1, 1]);
    }
  });
  it("the second one's layer gives its input's gradient at w + eps", () => {
    const loss = (n: Net, x: torch.Tensor) => {
      const { first, second } = n as unknown as Named;
      return smooth(second.forward(first.forward(x).repeat([1, 2])));
    };
    expectSame({ net: () => new Named(false), x: [6, 256], loss }, [1, 1, 1]);
  });
  it("both are the optimizer's: each moves by the sum of both, and comes back", () => {
    expectSame({ net: () => new Named(true), x: [10, 256] }, [0, 0, 0]);
    const net = new Named(true);
    const optimizer = new optim.SAM(net.parameters(), optim.SGD, { ...BASE, lr: 0, weightDecay: 0 });
    const before = bits(net.first.weight);
    optimizer.step(() => {
      const loss = plainLoss(net, torch.randn([10, 256])).add(net.second.weight.detach().mean());
      loss.backward();
      return loss;
    });
    expect(bits(net.first.weight).equals(before)).toBe(true);
  });
});
