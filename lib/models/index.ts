/*
 * torch.models: whole nets.
 */

export { WideResNet, type WideResNetOptions } from "./wide-resnet.js";
