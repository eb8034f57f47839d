import { type Device, parseDevice } from "../device.js";

let device: Device = "cpu";

/** Where tensors are created when no device is given. */
export const factoryDevice = (): Device => device;

export function setFactoryDevice(value: Device): void {
  parseDevice(value); // throws for what is none
  device = value;
}
