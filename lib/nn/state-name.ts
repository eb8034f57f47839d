const known = new Map<string, string>();
const CAMEL_CASE = /^_*[a-z][A-Za-z0-9]*$/;

/**
 * The name that a property has in state dicts, as PyTorch spells it: `normAct` is `norm_act`, `runningMean` is `running_mean`.
 * What is not camelCase (`fc1`, `norm_act`, `W_q`) stays as it is.
 */
export function stateName(property: string): string {
  let name = known.get(property);
  if (name === undefined) {
    name = CAMEL_CASE.test(property)
      ? property
          .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
          .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
          .toLowerCase()
      : property;
    known.set(property, name);
  }
  return name;
}
