#pragma once
#include "batch_norm.h"
#include "nn/conv.h"

namespace sam {

// batchNormRelu(conv2d(x, weight, conv), norm) in evaluation, without a graph.
//
// Where the convolution takes them for nothing (fusesIntoConv()), the norm goes into its weights and its bias
// and the ReLU into its last step, so that the result is written once: w' = w s, b' = (b - mean) s + shift,
// with s = scale / sqrt(variance + eps) per output channel. Elsewhere, and where gradients are recorded, it
// is the two calls.
at::Tensor conv2dNorm(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& conv,
                      const BatchNormRequest& norm);

}  // namespace sam
