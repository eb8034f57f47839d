import { noteSite } from "./debug.js";
import { TorchError } from "./errors.js";
import { collect, currentScope, type Scope } from "./lifetime.js";
import { type Handle, native } from "./native.js";
import type { Tensor } from "./tensor.js";
import { Tag, words } from "./wire.js";

/**
 * What holds a native tensor: its handle, the scope that frees it, disposal. `Tensor` builds on it; files below `Tensor`
 * (indexing, hooks, operators) know only this much, so that imports point down.
 */
export class TensorBase {
  #handle: Handle;
  #scope: Scope | null;

  /** @internal */
  protected get handle(): Handle {
    return this.#handle;
  }

  /** @internal Handle 0 stands for a tensor whose native half is still to come. */
  constructor(handle: Handle) {
    this.#handle = handle;
    const scope = currentScope();
    this.#scope = scope;
    if (scope !== null) scope.tensors.push(this as unknown as Tensor);
    if (handle === 0) return;
    noteSite(handle);
    if (scope === null) track(handle, this);
  }

  /** @internal The handle of a tensor (0 once it is disposed), and -1 for any other value. */
  static handleIn(value: unknown): Handle {
    return typeof value === "object" && value !== null && #handle in value ? (value as TensorBase).#handle : -1;
  }

  /**
   * @internal Calls an operator whose arguments are on the wire, for its one result. The object is made first, so that
   * native code can tie the result to it on the way: one crossing instead of two.
   */
  static fromCall(operator: number, count: number): Tensor | null {
    const made = new TensorClass(0);
    const crowded = made.#scope === null ? call(operator, count, made) : call(operator, count);
    if (words[0] !== Tag.Tensor) return null;
    const handle = words[1]!;
    made.#handle = handle;
    noteSite(handle);
    if (crowded === true) collect();
    return made;
  }

  /** @internal Takes it out of its scope: from here on it lives as long as JavaScript refers to it. */
  _keep(): void {
    if (this.#scope === null) return;
    this.#scope = null;
    if (this.#handle !== 0) track(this.#handle, this);
  }
  /** @internal */
  _moveTo(from: Scope, to: Scope | null): void {
    if (this.#scope !== from) return;
    if (to === null) {
      this._keep();
    } else {
      this.#scope = to;
      to.tensors.push(this as unknown as Tensor);
    }
  }
  /** @internal Its handle if it still belongs to `scope`, and 0 otherwise; the tensor counts as disposed from here on. */
  _release(scope: Scope): Handle {
    if (this.#scope !== scope) return 0;
    this.#scope = null;
    const handle = this.#handle;
    this.#handle = 0;
    return handle;
  }
  /** @internal The other tensor's storage and identity under this object. */
  _become(other: TensorBase): void {
    native.dispose(this.#handle);
    this.#handle = native.alias(other.#handle);
    noteSite(this.#handle);
    if (this.#scope === null) track(this.#handle, this);
  }

  /** Whether it was freed. Using a freed tensor is an error with code `E_DISPOSED`. */
  get isDisposed(): boolean {
    return !native.alive(this.#handle);
  }
  /** Frees it now; a second call does nothing. Storage that views share lives as long as the last of them. */
  dispose(): void {
    native.dispose(this.#handle);
    this.#handle = 0;
    this.#scope = null;
  }
  [Symbol.dispose](): void {
    this.dispose();
  }
}

const call = native.call;

function track(handle: Handle, tensor: TensorBase): void {
  if (native.track(handle, tensor) === true) collect();
}

let TensorClass: new (handle: Handle) => Tensor;
/** Set once by `lib/tensor.ts`, which stands above this file. */
export function setTensorClass(made: new (handle: Handle) => Tensor): void {
  TensorClass = made;
}

/** A native handle as a tensor. */
export function wrap(handle: Handle): Tensor {
  return new TensorClass(handle);
}

/** A tensor's native handle; an E_ARG error for anything else. */
export const handleOf = (tensor: TensorBase): Handle => handleFor("tensor", tensor);

/** {@link handleOf} on behalf of `op`, which the error names. */
export function handleFor(op: string, tensor: TensorBase): Handle {
  const handle = TensorBase.handleIn(tensor);
  return handle < 0 ? notATensor(op, tensor) : handle;
}

/** Not `instanceof`: a proxy, or an object that only has the prototype, holds no tensor. */
export const isTensor = (value: unknown): value is Tensor => TensorBase.handleIn(value) >= 0;

function notATensor(op: string, value: unknown): never {
  const isData = Array.isArray(value) || ArrayBuffer.isView(value);
  const got = isData ? "an array" : value === null ? "null" : typeof value;
  throw new TorchError(
    "E_ARG",
    `[${op}] expected a tensor, got ${got}`,
    isData ? "torch.tensor(values) makes one" : undefined,
  );
}
