// What LibTorch's kernels take for granted of their arguments. Each row is an operator that ended the process
// (or leaked) when it was called wrongly (found by `npm run fuzz`), with what it must be given; everything
// else LibTorch checks itself.
#include "guards.h"

#include <ATen/ops/isfinite.h>
#include <ATen/ops/result_type.h>
#include <ATen/ops/scalar_tensor.h>
#include <c10/core/GradMode.h>

#include <algorithm>

#include "dtype.h"
#include "errors.h"

namespace sam {

const c10::IValue& Given::value(const char* name) const {
  for (size_t i = 0; i < plan_.args.size(); ++i) {
    if (plan_.args[i].name == name) return stack_[i];
  }
  throw Failure("E_TORCH", std::string("expected an argument '") + name + "' in the schema of " + plan_.name);
}

at::Tensor Given::tensor(const char* name) const {
  const c10::IValue& found = value(name);
  return found.isTensor() ? found.toTensor() : at::Tensor();
}

std::vector<at::Tensor> Given::tensors(const char* name) const {
  const c10::IValue& found = value(name);
  return found.isTensorList() ? found.toTensorVector() : std::vector<at::Tensor>{};
}

std::vector<int64_t> Given::ints(const char* name) const {
  const c10::IValue& found = value(name);
  return found.isIntList() ? found.toIntVector() : std::vector<int64_t>{};
}

void Given::expect(bool holds, const std::string& what) const {
  if (!holds) badArgument("expected " + what, toString(plan_.op.schema()));
}

namespace {

std::string quoted(const char* name) { return std::string(" for '") + name + "'"; }

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

void length(const Given& given, const char* name, size_t n) {
  given.expect(given.ints(name).size() == n, std::to_string(n) + " integers" + quoted(name));
}

// A tensor on the CPU with memory of its own, of one of these ranks.
void dense(const Given& given, const char* name, int64_t low, int64_t high) {
  const at::Tensor x = given.tensor(name);
  given.expect(x.defined() && x.layout() == at::kStrided && !x.is_meta() && !x.is_quantized() &&
                   x.dim() >= low && x.dim() <= high,
               "a dense tensor of " + std::to_string(low) +
                   (low == high ? "" : " to " + std::to_string(high)) + " dimensions" + quoted(name));
}

bool holdsMemory(const at::Tensor& x) { return x.layout() == at::kStrided && !x.is_meta(); }

void sameShape(const Given& given, const char* one, const char* other) {
  given.expect(given.tensor(one).sizes() == given.tensor(other).sizes(),
               std::string("the shape of '") + other + "'" + quoted(one));
}

// Integers from 0 to limit - 1. Reading them costs little beside the kernel, which reads them too.
void indices(const Given& given, const char* name, int64_t limit) {
  const at::Tensor x = given.tensor(name);
  given.expect(x.scalar_type() == at::kLong || x.scalar_type() == at::kInt,
               "an int64 or int32 tensor" + quoted(name));
  if (!holdsMemory(x) || x.numel() == 0) return;
  given.expect(x.min().item<int64_t>() >= 0 && x.max().item<int64_t>() < limit,
               (limit > 0 ? "integers from 0 to " + std::to_string(limit - 1) : std::string("no elements")) +
                   quoted(name));
}

int64_t product(at::IntArrayRef sizes, size_t last) {
  int64_t out = 1;
  for (size_t i = sizes.size() - last; i < sizes.size(); ++i) out *= sizes[i];
  return out;
}

// Gradients of max pooling: gradOutput goes to the elements of self that `indices` names.
template <int64_t n>
void maxPoolBackward(const Given& given) {
  dense(given, "self", n + 1, n + 2);
  dense(given, "grad_output", n + 1, n + 2);
  dense(given, "indices", n + 1, n + 2);
  sameShape(given, "indices", "grad_output");
  const auto self = given.tensor("self").sizes();
  const auto grad = given.tensor("grad_output").sizes();
  given.expect(self.size() == grad.size() && product(self, self.size()) > 0 &&
                   self.slice(0, self.size() - n) == grad.slice(0, grad.size() - n),
               "the batch and channels of 'self' for 'grad_output'");
  given.expect(given.tensor("self").scalar_type() == given.tensor("grad_output").scalar_type(),
               "the dtype of 'self' for 'grad_output'");
  indices(given, "indices", product(self, n));
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

// Null, or one value per channel.
void perChannel(const Given& given, const char* name, bool needed) {
  const at::Tensor x = given.tensor(name);
  if (!x.defined() && !needed) return;
  given.expect(x.defined() && holdsMemory(x) && x.dim() == 1 && x.size(0) == given.tensor("input").size(1),
               "one value per channel of 'input'" + quoted(name));
}

void batchNorm(const Given& given, bool train, const char* mean, const char* variance) {
  dense(given, "input", 2, 64);
  given.expect(given.tensor("input").numel() > 0, "elements in 'input'");
  dense(given, "grad_out", 2, 64);
  sameShape(given, "grad_out", "input");
  perChannel(given, "weight", false);
  perChannel(given, "running_mean", !train);
  perChannel(given, "running_var", !train);
  perChannel(given, mean, train);
  perChannel(given, variance, train);
}

void nativeBatchNormBackward(const Given& given) {
  batchNorm(given, given.value("train").toBool(), "save_mean", "save_invstd");
}

void batchNormBackward(const Given& given) {
  batchNorm(given, given.value("update").toBool(), "save_mean", "save_var");
}

// One value per channel for each, which the CPU's kernels take for granted, and for an evaluation the running
// statistics.
void batchNormForward(const Given& given, std::initializer_list<const char*> perChannels, bool needsRunning) {
  const at::Tensor input = given.tensor("input");
  if (!input.is_cpu() || input.layout() != at::kStrided) return;
  given.expect(input.dim() >= 2, "at least two dimensions" + quoted("input"));
  for (const char* name : perChannels) {
    perChannel(given, name, needsRunning && std::string_view(name).substr(0, 7) == "running");
  }
}

constexpr std::initializer_list<const char*> kAffine = {"weight", "bias"};
constexpr std::initializer_list<const char*> kRunning = {"running_mean", "running_var"};
constexpr std::initializer_list<const char*> kAll = {"weight", "bias", "running_mean", "running_var"};

void batchNormOf(const Given& given) { batchNormForward(given, kAll, !given.value("training").toBool()); }
void batchNormInEvaluation(const Given& given) { batchNormForward(given, kAll, true); }
void batchNormInTraining(const Given& given) { batchNormForward(given, kAll, false); }
void batchNormStatistics(const Given& given) { batchNormForward(given, kRunning, false); }
void batchNormWithoutRunning(const Given& given) {
  given.expect(given.value("training").toBool(), "true for 'training', as there are no running statistics");
  batchNormForward(given, kAffine, false);
}

// A row of grad for each index, which go to the rows of num_weights that the indices name.
void embeddingBackwardOf(const Given& given, const char* grad) {
  const at::Tensor flow = given.tensor(grad), index = given.tensor("indices");
  const int64_t rows = given.integer("num_weights");
  given.expect(rows >= 0, "a number of rows for 'num_weights'");
  given.expect(flow.dim() == index.dim() + 1 && flow.sizes().slice(0, index.dim()) == index.sizes(),
               std::string("the shape of 'indices' and one extent more for '") + grad + "'");
  indices(given, "indices", rows);
}
void embeddingBackward(const Given& given) { embeddingBackwardOf(given, "grad"); }
void embeddingDenseBackward(const Given& given) { embeddingBackwardOf(given, "grad_output"); }

// The bags of a list begin at offsets, the first of which is 0.
void embeddingBag(const Given& given) {
  const at::Tensor index = given.tensor("indices"), offsets = given.tensor("offsets");
  given.expect(given.tensor("weight").dim() == 2, "2 dimensions for 'weight'");
  given.expect(index.dim() != 1 || index.numel() == 0 || offsets.numel() > 0,
               "at least one element in 'offsets'");
  indices(given, "indices", given.tensor("weight").size(0));
}

// Targets are classes, or the index to leave out; the sum of their weights is one number.
void nllLossBackward(const Given& given) {
  const at::Tensor self = given.tensor("self"), target = given.tensor("target"),
                   weight = given.tensor("weight");
  const at::Tensor grad = given.tensor("grad_output");
  dense(given, "self", 1, 2);
  const int64_t classes = self.size(-1), rows = self.dim() == 2 ? self.size(0) : 1;
  given.expect(target.dim() <= 1 && target.numel() == rows && at::isIntegralType(target.scalar_type(), false),
               std::to_string(rows) + " integers for 'target'");
  given.expect(grad.numel() == (given.integer("reduction") == 0 ? rows : 1) && grad.dim() <= 1,
               "a number per row, or one when they are reduced, for 'grad_output'");
  given.expect(given.tensor("total_weight").numel() == 1, "one element in 'total_weight'");
  given.expect(!weight.defined() || (weight.dim() == 1 && weight.size(0) == classes),
               std::to_string(classes) + " elements for 'weight'");
  if (!holdsMemory(target) || target.numel() == 0) return;
  const at::Tensor outside = target.lt(0).logical_or(target.ge(classes));
  given.expect(!outside.logical_and(target.ne(given.integer("ignore_index"))).any().item<bool>(),
               "integers from 0 to " + std::to_string(classes - 1) + " for 'target'");
}

void traceBackward(const Given& given) {
  length(given, "sizes", 2);
  for (const int64_t extent : given.ints("sizes"))
    given.expect(extent >= 0, "no negative extents in 'sizes'");
}

// Counts up to an extent even when another is 0.
void adaptivePool(const Given& given) {
  const auto sizes = given.ints("output_size");
  if (std::find(sizes.begin(), sizes.end(), 0) == sizes.end()) return;
  for (const int64_t extent : sizes) {
    given.expect(extent <= 1 << 20, "extents up to 2^20 beside one of 0 in 'output_size'");
  }
}

void notQuantized(const Given& given) {
  given.expect(!given.tensor("self").is_quantized(), "a tensor that is not quantized" + quoted("self"));
}

void matrix(const Given& given) { dense(given, "input", 2, 2); }

void groupNorm(const Given& given) {
  dense(given, "input", 2, 64);
  const int64_t groups = given.integer("group");
  const int64_t n = given.integer("N");
  const int64_t channels = given.integer("C");
  const int64_t area = given.integer("HxW");
  const auto sizes = given.tensor("input").sizes();
  given.expect(sizes[0] == n && sizes[1] == channels &&
                   given.tensor("input").numel() == n * channels * area && area >= 0,
               "the extents of 'input' for 'N', 'C' and 'HxW'");
  given.expect(groups > 0 && channels % groups == 0, "a 'group' that divides 'C'");
}

void indexCopy(const Given& given) {
  for (const char* name : {"self", "source", "index"}) {
    given.expect(given.tensor(name).layout() == at::kStrided,
                 std::string("a dense tensor for '") + name + "'");
  }
}

void copied(const Given& given) {
  for (const char* name : {"self", "src"}) {
    given.expect(given.tensor(name).layout() == at::kStrided, "a dense tensor" + quoted(name));
  }
}

// One call inside the other per dimension, or a time that grows with its square.
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

// How many sequences there are at each step: positive and never more than before, on the CPU.
void packedSequence(const Given& given) {
  const at::Tensor sizes = given.tensor("batch_sizes");
  given.expect(sizes.dim() == 1 && sizes.scalar_type() == at::kLong && sizes.is_cpu() && holdsMemory(sizes) &&
                   sizes.numel() > 0,
               "a list of int64 on the CPU for 'batch_sizes'");
  const at::Tensor list = sizes.contiguous();
  const int64_t* at = list.const_data_ptr<int64_t>();
  int64_t sum = 0;
  for (int64_t i = 0; i < list.numel(); ++i) {
    given.expect(at[i] > 0 && (i == 0 || at[i] <= at[i - 1]), "positive 'batch_sizes' that never grow");
    sum += at[i];
  }
  dense(given, "data", 2, 2);
  given.expect(given.tensor("data").size(0) == sum, "as many rows of 'data' as the sum of 'batch_sizes'");
}

void quantizedLstmCell(const Given& given) {
  given.expect(given.tensors("hx").size() == 2, "two tensors for 'hx'");
}

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

void mkldnnRnnBackward(const Given& given) {
  for (const char* name : {"input", "output"}) dense(given, name, 3, 3);
  for (const char* name : {"weight1", "weight2"}) dense(given, name, 2, 2);
  for (const char* name : {"weight3", "weight4"}) dense(given, name, 1, 1);
  for (const char* name : {"hx_", "cx_tmp", "hy_", "cy_"}) dense(given, name, 2, 3);
  given.expect(given.tensor("workspace").scalar_type() == at::kByte,
               "the workspace of mkldnn_rnn_layer for 'workspace'");
}

void mkldnnRnn(const Given& given) {
  const int64_t mode = given.integer("mode"), hidden = given.integer("hidden_size");
  given.expect(mode >= 0 && mode <= 3 && hidden > 0, "a 'mode' from 0 to 3 and a positive 'hidden_size'");
  dense(given, "input", 3, 3);
  for (const char* name : {"weight0", "weight1"}) dense(given, name, 2, 2);
  for (const char* name : {"weight2", "weight3"}) dense(given, name, 1, 1);
  for (const char* name : {"hx_", "cx_"}) dense(given, name, 2, 3);
  const int64_t rows = hidden * (mode == 2 ? 4 : mode == 3 ? 3 : 1);
  given.expect(given.tensor("weight0").sizes() == at::IntArrayRef({rows, given.tensor("input").size(2)}) &&
                   given.tensor("weight1").sizes() == at::IntArrayRef({rows, hidden}) &&
                   given.tensor("weight2").size(0) == rows && given.tensor("weight3").size(0) == rows,
               "weights of " + std::to_string(rows) + " rows");
  for (const char* name : {"hx_", "cx_"}) {
    given.expect(given.tensor(name).size(-1) == hidden && given.tensor("input").numel() > 0,
                 "states of 'hidden_size'" + quoted(name));
  }
  for (const char* name : {"input", "weight0", "weight1", "weight2", "weight3", "hx_", "cx_"}) {
    given.expect(given.tensor(name).scalar_type() == at::kFloat, "a float32 tensor" + quoted(name));
  }
}

// Row exchanges count from 1.
void luPivots(const Given& given) {
  const at::Tensor data = given.tensor("LU_data"), pivots = given.tensor("LU_pivots");
  if (!given.value("unpack_pivots").toBool() || data.dim() < 2 || pivots.scalar_type() != at::kInt) return;
  const int64_t rows = data.size(-2), count = std::min(rows, data.size(-1));
  given.expect(pivots.dim() == data.dim() - 1 && pivots.size(-1) == count &&
                   pivots.sizes().slice(0, pivots.dim() - 1) == data.sizes().slice(0, data.dim() - 2),
               std::to_string(count) + " integers per matrix of 'LU_data' for 'LU_pivots'");
  if (!holdsMemory(pivots) || pivots.numel() == 0) return;
  given.expect(pivots.min().item<int>() >= 1 && pivots.max().item<int>() <= rows,
               "integers from 1 to " + std::to_string(rows) + " for 'LU_pivots'");
}

// As many steps per element as the degree has: with 2^31 a single one takes half a minute.
void degree(const Given& given) {
  constexpr double kMost = 1e7;
  const c10::IValue& n = given.value("n");
  double most = 0;
  if (n.isTensor()) {
    const at::Tensor degrees = n.toTensor();
    if (!holdsMemory(degrees) || degrees.numel() == 0 || degrees.is_complex()) return;
    most = degrees.max().item<double>();
  } else if (!n.isComplexDouble()) {
    most = n.toScalar().toDouble();
  }
  given.expect(!(most > kMost), "degrees up to 10,000,000 for 'n'");
}

// Draws again until a value is accepted, which with a count of NaN or infinity none is.
void binomial(const Given& given) {
  const at::Tensor count = given.tensor("count"), prob = given.tensor("prob");
  if (!holdsMemory(count) || !holdsMemory(prob) || count.numel() == 0 || prob.numel() == 0) return;
  if (!at::isFloatingType(count.scalar_type()) || !at::isFloatingType(prob.scalar_type())) return;
  given.expect(count.ge(0).logical_and(count.le(9007199254740992.0)).all().item<bool>(),
               "numbers from 0 to 2^53 for 'count'");
  given.expect(prob.ge(0).logical_and(prob.le(1)).all().item<bool>(), "numbers from 0 to 1 for 'prob'");
}

// The one quotient that does not fit: x86 has no result for it. int8 and int16 are divided as int.
void truncatedDivision(const Given& given) {
  const auto mode = given.value("rounding_mode");
  if (!mode.isString() || mode.toStringRef() != "trunc") return;
  const at::Tensor self = given.tensor("self");
  const c10::IValue& divisor = given.value("other");
  const at::Tensor other =
      divisor.isTensor() ? divisor.toTensor() : at::scalar_tensor(divisor.toScalar(), at::kDouble);
  const auto type =
      divisor.isTensor() ? at::result_type(self, other) : at::result_type(self, divisor.toScalar());
  if ((type != at::kInt && type != at::kLong) || !holdsMemory(self) || !holdsMemory(other)) return;
  const int64_t least = type == at::kInt ? INT32_MIN : INT64_MIN;
  const at::Tensor negative = other.eq(-1);
  if (!negative.any().item<bool>()) return;
  given.expect(
      !negative.logical_and(self.eq(least)).any().item<bool>(),
      std::string("quotients that fit ") + dtypeName(type) + ", got " + std::to_string(least) + " / -1");
}

// Divides by beta, which is 0 as an integer when it is less than 1.
void smoothL1(const Given& given) {
  const bool integral = at::isIntegralType(given.tensor("self").scalar_type(), true);
  given.expect(!integral || given.value("beta").toScalar().toDouble() >= 1,
               "floating point tensors for 'self'");
}

struct Row {
  const char* name;
  const char* overload;  // null: all of them
  void (*guard)(const Given&);
};

constexpr Row kRows[] = {
    // Read lists without looking at their lengths, and write where indices say.
    {"fractional_max_pool2d_backward", nullptr, &fractionalMaxPoolBackward<2>},
    {"fractional_max_pool3d_backward", nullptr, &fractionalMaxPoolBackward<3>},
    {"adaptive_max_pool2d_backward", nullptr, &maxPoolBackward<2>},
    {"adaptive_max_pool3d_backward", nullptr, &maxPoolBackward<3>},
    {"max_pool2d_with_indices_backward", nullptr, &maxPoolBackward<2>},
    {"max_pool3d_with_indices_backward", nullptr, &maxPoolBackward<3>},
    {"embedding_backward", nullptr, &embeddingBackward},
    {"embedding_sparse_backward", nullptr, &embeddingBackward},
    {"embedding_dense_backward", nullptr, &embeddingDenseBackward},
    {"embedding_bag", nullptr, &embeddingBag},
    {"_embedding_bag", nullptr, &embeddingBag},
    {"_embedding_bag_forward_only", nullptr, &embeddingBag},
    {"nll_loss_backward", nullptr, &nllLossBackward},
    {"trace_backward", nullptr, &traceBackward},
    {"adaptive_max_pool2d", nullptr, &adaptivePool},
    {"adaptive_max_pool3d", nullptr, &adaptivePool},
    {"reflection_pad1d_backward", nullptr, &padBackward<1>},
    {"reflection_pad2d_backward", nullptr, &padBackward<2>},
    {"reflection_pad3d_backward", nullptr, &padBackward<3>},
    {"replication_pad1d_backward", nullptr, &padBackward<1>},
    {"replication_pad2d_backward", nullptr, &padBackward<2>},
    {"replication_pad3d_backward", nullptr, &padBackward<3>},
    // Take statistics of any shape for one value per channel; divide by the number of elements per channel.
    {"native_batch_norm_backward", nullptr, &nativeBatchNormBackward},
    {"batch_norm_backward", nullptr, &batchNormBackward},
    {"native_batch_norm", nullptr, &batchNormOf},
    {"_native_batch_norm_legit", "", &batchNormOf},
    {"_native_batch_norm_legit", "no_stats", &batchNormWithoutRunning},
    {"_native_batch_norm_legit_functional", nullptr, &batchNormOf},
    {"_native_batch_norm_legit_no_training", nullptr, &batchNormInEvaluation},
    {"_batch_norm_no_update", nullptr, &batchNormInEvaluation},
    {"_batch_norm_with_update", nullptr, &batchNormInTraining},
    {"_batch_norm_with_update_functional", nullptr, &batchNormInTraining},
    {"batch_norm_update_stats", nullptr, &batchNormStatistics},
    {"native_group_norm", nullptr, &groupNorm},
    {"native_group_norm_backward", nullptr, &groupNorm},
    // Reads the memory of tensors that have none (mkldnn).
    {"index_copy_", nullptr, &indexCopy},
    {"index_copy", nullptr, &indexCopy},
    {"copy", "", &copied},
    {"roll", nullptr, &fewDimensions<kShifts>},
    {"repeat", nullptr, &fewDimensions<kRepeats>},
    {"tile", nullptr, &fewDimensions<kDims>},
    {"fft_fftshift", nullptr, &fewDimensions<kDim>},
    {"fft_ifftshift", nullptr, &fewDimensions<kDim>},
    // Read batch_sizes as a list of int64, whatever it is.
    {"lstm", "data", &packedSequence},
    {"gru", "data", &packedSequence},
    {"rnn_tanh", "data", &packedSequence},
    {"rnn_relu", "data", &packedSequence},
    // Reads hx[0] and hx[1] of an empty list.
    {"quantized_lstm_cell", nullptr, &quantizedLstmCell},
    // Reads numel elements of an input that has fewer; never ends when a step is empty.
    {"choose_qparams_optimized", nullptr, &chooseQparams},
    // Divides integers with the processor's instruction.
    {"div", "Tensor_mode", &truncatedDivision},
    {"div", "Scalar_mode", &truncatedDivision},
    {"div_", "Tensor_mode", &truncatedDivision},
    {"div_", "Scalar_mode", &truncatedDivision},
    {"divide", "Tensor_mode", &truncatedDivision},
    {"divide", "Scalar_mode", &truncatedDivision},
    {"divide_", "Tensor_mode", &truncatedDivision},
    {"divide_", "Scalar_mode", &truncatedDivision},
    {"smooth_l1_loss", nullptr, &smoothL1},
    {"smooth_l1_loss_backward", nullptr, &smoothL1},
    // Keeps the quantizer, which then reads elements of another size.
    {"view", "dtype", &notQuantized},
    {"view_copy", "dtype", &notQuantized},
    // Read a matrix out of whatever it is.
    {"fbgemm_linear_quantize_weight", nullptr, &matrix},
    {"fbgemm_pack_gemm_matrix_fp16", nullptr, &matrix},
    {"fbgemm_pack_quantized_matrix", nullptr, &matrix},
    // Exchanges rows by numbers that nobody has checked.
    {"lu_unpack", nullptr, &luPivots},
    {"binomial", nullptr, &binomial},
    // Loop up to n.
    {"special_laguerre_polynomial_l", nullptr, &degree},
    {"special_legendre_polynomial_p", nullptr, &degree},
    {"special_hermite_polynomial_h", nullptr, &degree},
    {"special_hermite_polynomial_he", nullptr, &degree},
    {"special_chebyshev_polynomial_t", nullptr, &degree},
    {"special_chebyshev_polynomial_u", nullptr, &degree},
    {"special_chebyshev_polynomial_v", nullptr, &degree},
    {"special_chebyshev_polynomial_w", nullptr, &degree},
    {"special_shifted_chebyshev_polynomial_t", nullptr, &degree},
    {"special_shifted_chebyshev_polynomial_u", nullptr, &degree},
    {"special_shifted_chebyshev_polynomial_v", nullptr, &degree},
    {"special_shifted_chebyshev_polynomial_w", nullptr, &degree},
    // Takes every shape for the right one.
    {"dequantize", "self", &dequantized},
    {"dequantize", "tensors", &dequantizedList},
    {"lift", nullptr, &lifted},
    {"lift_fresh", nullptr, &lifted},
    {"mkldnn_rnn_layer", nullptr, &mkldnnRnn},
    // Made for the graph that mkldnn_rnn_layer records.
    {"mkldnn_rnn_layer_backward", nullptr, &mkldnnRnnBackward},
};

}  // namespace

void findGuard(Plan& plan) {
  if (plan.op.schema().getNamespace() != "aten") return;
  for (const Row& row : kRows) {
    if (plan.name != row.name) continue;
    if (row.overload == nullptr || plan.op.schema().overload_name() == row.overload) plan.guard = row.guard;
  }
}

}  // namespace sam
