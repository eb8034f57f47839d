// Layouts, quantized tensors and lists of dimensions.
#include <ATen/ops/isfinite.h>
#include <c10/core/GradMode.h>

#include <cmath>

#include "guards.h"

namespace sam {
namespace {

// The result is the argument itself, whose node would then hold it: neither would ever be freed.
void lifted(const Given& given) {
  given.expect(!c10::GradMode::is_enabled() || !given.tensor("self").requires_grad(),
               "a tensor that needs no gradient" + quoted("self"));
}

// Leaks what it makes of a tensor that is not quantized, together with its graph.
void needNoGradient(const Given& given, const std::vector<at::Tensor>& all) {
  for (const auto& x : all) {
    given.expect(!c10::GradMode::is_enabled() || !x.requires_grad(), "tensors that need no gradient");
  }
}

void dequantized(const Given& given) { needNoGradient(given, {given.tensor("self")}); }

void dequantizedList(const Given& given) { needNoGradient(given, given.tensors("tensors")); }

void notQuantized(const Given& given) {
  given.expect(!given.tensor("self").is_quantized(), "a tensor that is not quantized" + quoted("self"));
}

void matrix(const Given& given) { dense(given, "input", 2, 2); }

// A search in a histogram: `numel` elements of input, `n_bins` steps, each narrowing the range by `ratio` at
// most.
void chooseQparams(const Given& given) {
  const at::Tensor input = given.tensor("input");
  given.expect(input.scalar_type() == at::kFloat && holdsMemory(input) && input.is_contiguous(),
               "a contiguous float32 tensor for 'input'");
  const int64_t numel = given.integer("numel");
  given.expect(numel > 0 && numel <= input.numel(),
               "from 1 to " + std::to_string(input.numel()) + " for 'numel'");
  given.expect(at::isfinite(input).all().item<bool>(), "finite elements in 'input'");
  given.expect(given.integer("n_bins") > 0 && given.integer("n_bins") <= 1 << 20,
               "from 1 to 2^20 for 'n_bins'");
  const double ratio = given.value("ratio").toDouble();
  given.expect(ratio > 0 && ratio <= 1, "a 'ratio' above 0 and up to 1");
  given.expect(given.integer("bit_width") > 0 && given.integer("bit_width") <= 31,
               "from 1 to 31 for 'bit_width'");
}

void copied(const Given& given) {
  for (const char* name : {"self", "src"}) {
    given.expect(given.tensor(name).layout() == at::kStrided, "a dense tensor" + quoted(name));
  }
}

// LibTorch's own check of the storage's bounds overflows.
void strided(const Given& given) {
  constexpr double kMost = 1e15;
  const auto sizes = given.ints("size"), strides = given.ints("stride");
  double reach = 0;
  for (size_t i = 0; i < sizes.size() && i < strides.size(); ++i) {
    reach += static_cast<double>(sizes[i]) * static_cast<double>(strides[i]);
  }
  const c10::IValue& offset = given.value("storage_offset");
  if (offset.isInt()) reach += static_cast<double>(offset.toInt());
  given.expect(std::abs(reach) < kMost, "steps that stay inside the storage for 'size' and 'stride'");
}

// A window of `size` elements every `step` along one dimension; grad has the windows there and their elements
// last.
void unfoldBackward(const Given& given) {
  auto sizes = given.ints("input_sizes");
  const int64_t size = given.integer("size"), step = given.integer("step");
  const auto rank = static_cast<int64_t>(sizes.size());
  int64_t dim = given.integer("dim");
  given.expect(rank > 0 && dim >= -rank && dim < rank, "a dimension of 'input_sizes' for 'dim'");
  dim = dim < 0 ? dim + rank : dim;
  given.expect(size >= 0 && step > 0 && size <= sizes[dim],
               "a 'size' up to that extent and a positive 'step'");
  sizes[dim] = (sizes[dim] - size) / step + 1;
  sizes.push_back(size);
  given.expect(given.tensor("grad_in").sizes() == at::IntArrayRef(sizes),
               "the shape of the windows for 'grad_in'");
}

template <const char* name>
void fewDimensions(const Given& given) {
  constexpr size_t kMost = 1024;
  given.expect(given.ints(name).size() <= kMost,
               "at most " + std::to_string(kMost) + " integers" + quoted(name));
}

constexpr char kDim[] = "dim";
constexpr char kDims[] = "dims";
constexpr char kRepeats[] = "repeats";
constexpr char kShifts[] = "shifts";

}  // namespace

const std::vector<GuardRow> kLayout = {
    // Read the memory of tensors that have none (mkldnn, sparse ones).
    {"copy", "", &copied},
    // Read outside of the storage.
    {"as_strided", nullptr, &strided},
    {"as_strided_", nullptr, &strided},
    {"as_strided_copy", nullptr, &strided},
    {"as_strided_scatter", nullptr, &strided},
    {"unfold_backward", nullptr, &unfoldBackward},
    // Call themselves, or take a time that grows with the square, for each of 100,000 dimensions.
    {"roll", nullptr, &fewDimensions<kShifts>},
    {"repeat", nullptr, &fewDimensions<kRepeats>},
    {"tile", nullptr, &fewDimensions<kDims>},
    {"fft_fftshift", nullptr, &fewDimensions<kDim>},
    {"fft_ifftshift", nullptr, &fewDimensions<kDim>},
    // Reads numel elements of an input that has fewer; never ends when a step is empty.
    {"choose_qparams_optimized", nullptr, &chooseQparams},
    // Keeps the quantizer, which then reads elements of another size.
    {"view", "dtype", &notQuantized},
    {"view_copy", "dtype", &notQuantized},
    // Read a matrix out of whatever it is.
    {"fbgemm_linear_quantize_weight", nullptr, &matrix},
    {"fbgemm_pack_gemm_matrix_fp16", nullptr, &matrix},
    {"fbgemm_pack_quantized_matrix", nullptr, &matrix},
    // Their graph holds what it belongs to.
    {"dequantize", "self", &dequantized},
    {"dequantize", "tensors", &dequantizedList},
    {"lift", nullptr, &lifted},
    {"lift_fresh", nullptr, &lifted},
};

}  // namespace sam
