import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { decode, expectClose, fixture, make, run, type Stored } from "./fixtures.js";

interface Case {
  group: string;
  name: string;
  module: string;
  args: unknown[];
  options: Record<string, unknown>;
  stateDict: Record<string, Stored>;
  parameters: string[];
  calls: {
    training: boolean;
    inputs: Stored[];
    output: Stored;
    gradOutput: Stored;
    inputGrads: (Stored | null)[];
    grads: Record<string, Stored>;
    buffers: Record<string, Stored>;
  }[];
}

const { cases } = fixture<{ cases: Case[] }>("nn-modules.json.gz");

/** Class weights come as lists. */
function optionsOf({ options, calls, group }: Case): Record<string, unknown> {
  if (group !== "loss") return options;
  const dtype = calls[0]!.inputs[0]!.dtype;
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [key, Array.isArray(value) ? torch.tensor(value, { dtype }) : value]),
  );
}

/** Runs a case as Python did: same state, same calls, one after the other. */
function replay(given: Case): void {
  const module = make(given.module, given.args, optionsOf(given));
  const dtype = given.calls[0]!.inputs.find((t) => t.dtype.startsWith("float"))?.dtype ?? "float64";
  module.to(dtype);
  expect(module.namedParameters().map(([name]) => name)).toEqual(given.parameters);
  if (given.group !== "loss") {
    expect(Object.keys(module.stateDict())).toEqual(Object.keys(given.stateDict));
    module.loadStateDict(Object.fromEntries(Object.entries(given.stateDict).map(([key, t]) => [key, decode(t)])));
  }
  for (const [i, call] of given.calls.entries()) {
    const inputs = call.inputs.map((stored) => decode(stored).requiresGrad_(stored.dtype.startsWith("float")));
    module.train(call.training);
    module.zeroGrad();
    const output = run(module, inputs);
    expectClose(output, call.output, `output of call ${i}`);
    output.backward({ gradient: decode(call.gradOutput) });
    call.inputGrads.forEach((grad, k) => {
      if (grad !== null) expectClose(inputs[k]!.grad, grad, `gradient of input ${k}, call ${i}`);
    });
    const parameters = new Map(module.namedParameters());
    for (const [name, grad] of Object.entries(call.grads)) {
      expectClose(parameters.get(name)!.grad, grad, `gradient of ${name}, call ${i}`);
    }
    const buffers = new Map(module.namedBuffers());
    for (const [name, value] of Object.entries(call.buffers)) {
      expectClose(buffers.get(name)!, value, `${name} after call ${i}`);
    }
  }
}

for (const group of [...new Set(cases.map((c) => c.group))]) {
  describe(`${group}: outputs, gradients and buffers as in Python PyTorch`, () => {
    for (const given of cases.filter((c) => c.group === group)) {
      it(given.name, () => torch.tidy(() => replay(given)));
    }
  });
}

it("covers every case of the fixture", () => {
  expect(cases.length).toBeGreaterThan(150);
});
