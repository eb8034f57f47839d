export { savedTensorsHooks } from "./saved-tensor-hooks.js";
