import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

/* A mode of the thread ends with the call that set it: what would go on after an await is refused, not run without the mode. */

type Scope = <T>(fn: () => T) => T;
const { autograd } = torch;
const scopes: [name: string, scope: Scope][] = [
  ["noGrad", torch.noGrad],
  ["enableGrad", torch.enableGrad],
  ["inferenceMode", torch.inferenceMode],
  ["autocast", (fn) => torch.autocast("cpu", { dtype: "bfloat16" }, fn)],
  ["detectAnomaly", (fn) => autograd.detectAnomaly(fn)],
  ["dualLevel", autograd.forwardAd.dualLevel],
  [
    "savedTensorsHooks",
    (fn) =>
      autograd.graph.savedTensorsHooks(
        (x) => x,
        (x) => x,
        fn,
      ),
  ],
  ["checkpoint", (fn) => torch.utils.checkpoint.checkpoint(fn, [])],
  ["printoptions", (fn) => torch.printoptions({ precision: 2 }, fn)],
];

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on("unhandledRejection", note);
});
afterEach(() => void process.off("unhandledRejection", note));

describe.each(scopes)("%s", (name, scope) => {
  it("gives what its function gives", () => {
    expect(scope(() => 3)).toBe(3);
    expect(scope(() => torch.ones([1])).shape).toEqual([1]);
    expect(scope(() => undefined)).toBeUndefined();
  });

  it("refuses an async function, whose own failure goes nowhere, and ends", async () => {
    const before = [torch.isGradEnabled(), torch.isAutocastEnabled("cpu"), torch.getPrintoptions().precision];
    const error = errorOf(() =>
      scope(async () => {
        await null;
        throw new Error("later");
      }),
    );
    expect(error.code).toBe("E_ARG");
    expect(error.message).toContain(`[${name}] expected a synchronous function, got one that gives a promise`);
    expect([torch.isGradEnabled(), torch.isAutocastEnabled("cpu"), torch.getPrintoptions().precision]).toEqual(before);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(unhandled).toEqual([]);
  });
});
