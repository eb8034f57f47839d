/**
 * The name under which `console.log` asks an object for its text. It is `util.inspect.custom`, by a name of our own, since the published
 * types must not need Node's: TypeScript 6 and newer load `@types/node` only where a project asks for them.
 */
export const inspectSymbol: unique symbol = Symbol.for("nodejs.util.inspect.custom");
