/** What went wrong, for code that wants to react: see `docs/architecture.md` for when each is used. */
export type ErrorCode =
  | "E_ARG"
  | "E_DISPOSED"
  | "E_DEVICE"
  | "E_OOM"
  | "E_TORCH"
  | "E_LOAD"
  | "E_DATA"
  | "E_CHECKPOINT"
  | "E_STATE"
  | "E_CANCELLED";

/**
 * Every error this library throws.
 *
 * The message reads `[op] expected ..., got ...`, followed by a `help:` line where there is something to do about it.
 *
 * @example
 * try {
 *   torch.matmul(torch.ones([2, 3]), torch.ones([2, 3]));
 * } catch (error) {
 *   if (error instanceof torch.TorchError && error.code === "E_TORCH") console.error(error.message);
 * }
 */
export class TorchError extends Error {
  override readonly name: string = "TorchError";
  readonly code: ErrorCode;
  /** What to do about it, if anything is known to help. */
  readonly help: string | undefined;

  constructor(code: ErrorCode, message: string, help?: string, options?: ErrorOptions) {
    super(help === undefined || help === "" ? message : `${message}\n  help: ${help}`, options);
    this.code = code;
    this.help = help === "" ? undefined : help;
  }
}

/** What an error says, without its help. */
export const messageOf = ({ message, help }: TorchError): string =>
  help === undefined ? message : message.slice(0, -`\n  help: ${help}`.length);

/** Throws a {@link TorchError} with code `E_ARG`: the one-liner for argument checks. */
export function badArgument(message: string, help?: string): never {
  throw new TorchError("E_ARG", message, help);
}
