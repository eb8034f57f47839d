import type { OperatorSchema } from "../native.js";
import { type Kind, kindOf } from "./kinds.js";
import { camelCase } from "./names.js";
import { inParserOrder } from "./parser-order.js";
import { type ResultClass, resultClass } from "./results.js";

export interface Argument {
  readonly name: string;
  readonly kind: Kind;
  readonly optional: boolean;
}

/** One overload, ready to be called. */
export interface Overload {
  /** Its number in native code. */
  readonly op: number;
  readonly source: OperatorSchema;
  readonly args: readonly Argument[];
  /** How many may be positional. */
  readonly positional: number;
  readonly byName: ReadonlyMap<string, number>;
  /** Which argument each result is, or -1 for a new value. */
  readonly returns: readonly number[];
  readonly returnTypes: readonly string[];
  readonly Results: ResultClass;
  /** Creates tensors, and so takes `requiresGrad` too. */
  readonly isFactory: boolean;
  /** Has no tensor that would say on which device. */
  readonly createsFromNothing: boolean;
  /** Which argument is a list that may be written without brackets, or -1. */
  readonly foldsAt: number;
}

/** Operators where numbers may stand for tensors, as PyTorch's parser has it (`should_allow_numbers_as_tensors`). */
const WRAPPING = /^aten::(add|div|divide|mul|multiply|sub|subtract|true_divide|floor_divide)_?$|^aten::copy_?$/;

const nameOf = ({ schema }: OperatorSchema): string => schema.slice(0, schema.search(/[.(]/));

/** Whether numbers may stand for this overload's tensors. */
export const wrapsNumbers = (schema: OperatorSchema): boolean => WRAPPING.test(nameOf(schema));

/**
 * Overloads for named dimensions and for preallocated outputs are left out: JavaScript has no use for them. So are those
 * that PyTorch hides behind `add.Tensor` and its like.
 */
export function isCallable(schema: OperatorSchema): boolean {
  if (schema.overload === "Scalar" && /^aten::(add|sub|mul|div)_?$/.test(nameOf(schema))) return false;
  return (
    !schema.args.some((a) => a.kwargOnly && a.isWrite) && !schema.schema.includes("Dimname") && !isPreallocated(schema)
  );
}

const isPreallocated = (schema: OperatorSchema): boolean =>
  /(^|_)out$/.test(schema.overload) && schema.returns.every((r) => r.argument >= 0);

/** A tensor creator such as `zeros`: it has all of dtype, device and pinMemory. */
export const isFactory = ({ args }: OperatorSchema): boolean =>
  ["dtype", "device", "pin_memory"].every((name) => args.some((a) => a.name === name));

/** Where the only argument besides the tensor itself is a list of integers, as in `x.view(2, 3)` and `zeros(2, 3)`. */
export function foldsAt({ args }: OperatorSchema): number {
  const inOrder = args.filter((a) => !a.kwargOnly);
  const at = inOrder[0]?.type === "Tensor" ? 1 : 0;
  const list = inOrder[at];
  const folds = inOrder.length === at + 1 && /^(Sym)?[iI]nt\[\]$/.test(list!.type) && list!.listSize === 0;
  return folds ? at : -1;
}

/** The arguments with the integers at the end as one list, where that is how this overload takes them. */
export function folded(o: Overload, args: readonly unknown[]): readonly unknown[] {
  if (o.foldsAt < 0 || args.length <= o.positional) return args;
  const list = args.slice(o.foldsAt);
  return list.every((n) => Number.isInteger(n) || typeof n === "bigint") ? [...args.slice(0, o.foldsAt), list] : args;
}

function prepare(source: OperatorSchema): Overload {
  const folds = foldsAt(source);
  const wraps = wrapsNumbers(source);
  const args = source.args.map((a, i) => ({
    name: camelCase(a.name),
    kind: kindOf(a, { folds: i === folds, wrapsNumbers: wraps && i > 0 }),
    optional: a.optional,
  }));
  const firstKeyword = source.args.findIndex((a) => a.kwargOnly);
  return {
    op: source.op,
    source,
    args,
    positional: firstKeyword < 0 ? args.length : firstKeyword,
    byName: new Map(args.map((a, i) => [a.name, i])),
    returns: source.returns.map((r) => r.argument),
    returnTypes: source.returns.map((r) => r.type),
    Results: resultClass(source),
    isFactory: isFactory(source),
    createsFromNothing: isFactory(source) && !source.args.some((a) => a.type === "Tensor"),
    foldsAt: folds,
  };
}

/** Overloads as PyTorch's parser tries them. */
export const prepareAll = (schemas: readonly OperatorSchema[]): Overload[] => inParserOrder(schemas.map(prepare));
