import type { Handle } from "./handle.js";

/** How the window of a 2-d convolution moves. */
export type ConvGeometry = readonly [
  strideY: number,
  strideX: number,
  paddingY: number,
  paddingX: number,
  dilationY: number,
  dilationX: number,
  groups: number,
];

/** Layers of our own: `native/nn/`. */
export interface NativeLayers {
  /** relu?(batchNorm(x) (+ residual)); 0 stands for a tensor that is not there. */
  batchNormRelu(
    x: Handle,
    residual: Handle,
    weight: Handle,
    bias: Handle,
    runningMean: Handle,
    runningVar: Handle,
    training: boolean,
    momentum: number,
    eps: number,
    relu: boolean,
  ): Handle;
  /** The same, and x again: what flows back into that joins the gradient of x inside the kernel. */
  batchNormReluAndSkip(...given: Parameters<NativeLayers["batchNormRelu"]>): [Handle, Handle];
  /** conv2d(x, weight) (+ bias) (+ addend); 0 stands for a tensor that is not there. */
  conv2d(x: Handle, weight: Handle, bias: Handle, addend: Handle, ...geometry: ConvGeometry): Handle;
  /** The same and batch norm in evaluation behind it, then max(0, y) if asked; as one kernel where no graph is recorded. */
  conv2dNorm(
    x: Handle,
    weight: Handle,
    bias: Handle,
    runningMean: Handle,
    runningVar: Handle,
    scale: Handle,
    shift: Handle,
    eps: number,
    relu: boolean,
    ...geometry: ConvGeometry
  ): Handle;
  /** x weight^T (+ bias), then max(0, y) if asked; 0 stands for no bias. */
  linear(x: Handle, weight: Handle, bias: Handle, relu: boolean): Handle;
  /** weight 0: none; reduction in LibTorch's numbers. */
  crossEntropy(
    logits: Handle,
    target: Handle,
    weight: Handle,
    reduction: number,
    ignoreIndex: number,
    labelSmoothing: number,
  ): Handle;
  /** Own convolution kernels on or off; what it was. */
  setWinograd(enabled: boolean): boolean;
  /** Half precision in float32 where the processor has no instructions for it; what it was. */
  setWideHalf(enabled: boolean): boolean;
  /**
   * Own convolutions of bf16 where there is a matrix unit; "plain" is the same with plain loops in its place, on every processor, for tests.
   * What it was.
   */
  setMatrixUnit(choice: "off" | "on" | "plain"): "off" | "on" | "plain";
  /** Whether own and LibTorch's convolutions are measured against each other; what it was. */
  setBenchmark(enabled: boolean): boolean;
  /** Whether own kernels may use a matrix unit here. */
  hasMatrixUnit(): boolean;
  /** The instruction set that own CPU kernels use here. */
  kernelIsa(): string;
}
