/**
 * What diagnostics cost: SAM steps without them, and with them read every 10 steps, taking turns in one process.
 *
 *   npm run bench -- diagnostics --rounds 9
 *
 * A turn is 10 steps, the reading included. The overhead is the median, over all rounds, of a turn's time over that of the turn without
 * in the same round; whoever went first in one round goes last in the next but one.
 */
import * as torch from "sam-torch";
import { timing } from "./table.js";

const STEPS = 10;
/** Option, and how the table names it. */
const VARIANTS: [diagnostics: boolean | number, name: string][] = [
  [false, "without"],
  [STEPS, `every ${STEPS}th step`],
  [true, "every step"],
];

interface Case {
  name: string;
  /** A round has so many turns of each variant. */
  turns: number;
  model: () => torch.nn.Module & { forward(x: torch.Tensor): torch.Tensor };
  x: () => torch.Tensor;
}

const { nn } = torch;
const CASES: Case[] = [
  {
    name: "WRN-16-2, fp32, batch 128",
    turns: 1,
    model: () => {
      const model = new torch.models.WideResNet({ depth: 16, widthFactor: 2, dropout: 0 });
      model.to({ memoryFormat: "channelsLast" });
      return model;
    },
    x: () => torch.randn([128, 3, 32, 32]).contiguous({ memoryFormat: "channelsLast" }),
  },
  {
    name: "MLP 784-256-10, fp32, batch 64",
    turns: 50,
    model: () => new nn.Sequential(new nn.Linear(784, 256), new nn.ReLU(), new nn.Linear(256, 10)),
    x: () => torch.randn([64, 784]),
  },
];

/** Takes one turn and gives milliseconds per step. */
function player({ model: make, x: makeInput }: Case, diagnostics: boolean | number): () => number {
  torch.manualSeed(0);
  const model = make();
  const x = makeInput();
  const y = torch.randint(0, 10, [x.size(0)]);
  const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, {
    ...{ rho: 0.05, lr: 0.01, momentum: 0.9, weightDecay: 5e-4, diagnostics },
  });
  const closure = () => {
    const loss = nn.functional.crossEntropy(model.forward(x), y, { labelSmoothing: 0.1 });
    loss.backward();
    return loss;
  };
  return () => {
    const start = performance.now();
    for (let i = 0; i < STEPS; i++) torch.tidy(() => void optimizer.step(closure));
    if (diagnostics !== false && optimizer.diagnostics().cosine === null) throw new Error("expected a cosine");
    return (performance.now() - start) / STEPS;
  };
}

/** One row of the table. */
function measure(one: Case, rounds: number): string {
  const players = VARIANTS.map(([diagnostics]) => player(one, diagnostics));
  for (const play of players) play(); // warm up
  const times = players.map(() => [] as number[]);
  for (let round = 0; round < rounds * one.turns; round++) {
    const order = players.map((_, i) => (i + (round >> 1)) % players.length);
    if (round % 2 === 1) order.reverse();
    for (const i of order) times[i]!.push(players[i]!());
  }
  const cells = times.map((samples, i) => {
    const { median, spread } = timing(samples);
    const shown = `${median.toPrecision(4)} ±${(100 * spread).toFixed(1)}%`;
    if (i === 0) return shown;
    const ratios = timing(samples.map((time, round) => time / times[0]![round]!));
    return `${shown}, **${(100 * (ratios.median - 1)).toFixed(2)} %** ±${(100 * ratios.spread).toFixed(2)}`;
  });
  return `| ${one.name} | ${cells.join(" | ")} |`;
}

/** The table, in ms per SAM step: medians ± half the interquartile range, and the overhead. */
export function diagnosticsTable(rounds: number, only = ""): string {
  const head = `| ms per step | ${VARIANTS.map(([, name]) => name).join(" | ")} |\n|${" --- |".repeat(1 + VARIANTS.length)}`;
  const cases = CASES.filter(({ name }) => name.includes(only));
  return [head, ...cases.map((one) => measure(one, rounds))].join("\n");
}
