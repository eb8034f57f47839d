export { functionalCall, type StateTensors } from "./functional-call.js";
export { type ArgnumOptions, grad, gradAndValue } from "./grad.js";
export { jacfwd } from "./jacfwd.js";
export { hessian, type Jacobian, jacrev } from "./jacobian.js";
export type { Tree } from "./tree.js";
export { jvp, vjp } from "./vjp.js";
