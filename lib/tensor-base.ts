import { TorchError } from "./errors.js";
import { collect, currentScope, type Scope } from "./lifetime.js";
import { type Handle, native } from "./native.js";
import type { Tensor } from "./tensor.js";

/**
 * What holds a native tensor: its handle, the scope that frees it, disposal. `Tensor` builds on it; files below `Tensor`
 * (indexing, hooks, data access) know only this much, so that imports point down.
 */
export class TensorBase {
  #handle: Handle;
  #scope: Scope | null;

  /** @internal */
  protected get handle(): Handle {
    return this.#handle;
  }

  /** @internal */
  constructor(handle: Handle) {
    this.#handle = handle;
    const scope = currentScope();
    this.#scope = scope;
    if (scope !== null) scope.tensors.push(this as unknown as Tensor);
    if (onCreate !== undefined) onCreate(this as unknown as Tensor);
    if (native.track(handle, this) === true) collect();
  }

  /** @internal */
  static handleOf(tensor: TensorBase): Handle {
    return #handle in tensor ? tensor.#handle : notATensor(tensor);
  }
  /** @internal */
  _keep(): void {
    this.#scope = null;
  }
  /** @internal */
  _moveTo(from: Scope, to: Scope | null): void {
    if (this.#scope !== from) return;
    this.#scope = to;
    to?.tensors.push(this as unknown as Tensor);
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
    native.track(this.#handle, this);
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

let onCreate: ((tensor: Tensor) => void) | undefined;
/** Calls `fn` for each new tensor (debug mode); undefined stops. */
export function watchCreation(fn: ((tensor: Tensor) => void) | undefined): void {
  onCreate = fn;
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
export const handleOf = (tensor: TensorBase): Handle =>
  tensor instanceof TensorBase ? TensorBase.handleOf(tensor) : notATensor(tensor);

export const isTensor = (value: unknown): value is Tensor => value instanceof TensorBase;

function notATensor(value: unknown): never {
  throw new TorchError("E_ARG", `expected a tensor, got ${value === null ? "null" : typeof value}`);
}
