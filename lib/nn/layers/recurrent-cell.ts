import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import { uniform_ } from "../init.js";
import { Module } from "../module.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import { type Arguments, count, type FactoryOptions, factory, gather, oneOf } from "../settings.js";

/** Options of {@link LSTMCell}, {@link GRUCell} and {@link RNNCell}. */
export interface RecurrentCellOptions extends FactoryOptions {
  /** Adds learned biases; default true. */
  bias?: boolean;
}
type CellArguments = Arguments<[bias: boolean], RecurrentCellOptions>;

/** What the cells share: parameters, and inputs with and without a batch. */
abstract class RecurrentCell<Inputs extends readonly unknown[], Output> extends Module<Inputs, Output> {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly bias: boolean;
  weightIh: Parameter;
  weightHh: Parameter;
  biasIh: Parameter | null;
  biasHh: Parameter | null;

  constructor(gates: number, inputSize: number, hiddenSize: number, bias: boolean, where: FactoryOptions) {
    super();
    const name = new.target.name;
    this.inputSize = count(name, "inputSize", inputSize);
    this.hiddenSize = count(name, "hiddenSize", hiddenSize);
    this.bias = bias;
    const rows = gates * hiddenSize;
    this.weightIh = emptyParameter([rows, inputSize], where);
    this.weightHh = emptyParameter([rows, hiddenSize], where);
    this.biasIh = bias ? emptyParameter([rows], where) : null;
    this.biasHh = bias ? emptyParameter([rows], where) : null;
    this.resetParameters();
  }

  /** Draws every parameter from U(-k, k), k = 1 / sqrt(hiddenSize). */
  resetParameters(): void {
    const bound = 1 / Math.sqrt(this.hiddenSize);
    for (const parameter of this.parameters()) uniform_(parameter, -bound, bound);
  }

  /** Gives the input and the states (zero where not given) a batch dimension for `run`, and takes it off the results. */
  protected step(
    input: Tensor,
    states: readonly (Tensor | undefined)[],
    run: (x: Tensor, states: Tensor[]) => readonly Tensor[],
  ): readonly Tensor[] {
    const name = this.constructor.name;
    const { ndim } = input;
    if ((ndim !== 1 && ndim !== 2) || input.size(-1) !== this.inputSize) {
      badArgument(
        `[${name}] expected an input [${this.inputSize}], or [N, ${this.inputSize}], got ${describeValue(input)}`,
      );
    }
    const batched = ndim === 2;
    const x = batched ? input : input.unsqueeze(0);
    const full = states.map((state) => {
      if (state === undefined) {
        return ops.zeros([x.size(0), this.hiddenSize], { dtype: input.dtype, device: input.device });
      }
      const given = batched ? state : state.unsqueeze(0);
      const [rows, columns] = given.shape;
      if (given.ndim !== 2 || rows !== x.size(0) || columns !== this.hiddenSize) {
        badArgument(
          `[${name}] expected a state [${batched ? `${x.size(0)}, ` : ""}${this.hiddenSize}], got ${describeValue(state)}`,
        );
      }
      return given;
    });
    const out = run(x, full);
    return batched ? out : out.map((state) => state.squeeze(0));
  }

  override extraRepr(): string {
    const { inputSize, hiddenSize, bias } = this;
    return `${inputSize}, ${hiddenSize}${bias ? "" : `, ${settingsText({ bias })}`}`;
  }
}

const DEFAULTS = { bias: true, ...factory };

/**
 * One step of an {@link LSTM}: h and c from the input and the h and c before.
 *
 * Shapes: input [N, inputSize] or [inputSize]; h and c [N, hiddenSize] or [hiddenSize], zero where not given. `weightIh`
 * [4 hiddenSize, inputSize], gates in the order i, f, g, o.
 *
 * @example
 * const cell = new nn.LSTMCell(10, 20);
 * let state: [torch.Tensor, torch.Tensor] | undefined;
 * for (const x of inputs) state = cell.forward(x, state);
 */
export class LSTMCell extends RecurrentCell<
  [input: Tensor, state?: readonly [Tensor, Tensor]],
  [h: Tensor, c: Tensor]
> {
  constructor(inputSize: number, hiddenSize: number, ...args: CellArguments) {
    const { bias, ...where } = gather("LSTMCell", ["bias"], DEFAULTS, args);
    super(4, inputSize, hiddenSize, bias, where);
  }
  forward(input: Tensor, state?: readonly [Tensor, Tensor]): [Tensor, Tensor] {
    return this.step(input, [state?.[0], state?.[1]], (x, states) =>
      ops.lstmCell(x, states, this.weightIh, this.weightHh, this.biasIh, this.biasHh),
    ) as [Tensor, Tensor];
  }
}

/** One step of a {@link GRU}. Shapes as in {@link LSTMCell}, with one state and 3 gates in the order r, z, n. */
export class GRUCell extends RecurrentCell<[input: Tensor, state?: Tensor], Tensor> {
  constructor(inputSize: number, hiddenSize: number, ...args: CellArguments) {
    const { bias, ...where } = gather("GRUCell", ["bias"], DEFAULTS, args);
    super(3, inputSize, hiddenSize, bias, where);
  }
  forward(input: Tensor, state?: Tensor): Tensor {
    const [h] = this.step(input, [state], (x, [before]) => [
      ops.gruCell(x, before!, this.weightIh, this.weightHh, this.biasIh, this.biasHh),
    ]);
    return h!;
  }
}

/** One step of an {@link RNN}: h = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu in place of tanh. */
export class RNNCell extends RecurrentCell<[input: Tensor, state?: Tensor], Tensor> {
  readonly nonlinearity: "tanh" | "relu";
  constructor(
    inputSize: number,
    hiddenSize: number,
    ...args: Arguments<
      [bias: boolean, nonlinearity: "tanh" | "relu"],
      RecurrentCellOptions & { nonlinearity?: "tanh" | "relu" }
    >
  ) {
    const defaults = { ...DEFAULTS, nonlinearity: "tanh" as "tanh" | "relu" };
    const { bias, nonlinearity, ...where } = gather("RNNCell", ["bias", "nonlinearity"], defaults, args);
    super(1, inputSize, hiddenSize, bias, where);
    this.nonlinearity = oneOf("RNNCell", "nonlinearity", nonlinearity, ["tanh", "relu"] as const);
  }
  forward(input: Tensor, state?: Tensor): Tensor {
    const cell = this.nonlinearity === "tanh" ? ops.rnnTanhCell : ops.rnnReluCell;
    const [h] = this.step(input, [state], (x, [before]) => [
      cell(x, before!, this.weightIh, this.weightHh, this.biasIh, this.biasHh),
    ]);
    return h!;
  }
  override extraRepr(): string {
    const { nonlinearity } = this;
    return super.extraRepr() + (nonlinearity === "tanh" ? "" : `, ${settingsText({ nonlinearity })}`);
  }
}
