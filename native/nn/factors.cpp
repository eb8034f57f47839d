#include "factors.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "core/plain_tensor.h"
#include "gemm.h"
#include "grams.h"
#include "linear_loops.h"

namespace sam {
namespace {

MatrixView plain(const at::Tensor& matrix) { return {matrix.const_data_ptr<float>(), matrix.size(-1), 1}; }
MatrixView turned(const at::Tensor& matrix) { return {matrix.const_data_ptr<float>(), 1, matrix.size(-1)}; }

at::Tensor matrix(int64_t rows, int64_t columns) { return emptyCpu({rows, columns}, at::kFloat); }

// a b^T, of [rows, depth] and [columns, depth]
at::Tensor timesTurned(const at::Tensor& a, int64_t rows, const at::Tensor& b) {
  at::Tensor out = matrix(rows, b.size(0));
  const MatrixView left{a.const_data_ptr<float>(), b.size(1), 1};
  gemm({rows, b.size(0), b.size(1), left, turned(b), out.mutable_data_ptr<float>(), b.size(0)});
  return out;
}

// factor a b + addend (+ bias), then ReLU if asked
void addTimes(float factor, const at::Tensor& a, const at::Tensor& b, const at::Tensor& addend,
              const float* bias, bool relu, float* out) {
  Gemm job{a.size(0), b.size(1), a.size(1), plain(a), plain(b), out, b.size(1)};
  job.bias = bias;
  job.relu = relu;
  job.scale = factor;
  job.addend = addend.const_data_ptr<float>();
  gemm(job);
}

// The numbers, not the tensors: a closure may make its input anew in each pass.
bool isSame(const at::Tensor& a, const at::Tensor& b) {
  return a.numel() == b.numel() && (a.const_data_ptr() == b.const_data_ptr() ||
                                    std::memcmp(a.const_data_ptr(), b.const_data_ptr(), a.nbytes()) == 0);
}

}  // namespace

Factors::Factors(at::Tensor weight, at::Tensor x, at::Tensor d, at::Tensor product)
    : weight_(std::move(weight)), x_(std::move(x)), d_(std::move(d)), product_(std::move(product)) {}

at::Tensor Factors::gradient() const {
  const LinearSizes s = size();
  at::Tensor out = matrix(s.out, s.in);
  gemm({s.out, s.in, s.rows, turned(d_), plain(x_), out.mutable_data_ptr<float>(), s.in});
  return out;
}

void Factors::eachRows(const std::function<void(const Rows&)>& read) const {
  constexpr int64_t kNumbers = int64_t{1} << 15;  // 128 KB: what else a step needs stays in the cache too
  constexpr int64_t kRows = 12;                   // of the kernel
  constexpr int64_t kFewestRows = 4 * kRows;      // that a copied panel of x is read for
  constexpr int64_t kFewestProducts = int64_t{1} << 16;
  struct alignas(64) Line {
    float numbers[16];
  };
  const LinearSizes s = size();
  const int64_t together = std::max(kFewestRows, kNumbers / s.in / kRows * kRows);
  const int64_t grain = kFewestProducts / (s.in * s.rows) + 1;
  at::parallel_for(0, s.out, grain, [&](int64_t first, int64_t last) {
    thread_local std::vector<Line> lines;
    const int64_t most = std::min(together, last - first) * s.in;
    lines.resize(std::max(lines.size(), static_cast<size_t>(most + 15) / 16));
    auto* const to = lines[0].numbers;
    for (int64_t row = first; row < last; row += together) {
      const int64_t rows = std::min(together, last - row);
      gemm({rows, s.in, s.rows, {d_.const_data_ptr<float>() + row, 1, s.out}, plain(x_), to, s.in});
      read({row * s.in, rows * s.in, to});
    }
  });
}

void Factors::ownInput() {
  if (ownsInput_) return;
  const at::AutoGradMode guard(false);
  x_ = x_.clone();
  ownsInput_ = true;
}

void Factors::adoptGram(const Factors& earlier) {
  if (earlier.gram_.defined() && isSame(x_, earlier.x_)) gram_ = earlier.gram_;
}

double Factors::square() {
  // Of terms a thousand times their sum, rounding makes the norm wrong by 1e-5 to 1e-4.
  constexpr double kMostCancellation = 1024;
  const int64_t rows = size().rows;
  at::Tensor other;
  if (gram_.defined()) {
    other = grams({d_})[0];
  } else {
    const auto both = grams({x_, d_});
    gram_ = both[0];
    other = both[1];
  }
  const float* const a = gram_.const_data_ptr<float>();
  const float* const b = other.const_data_ptr<float>();
  double sum = 0, sizes = 0;
  for (int64_t i = 0; i < rows; ++i) {
    const int64_t line = i * rows;
    const PairSums below = linearLoops().pairSums(a + line, b + line, i);
    const double square = static_cast<double>(a[line + i]) * static_cast<double>(b[line + i]);
    sum += square + 2 * below.sum;
    sizes += square + 2 * below.sizes;
  }
  if (sizes == 0) return 0;
  return sum * kMostCancellation < sizes ? std::numeric_limits<double>::quiet_NaN() : sum;
}

double Factors::bound(double squaresOfD) const {
  if (!gram_.defined()) return std::numeric_limits<double>::infinity();
  const auto* const gram = gram_.const_data_ptr<float>();
  double squares = 0;
  for (int64_t i = 0, rows = size().rows; i < rows; ++i) squares += static_cast<double>(gram[i * rows + i]);
  return std::sqrt(squares * squaresOfD);
}

void Factors::perturb(float factor) {
  factor_ = factor;
  state_ = State::kPerturbed;
  weight_.unsafeGetTensorImpl()->bump_version();
}

void Factors::forward(const at::Tensor& x, const float* bias, bool relu, const at::Tensor& y) const {
  const LinearSizes s = size();
  const int64_t rows = x.numel() / s.in;
  if (product_.defined() && isSame(x, x_)) {
    // x x^T is its own transpose
    return addTimes(factor_, gram_, d_, product_, bias, relu, y.mutable_data_ptr<float>());
  }
  multiply(x, rows, x_, turned(weight_), d_, bias, relu, y);
}

void Factors::inputGradient(const at::Tensor& d, const LinearSizes& second, const at::Tensor& out) const {
  multiply(d, second.rows, d_, plain(weight_), x_, nullptr, false, out);
}

void Factors::multiply(const at::Tensor& left, int64_t rows, const at::Tensor& before,
                       const MatrixView& weight, const at::Tensor& other, const float* bias, bool relu,
                       const at::Tensor& out) const {
  const int64_t depth = before.size(1), columns = other.size(1);
  const at::Tensor product = matrix(rows, columns);
  const MatrixView from{left.const_data_ptr<float>(), depth, 1};
  gemm({rows, columns, depth, from, weight, product.mutable_data_ptr<float>(), columns});
  addTimes(factor_, timesTurned(left, rows, before), other, product, bias, relu,
           out.mutable_data_ptr<float>());
}

void Factors::settle() {
  if (isSettled()) return;
  const at::AutoGradMode guard(false);
  if (state_ == State::kRecorded) {
    state_ = State::kOver;
    at::Tensor& grad = weight_.mutable_grad();
    const at::Tensor made = gradient();
    const LinearSizes s = size();
    double squares = 0;
    for (int64_t row = 0; row < s.out; ++row)
      squares += linearLoops().rowSquares(made.const_data_ptr<float>() + row * s.in, s.in);
    found(squares);
    grad = grad.defined() ? made.add(grad) : made;  // that order takes a sparse one too
    return;
  }
  backup_ = weight_.detach().clone();
  state_ = State::kSettled;
  if (factor_ == 0) return;
  const at::Tensor g = gradient();
  auto* const w =
      weight_.mutable_data_ptr<float>();  // of the same version: what it stands for has not changed
  const float* const from = g.const_data_ptr<float>();
  constexpr int64_t kGrain = 32768;
  at::parallel_for(0, weight_.numel(), kGrain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) w[i] += factor_ * from[i];
  });
}

void Factors::restore() {
  const at::AutoGradMode guard(false);
  if (state_ == State::kSettled) {
    weight_.copy_(backup_);
    backup_ = at::Tensor();
  } else if (state_ == State::kPerturbed) {
    weight_.unsafeGetTensorImpl()->bump_version();
  }
  state_ = State::kOver;
}

}  // namespace sam
