import { badArgument } from "./errors.js";
import { currentScope, disposeHandles, runInScope, Scope } from "./lifetime.js";
import { describeValue } from "./ops/describe-value.js";
import { expectFunction } from "./options.js";
import type { Tensor } from "./tensor.js";
import { isTensor } from "./tensor-base.js";

/**
 * Runs `fn` and frees every tensor made inside that is not returned.
 *
 * What is returned lives on, also inside arrays, plain objects, maps and sets; so does what `torch.keep()` has marked, and
 * parameters, buffers and optimizer state. Scopes nest. With an async function the scope ends when its promise does, and
 * scopes that run side by side are kept apart.
 *
 * @example
 * const loss = torch.tidy(() => model.forward(x).sub(y).square().mean());
 */
export function tidy<T>(fn: () => T): T {
  expectFunction("tidy", fn, "tidy(() => loss(model.forward(x)).item())");
  const scope = new Scope(currentScope());
  return runInScope(scope, fn, (result) => {
    const kept = new Set<Tensor>();
    findTensors(result, kept, new Set());
    const handles: number[] = [];
    for (const tensor of scope.tensors) {
      if (kept.has(tensor)) {
        tensor._moveTo(scope, scope.heir);
      } else {
        const handle = tensor._release(scope);
        if (handle !== 0) handles.push(handle);
      }
    }
    scope.tensors.length = 0;
    disposeHandles(handles);
  });
}

/**
 * Takes a tensor out of the scope it was made in: it lives until `dispose()` or until nothing refers to it.
 *
 * @example
 * let best: torch.Tensor | undefined;
 * torch.tidy(() => { best = torch.keep(torch.randn([3])); });
 */
export function keep<T extends Tensor>(tensor: T): T {
  if (!isTensor(tensor)) badArgument(`[keep] expected a tensor, got ${describeValue(tensor)}`);
  tensor._keep();
  return tensor;
}

/** Every tensor inside a value: itself, or in arrays, plain objects, maps and sets, however deep. */
export function findTensors(value: unknown, found: Set<Tensor>, seen: Set<object>): void {
  // Without recursion: lists may be deeper than the stack.
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    if (isTensor(next)) {
      found.add(next);
      continue;
    }
    seen.add(next);
    if (Array.isArray(next) || next instanceof Set) {
      for (const item of next) open.push(item);
    } else if (next instanceof Map) {
      for (const [key, item] of next) open.push(key, item);
    } else if (!ArrayBuffer.isView(next)) {
      for (const item of Object.values(next)) open.push(item);
    }
  }
}
