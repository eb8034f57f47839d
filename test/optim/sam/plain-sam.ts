import { golden } from "./problem.js";

export type Numbers = readonly number[];
export type RuleName = "SAM" | "GSAM" | "LookSAM" | "FSAM" | "WSAM" | "MSAM";

/** Of the weights (numbers 0 to 5) or the bias (6 and 7). */
export interface PlainGroup {
  rho: number;
  adaptive: boolean;
  eta: number;
  mask: boolean;
  ascentWeightDecay: number;
  lr: number;
  momentum: number;
  weightDecay: number;
}

export interface PlainOptions {
  p: number;
  schedule?: { every: number; from: number; until: number; totalSteps: number };
  clipGradNorm?: number;
  alpha: number;
  k: number;
  sigma: number;
  lambda: number;
  gamma: number;
  decoupled: boolean;
  accumulation?: { accumulate: "n-sam" | "m-sam"; samples: number; microBatch: number };
}

const WEIGHTS = 6;
const add = (a: Numbers, b: Numbers, factor = 1) => a.map((v, i) => v + factor * b[i]!);
const scale = (a: Numbers, factor: number) => a.map((v) => factor * v);
const dot = (a: Numbers, b: Numbers) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
const norm = (a: Numbers) => Math.sqrt(dot(a, a));

/** The loss of the problem of the golden values and its gradient, for samples `start` to `end`. */
function lossAt(at: Numbers, start: number, end: number): { loss: number; g: number[] } {
  const { x, y } = golden;
  const g: number[] = Array(at.length).fill(0);
  const count = 2 * (end - start);
  let loss = 0;
  for (let s = start; s < end; s++) {
    for (let o = 0; o < 2; o++) {
      const residual = dot(x[s]!, at.slice(3 * o, 3 * o + 3)) + at[WEIGHTS + o]! - y[s]![o]!;
      loss += residual ** 2 / count;
      x[s]!.forEach((v, i) => {
        g[3 * o + i]! += (2 * residual * v) / count;
      });
      g[WEIGHTS + o]! += (2 * residual) / count;
    }
  }
  return { loss, g };
}

/** The SAM family over SGD on plain numbers, straight from the formulas: what the optimizers are held against. */
export class PlainSAM {
  w: number[] = [...golden.w0.flat(), ...golden.b0];
  #step = 0;
  #momentum: number[] | undefined;
  #mean: number[] | undefined;
  #gv: number[] | undefined;

  constructor(
    readonly rule: RuleName,
    readonly groups: readonly [PlainGroup, PlainGroup],
    readonly options: PlainOptions,
  ) {}

  #group(i: number): PlainGroup {
    return this.groups[i < WEIGHTS ? 0 : 1];
  }

  #eps(direction: Numbers): number[] {
    const t = this.w.map((v, i) => (this.#group(i).adaptive ? Math.abs(v) + this.#group(i).eta : 1));
    const isInfinite = this.options.p !== 2;
    const scaled = direction.map((d, i) => {
      const { mask, ascentWeightDecay } = this.#group(i);
      return mask ? (isInfinite ? 1 : t[i]!) * (d + ascentWeightDecay * this.w[i]!) : 0;
    });
    const length = norm(scaled);
    return scaled.map((d, i) => {
      if (length === 0) return 0;
      return this.#group(i).rho * t[i]! * (isInfinite ? Math.sign(d) : d / length);
    });
  }

  /** @param isBad whether the gradient of the n-th call of the closure is NaN */
  step(isBad: (call: number) => boolean): number {
    const { rule, options } = this;
    const { schedule, alpha, k, sigma, lambda, gamma } = options;
    const step = this.#step++;
    const isOn =
      schedule === undefined ||
      (step % schedule.every === 0 &&
        step >= Math.round(schedule.from * schedule.totalSteps) &&
        step < Math.round(schedule.until * schedule.totalSteps));
    const isTwoPass = isOn && rule !== "MSAM" && (rule !== "LookSAM" || step % k === 0 || this.#gv === undefined);
    const early = isOn && rule === "MSAM" && this.#momentum ? this.#eps(scale(this.#momentum, -1)) : undefined;

    let calls = 0;
    let isSkipped = false;
    const pass = (at: Numbers, ranges: readonly (readonly [number, number])[]) => {
      const total = ranges.reduce((n, [start, end]) => n + end - start, 0);
      let [loss, g]: [number, number[]] = [0, Array(at.length).fill(0)];
      for (const [start, end] of ranges) {
        isSkipped ||= isBad(++calls);
        const one = lossAt(at, start, end);
        loss += (one.loss * (end - start)) / total;
        g = add(g, one.g, (end - start) / total);
      }
      return { loss, g };
    };

    let [loss, g, gs]: [number, number[], number[]] = [0, Array(8).fill(0), Array(8).fill(0)];
    for (const round of this.#rounds()) {
      const share = round.reduce((n, [start, end]) => n + end - start, 0) / 4;
      const first = pass(early === undefined ? this.w : add(this.w, early), round);
      loss += share * first.loss;
      g = add(g, first.g, share);
      if (!isTwoPass) continue;
      const direction = rule === "FSAM" && this.#mean !== undefined ? add(first.g, this.#mean, -sigma) : first.g;
      gs = add(gs, pass(add(this.w, this.#eps(direction)), round).g, share);
    }
    if (isSkipped) return loss;

    const a = gamma / (1 - gamma);
    let gradient = isTwoPass ? gs : g;
    if (isTwoPass) {
      if (rule === "GSAM") gradient = add(gs, add(g, gs, -dot(g, gs) / dot(gs, gs)), -alpha);
      if (rule === "LookSAM") this.#gv = add(gs, g, -dot(gs, g) / dot(g, g));
      if (rule === "FSAM") this.#mean = this.#mean ? add(scale(this.#mean, lambda), g, 1 - lambda) : g;
      if (rule === "WSAM") gradient = options.decoupled ? g : add(scale(g, 1 - a), gs, a);
    } else if (isOn && rule === "LookSAM" && this.#gv !== undefined) {
      gradient = add(g, this.#gv, (alpha * norm(g)) / (norm(this.#gv) + 1e-8));
    }
    const { clipGradNorm } = options;
    if (clipGradNorm !== undefined) gradient = scale(gradient, Math.min(1, clipGradNorm / (norm(gradient) + 1e-6)));

    const decayed = gradient.map((v, i) => v + this.#group(i).weightDecay * this.w[i]!);
    const old = this.#momentum;
    this.#momentum = decayed.map((v, i) => (old === undefined ? v : this.#group(i).momentum * old[i]! + v));
    this.w = this.w.map((v, i) => v - this.#group(i).lr * this.#momentum![i]!);
    if (isTwoPass && rule === "WSAM" && options.decoupled) {
      this.w = this.w.map((v, i) => v - this.#group(i).lr * a * (gs[i]! - g[i]!));
    }
    return loss;
  }

  #rounds(): (readonly [number, number])[][] {
    const { accumulation } = this.options;
    if (accumulation === undefined) return [[[0, 4]]];
    const { accumulate, samples, microBatch } = accumulation;
    const ranges: (readonly [number, number])[] = [];
    for (let start = 0; start < samples; start += microBatch)
      ranges.push([start, Math.min(samples, start + microBatch)]);
    return accumulate === "n-sam" ? [ranges] : ranges.map((range) => [range]);
  }
}
