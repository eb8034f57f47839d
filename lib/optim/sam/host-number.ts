import { native } from "../../native.js";
import { handleOf, type Tensor } from "../../tensor.js";

/** The number of a tensor with one floating-point element on the CPU, where nothing has to be waited for; undefined of every other tensor. */
export const hostNumber = (tensor: Tensor): number | undefined => native.hostNumber(handleOf(tensor));
