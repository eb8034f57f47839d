/**
 * For the top of a program, before anything else: `import "sam-torch/plain-errors"`.
 *
 * An error that nothing catches then ends the program with code 1 and, where it is one of this library's, with its message alone on
 * stderr: those say what was expected, what came and what helps. Other errors keep their stack. It works while `sam-torch` itself is
 * being loaded too, when LibTorch is missing.
 *
 * @example
 * import "sam-torch/plain-errors";
 * import * as torch from "sam-torch";
 *
 * await torch.data.Cifar10.load({ root: "nowhere" }); // [Cifar10] expected CIFAR-10's binary version in nowhere, got ...
 */
import { inspect } from "node:util";
import { TorchError } from "../errors.js";
import { writeQuietly } from "./quiet-stream.js";

// Unhandled rejections come here too, failed top-level awaits and modules among them.
process.on("uncaughtException", (error: unknown) => {
  // The live line of a log on a terminal is not finished.
  const start = process.stdout.isTTY && process.stderr.isTTY ? "\n" : "";
  writeQuietly(process.stderr, `${start}${error instanceof TorchError ? error.message : inspect(error)}\n`);
  process.exit(1);
});
