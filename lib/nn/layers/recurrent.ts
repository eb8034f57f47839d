import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import { uniform_ } from "../init.js";
import { Module } from "../module.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import { count, type FactoryOptions, factory, oneOf, probability, settings } from "../settings.js";

/** Options of {@link LSTM}, {@link GRU} and {@link RNN}. */
export interface RecurrentOptions extends FactoryOptions {
  /** Layers on top of each other; default 1. */
  numLayers?: number;
  /** Adds learned biases; default true. */
  bias?: boolean;
  /** Whether tensors are [N, L, size] instead of [L, N, size]; default false. */
  batchFirst?: boolean;
  /** Dropout between layers in training; default 0. */
  dropout?: number;
  /** A second direction, from the end to the start; default false. */
  bidirectional?: boolean;
}

const DEFAULTS = { numLayers: 1, bias: true, batchFirst: false, dropout: 0, bidirectional: false, ...factory };

const RNN_DEFAULTS = { ...DEFAULTS, nonlinearity: "tanh" as "tanh" | "relu" };

/** What the recurrent layers share: parameters, and inputs with and without a batch. */
abstract class Recurrent<State, Inputs extends readonly unknown[]> extends Module<
  Inputs,
  [output: Tensor, state: State]
> {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly numLayers: number;
  readonly bias: boolean;
  readonly batchFirst: boolean;
  readonly dropout: number;
  readonly bidirectional: boolean;
  readonly #names: string[] = [];

  constructor(gates: number, inputSize: number, hiddenSize: number, options: RecurrentOptions | undefined) {
    super();
    const name = new.target.name;
    const { numLayers, bias, batchFirst, dropout, bidirectional, ...where } = settings(name, DEFAULTS, options);
    this.inputSize = count(name, "inputSize", inputSize);
    this.hiddenSize = count(name, "hiddenSize", hiddenSize);
    this.numLayers = count(name, "numLayers", numLayers);
    this.bias = bias;
    this.batchFirst = batchFirst;
    this.dropout = probability(name, "dropout", dropout);
    this.bidirectional = bidirectional;
    const rows = gates * hiddenSize;
    for (let layer = 0; layer < numLayers; layer++) {
      const columns = layer === 0 ? inputSize : hiddenSize * this.#directions;
      for (const suffix of bidirectional ? [`l${layer}`, `l${layer}_reverse`] : [`l${layer}`]) {
        this.#add(`weight_ih_${suffix}`, emptyParameter([rows, columns], where));
        this.#add(`weight_hh_${suffix}`, emptyParameter([rows, hiddenSize], where));
        if (!bias) continue;
        this.#add(`bias_ih_${suffix}`, emptyParameter([rows], where));
        this.#add(`bias_hh_${suffix}`, emptyParameter([rows], where));
      }
    }
    this.resetParameters();
  }
  #add(name: string, parameter: Parameter): void {
    this.registerParameter(name, parameter);
    this.#names.push(name);
  }
  get #directions(): number {
    return this.bidirectional ? 2 : 1;
  }

  /** Draws every parameter from U(-k, k), k = 1 / sqrt(hiddenSize). */
  resetParameters(): void {
    const bound = 1 / Math.sqrt(this.hiddenSize);
    for (const parameter of this.weights()) uniform_(parameter, -bound, bound);
  }
  /** All parameters, layer by layer: input weights, state weights, their biases. */
  weights(): Parameter[] {
    return this.#names.map((name) => (this as unknown as Record<string, Parameter>)[name]!);
  }

  /** Checks the input, gives it and each state a batch dimension, and calls `run`. */
  protected run(
    input: Tensor,
    states: readonly (Tensor | undefined)[],
    run: (x: Tensor, states: Tensor[]) => readonly Tensor[],
  ): readonly Tensor[] {
    const name = this.constructor.name;
    const single = input.ndim === 2;
    if ((input.ndim !== 3 && !single) || input.size(-1) !== this.inputSize) {
      badArgument(
        `[${name}] expected an input [length, ${this.inputSize}], or of 3 dimensions with a batch, got ${describeValue(input)}`,
      );
    }
    const batchAt = this.batchFirst ? 0 : 1;
    const x = single ? input.unsqueeze(batchAt) : input;
    const shape = [this.numLayers * this.#directions, x.size(batchAt), this.hiddenSize];
    const full = states.map((state) => {
      if (state === undefined) return ops.zeros(shape, { dtype: input.dtype, device: input.device });
      const given = single ? state.unsqueeze(1) : state;
      const have = given.shape;
      if (have.length !== 3 || have.some((size, i) => size !== shape[i])) {
        badArgument(
          `[${name}] expected a state [${shape.join(", ")}]${single ? " without its batch dimension" : ""}, got ${describeValue(state)}`,
        );
      }
      return given;
    });
    const [output, ...last] = run(x, full);
    return single ? [output!.squeeze(batchAt), ...last.map((state) => state.squeeze(1))] : [output!, ...last];
  }

  override extraRepr(): string {
    const { inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional } = this;
    const parts: Record<string, unknown> = {};
    if (numLayers !== 1) parts.numLayers = numLayers;
    if (!bias) parts.bias = bias;
    if (batchFirst) parts.batchFirst = batchFirst;
    if (dropout !== 0) parts.dropout = dropout;
    if (bidirectional) parts.bidirectional = bidirectional;
    return [`${inputSize}, ${hiddenSize}`, settingsText(parts)].filter((part) => part !== "").join(", ");
  }
}

/**
 * Long short-term memory. With x the input and h, c the states, per step:
 *
 *     i = s(W_ii x + b_ii + W_hi h + b_hi)      f = s(W_if x + b_if + W_hf h + b_hf)
 *     g = tanh(W_ig x + b_ig + W_hg h + b_hg)   o = s(W_io x + b_io + W_ho h + b_ho)
 *     c = f c + i g                             h = o tanh(c)
 *
 * Shapes (without `batchFirst`): input [L, N, inputSize] or [L, inputSize]; output [L, N, directions hiddenSize]; h and c
 * [numLayers directions, N, hiddenSize], zero where not given. `weight_ih_l0` [4 hiddenSize, inputSize] and so on, gates in
 * the order i, f, g, o, all U(-k, k) at first, k = 1 / sqrt(hiddenSize).
 *
 * @see Hochreiter and Schmidhuber, Long Short-Term Memory, 1997
 *
 * @example
 * const lstm = new nn.LSTM(10, 20, { numLayers: 2 });
 * const [output, [h, c]] = lstm.forward(torch.randn([5, 3, 10])); // [5, 3, 20], [2, 3, 20], [2, 3, 20]
 */
export class LSTM extends Recurrent<[h: Tensor, c: Tensor], [input: Tensor, state?: readonly [Tensor, Tensor]]> {
  constructor(inputSize: number, hiddenSize: number, options?: RecurrentOptions) {
    super(4, inputSize, hiddenSize, options);
  }
  forward(input: Tensor, state?: readonly [Tensor, Tensor]): [Tensor, [Tensor, Tensor]] {
    const { bias, numLayers, dropout, training, bidirectional, batchFirst } = this;
    const [output, h, c] = this.run(input, [state?.[0], state?.[1]], (x, states) =>
      ops.lstm(x, states, this.weights(), bias, numLayers, dropout, training, bidirectional, batchFirst),
    );
    return [output!, [h!, c!]];
  }
}

/**
 * Gated recurrent unit. With x the input and h the state, per step:
 *
 *     r = s(W_ir x + b_ir + W_hr h + b_hr)      z = s(W_iz x + b_iz + W_hz h + b_hz)
 *     n = tanh(W_in x + b_in + r (W_hn h + b_hn))
 *     h = (1 - z) n + z h
 *
 * Shapes as in {@link LSTM}, with one state and 3 gates in the order r, z, n.
 *
 * @see Cho et al., Learning Phrase Representations using RNN Encoder-Decoder, EMNLP 2014
 *
 * @example
 * const [output, h] = new nn.GRU(10, 20).forward(torch.randn([5, 3, 10])); // [5, 3, 20], [1, 3, 20]
 */
export class GRU extends Recurrent<Tensor, [input: Tensor, state?: Tensor]> {
  constructor(inputSize: number, hiddenSize: number, options?: RecurrentOptions) {
    super(3, inputSize, hiddenSize, options);
  }
  forward(input: Tensor, state?: Tensor): [Tensor, Tensor] {
    const { bias, numLayers, dropout, training, bidirectional, batchFirst } = this;
    const [output, h] = this.run(input, [state], (x, [h0]) =>
      ops.gru(x, h0!, this.weights(), bias, numLayers, dropout, training, bidirectional, batchFirst),
    );
    return [output!, h!];
  }
}

/**
 * Elman's recurrent net: h = tanh(W_ih x + b_ih + W_hh h + b_hh), or relu in place of tanh. Shapes as in {@link GRU}.
 *
 * @example
 * new nn.RNN(10, 20, { nonlinearity: "relu" }).forward(torch.randn([5, 3, 10]));
 */
export class RNN extends Recurrent<Tensor, [input: Tensor, state?: Tensor]> {
  readonly nonlinearity: "tanh" | "relu";
  constructor(inputSize: number, hiddenSize: number, options?: RecurrentOptions & { nonlinearity?: "tanh" | "relu" }) {
    const { nonlinearity, ...rest } = settings("RNN", RNN_DEFAULTS, options);
    super(1, inputSize, hiddenSize, rest);
    this.nonlinearity = oneOf("RNN", "nonlinearity", nonlinearity, ["tanh", "relu"] as const);
  }
  forward(input: Tensor, state?: Tensor): [Tensor, Tensor] {
    const { bias, numLayers, dropout, training, bidirectional, batchFirst } = this;
    const rnn = this.nonlinearity === "tanh" ? ops.rnnTanh : ops.rnnRelu;
    const [output, h] = this.run(input, [state], (x, [h0]) =>
      rnn(x, h0!, this.weights(), bias, numLayers, dropout, training, bidirectional, batchFirst),
    );
    return [output!, h!];
  }
}
