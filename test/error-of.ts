import { expect } from "vitest";
import { TorchError } from "../lib/errors.js";

/** The TorchError that `run` throws; the test fails if it throws none, or something else. */
export function errorOf(run: () => unknown): TorchError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(TorchError);
    return error as TorchError;
  }
  throw new Error("expected an error");
}
