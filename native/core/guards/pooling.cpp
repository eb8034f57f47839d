// Pooling and padding: gradients that go where indices say.
#include <algorithm>

#include "guards.h"

namespace sam {
namespace {

int64_t product(at::IntArrayRef sizes, size_t last) {
  int64_t out = 1;
  for (size_t i = sizes.size() - last; i < sizes.size(); ++i) out *= sizes[i];
  return out;
}

// Gradients of pooling: gradOutput has the batch and the channels of self.
template <int64_t n>
void poolBackward(const Given& given) {
  dense(given, "self", n + 1, n + 2);
  dense(given, "grad_output", n + 1, n + 2);
  const auto self = given.tensor("self").sizes();
  const auto grad = given.tensor("grad_output").sizes();
  given.expect(self.size() == grad.size() && product(self, self.size()) > 0 &&
                   self.slice(0, self.size() - n) == grad.slice(0, grad.size() - n),
               "the batch and channels of 'self' for 'grad_output'");
}

// Of max pooling: gradOutput goes to the elements of self that `indices` names.
template <int64_t n>
void maxPoolBackward(const Given& given) {
  poolBackward<n>(given);
  dense(given, "indices", n + 1, n + 2);
  sameShape(given, "indices", "grad_output");
  given.expect(given.tensor("self").scalar_type() == given.tensor("grad_output").scalar_type(),
               "the dtype of 'self' for 'grad_output'");
  indices(given, "indices", product(given.tensor("self").sizes(), n));
}

template <size_t n>
void fractionalMaxPoolBackward(const Given& given) {
  length(given, "kernel_size", n);
  length(given, "output_size", n);
  maxPoolBackward<n>(given);
  const auto grad = given.tensor("grad_output").sizes();
  given.expect(grad.slice(grad.size() - n) == at::IntArrayRef(given.ints("output_size")),
               "the last extents of 'grad_output' for 'output_size'");
}

template <size_t n>
void padBackward(const Given& given) {
  length(given, "padding", 2 * n);
  dense(given, "self", n + 1, n + 2);
  dense(given, "grad_output", n + 1, n + 2);
}

// A window that is wider than what there is to see, which is looked through nonetheless.
void maxPool1d(const Given& given) {
  const at::Tensor self = given.tensor("self");
  const auto kernel = given.ints("kernel_size"), stride = given.ints("stride"),
             padding = given.ints("padding");
  if (kernel.size() != 1 || stride.size() > 1 || padding.size() != 1 || self.dim() == 0) return;
  const int64_t step = stride.empty() ? kernel[0] : stride[0];
  const bool fits = kernel[0] <= self.size(-1) || kernel[0] - self.size(-1) <= 2 * padding[0] + step;
  given.expect(fits && kernel[0] < int64_t{1} << 31, "a 'kernel_size' that the padded input holds");
}

// Counts up to an extent even when another is 0.
void adaptivePool(const Given& given) {
  const auto sizes = given.ints("output_size");
  if (std::find(sizes.begin(), sizes.end(), 0) == sizes.end()) return;
  for (const int64_t extent : sizes) {
    given.expect(extent <= 1 << 20, "extents up to 2^20 beside one of 0 in 'output_size'");
  }
}

}  // namespace

const std::vector<GuardRow> kPooling = {
    // Read lists without looking at their lengths, and write where indices say.
    {"fractional_max_pool2d_backward", nullptr, &fractionalMaxPoolBackward<2>},
    {"fractional_max_pool3d_backward", nullptr, &fractionalMaxPoolBackward<3>},
    {"adaptive_max_pool2d_backward", nullptr, &maxPoolBackward<2>},
    {"adaptive_max_pool3d_backward", nullptr, &maxPoolBackward<3>},
    {"avg_pool2d_backward", nullptr, &poolBackward<2>},
    {"avg_pool3d_backward", nullptr, &poolBackward<3>},
    {"max_pool2d_with_indices_backward", nullptr, &maxPoolBackward<2>},
    {"max_pool3d_with_indices_backward", nullptr, &maxPoolBackward<3>},
    {"reflection_pad1d_backward", nullptr, &padBackward<1>},
    {"reflection_pad2d_backward", nullptr, &padBackward<2>},
    {"reflection_pad3d_backward", nullptr, &padBackward<3>},
    {"replication_pad1d_backward", nullptr, &padBackward<1>},
    {"replication_pad2d_backward", nullptr, &padBackward<2>},
    {"replication_pad3d_backward", nullptr, &padBackward<3>},
    // Count up to an extent.
    {"max_pool1d", nullptr, &maxPool1d},
    {"max_pool1d_with_indices", nullptr, &maxPool1d},
    {"adaptive_max_pool2d", nullptr, &adaptivePool},
    {"adaptive_max_pool3d", nullptr, &adaptivePool},
};

}  // namespace sam
