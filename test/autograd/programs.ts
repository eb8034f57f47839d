import type * as torch from "../../lib/index.js";
import { decode, expectClose, fixture, type Stored } from "../nn/fixtures.js";

type Out = Record<string, torch.Tensor | number | boolean | null>;
export interface Case {
  name: string;
  inputs: Record<string, Stored>;
  out?: Record<string, Stored | number | boolean | null>;
  message?: string;
}

/** Programs of `file` by name. */
export function programsIn(file: string): Map<string, Case> {
  return new Map(fixture<{ cases: Case[] }>(file).cases.map((given) => [given.name, given]));
}

/** The inputs of a program: they require gradients unless their name ends in `_`. */
export function inputsOf(given: Case): Record<string, torch.Tensor> {
  return Object.fromEntries(
    Object.entries(given.inputs).map(([name, stored]) => {
      const tensor = decode(stored);
      return [name, name.endsWith("_") ? tensor : tensor.requiresGrad_()];
    }),
  );
}

/** Compares all that Python's program gave with all that ours did. */
export function expectSame(given: Case, got: Out): void {
  const wanted = given.out!;
  const names = (out: object) => Object.keys(out).sort().join();
  if (names(wanted) !== names(got)) throw new Error(`${given.name}: expected ${names(wanted)}, got ${names(got)}`);
  for (const [name, want] of Object.entries(wanted)) {
    const value = got[name];
    if (want !== null && typeof want === "object") {
      expectClose(value as torch.Tensor, want, `${given.name}: ${name}`);
    } else if (value !== want) {
      throw new Error(`${given.name}: ${name} is ${value}, Python has ${want}`);
    }
  }
}
