import type { ArgumentSchema, OperatorSchema } from "../native.js";

/**
 * The order in which PyTorch's argument parser tries the overloads of one operator; the first that fits is taken.
 *
 * By the text of their signatures, and then, among signatures of the same length, those with tensors before those with
 * numbers and those with one integer before those with a list of them. Same as `sort_overloads` of PyTorch's own code
 * generator, because `x.std(1)` and `x.squeeze(0)` depend on it.
 */
export function inParserOrder<T extends { readonly source: OperatorSchema }>(overloads: readonly T[]): T[] {
  const sorted = [...overloads].sort((a, b) => (text(a.source) < text(b.source) ? -1 : 1));
  const largerThan = sorted.map((a) => new Set(sorted.filter((b) => isSmaller(a.source, b.source))));
  const order = sorted.filter((_, i) => largerThan[i]!.size === 0);
  for (const done of order) {
    for (let i = 0; i < sorted.length; i++) {
      if (largerThan[i]!.delete(done) && largerThan[i]!.size === 0) order.push(sorted[i]!);
    }
  }
  return order;
}

const CPP: Record<string, string> = {
  int: "int64_t",
  float: "double",
  str: "c10::string_view",
  number: "Scalar",
  "int[]": "IntArrayRef",
  "SymInt[]": "SymIntArrayRef",
  "Tensor[]": "TensorList",
  "Scalar[]": "ScalarList",
  "float[]": "ArrayRef<double>",
  "bool[]": "::std::array<bool",
};

const isOptional = (type: string): boolean => type.endsWith("?");

function cppType({ type, listSize }: ArgumentSchema): string {
  const bare = isOptional(type) ? type.slice(0, -1) : type;
  return (CPP[bare] ?? bare) + (listSize > 0 ? `[${listSize}]` : "") + (isOptional(type) ? "?" : "");
}

/** The signature as PyTorch's generator writes it: `Tensor input, IntArrayRef[1] dim, *, ScalarType? dtype=None`. */
function text({ args }: OperatorSchema): string {
  const parts: string[] = [];
  let keyword = false;
  for (const a of args) {
    if (a.kwargOnly && !keyword) parts.push("*");
    keyword = a.kwargOnly;
    const name = a.name === "self" ? "input" : a.name;
    parts.push(`${cppType(a)} ${name}${a.defaultText === undefined ? "" : `=${a.defaultText}`}`);
  }
  return parts.join(", ");
}

function isSmaller(a: OperatorSchema, b: OperatorSchema): boolean {
  if (a.args.length !== b.args.length) return false;
  let strictly = false;
  for (let i = 0; i < a.args.length; i++) {
    const one = a.args[i]!.type;
    const other = b.args[i]!.type;
    if (one === other) continue;
    if (!isSmallerType(one, other)) return false;
    strictly = true;
  }
  return strictly;
}

function isSmallerType(a: string, b: string): boolean {
  switch (a) {
    case "Scalar":
      return b === "Tensor";
    case "Scalar?":
      return b === "Tensor?";
    case "int[]":
      return b === "int" || b === "int?" || b === "SymInt[]";
    case "Tensor[]":
      return b.includes("[]");
    case "SymInt":
    case "int":
      return b === "Tensor";
    default:
      return false;
  }
}
