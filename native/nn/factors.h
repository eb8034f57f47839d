#pragma once
#include <functional>
#include <optional>

#include "core/aten.h"
#include "gemm.h"

namespace sam {

// x [rows, in], weight [out, in], y [rows, out]
struct LinearSizes {
  int64_t rows;
  int64_t in;
  int64_t out;
};

// The gradient of a linear layer's weight, as the factors that it is the product of, and SAM's perturbation
// along it: g = d^T x has no more rank than the pass has rows, and with few of those both cost less than g
// has numbers:
//
//   |g|^2 = sum((x x^T) * (d d^T)),  eps = c g
//   x2 (w + eps)^T = x2 w^T + c (x2 x^T) d        d2 (w + eps) = d2 w + c (d2 d^T) x
//
// Where a second pass has the same input, x2 w^T is known too. The norm is what per-example clipping computes
// (Goodfellow, https://arxiv.org/abs/1510.01799), summed over pairs of rows.
class Factors {
 public:
  // x [rows, in]; d [rows, out], nobody else's; product = x weight^T, or undefined where it was not kept. Who
  // may write to x says so before: see ownInput().
  Factors(at::Tensor weight, at::Tensor x, at::Tensor d, at::Tensor product);

  const at::Tensor& weight() const noexcept { return weight_; }
  const c10::StorageImpl* storage() const { return weight_.storage().unsafeGetStorageImpl(); }
  at::Tensor gradient() const;
  // Some rows of the gradient: `count` numbers of it from `begin` on.
  struct Rows {
    int64_t begin;
    int64_t count;
    const float* data;
  };
  // All of it by as many rows as a core keeps in its cache, on all threads: for a reader that goes over it
  // once.
  void eachRows(const std::function<void(const Rows&)>& read) const;

  // x is somebody else's: most likely the batch, which is there in the second pass as well, so that a copy
  // would be for nothing.
  bool sharesInput(const c10::StorageImpl* storage) const {
    return !ownsInput_ && x_.storage().unsafeGetStorageImpl() == storage;
  }
  void ownInput();

  // Where an earlier pass had the same input, what square() needs of it is known.
  void adoptGram(const Factors& earlier);
  // |g|^2; not finite also where its terms cancel out to so little that rounding would be seen.
  double square();
  // At least |g|: |d| |x|, from the sum of the squares of d; infinity where x x^T is not known yet.
  double bound(double squaresOfD) const;
  const at::Tensor& d() const noexcept { return d_; }
  // |g|^2 as whoever has made all of the gradient found it.
  void found(double square) { found_ = square; }
  std::optional<double> found() const noexcept { return found_; }
  // From now on the weight stands for w + factor g.
  void perturb(float factor);
  // Whether nobody has asked for the gradient: it is neither perturbed with nor in memory.
  bool isRecorded() const noexcept { return state_ == State::kRecorded; }
  // Nobody will.
  void drop() noexcept { state_ = State::kOver; }
  // Whether the weight does, without having it in memory.
  bool isPerturbed() const noexcept { return state_ == State::kPerturbed; }
  // And by how much: at 0 the weight is what is in memory.
  bool isMoved() const noexcept { return isPerturbed() && factor_ != 0; }

  // y [rows, out] = x (w + eps)^T (+ bias), then ReLU; out [rows, in] = d (w + eps)
  void forward(const at::Tensor& x, const float* bias, bool relu, const at::Tensor& y) const;
  void inputGradient(const at::Tensor& d, const LinearSizes& size, const at::Tensor& out) const;

  // The weight may change before it is perturbed: x weight^T has to be computed again.
  void forgetProduct() { product_ = at::Tensor(); }

  // Does what was put off: adds g to the weight's gradient, or eps to the weight.
  void settle();
  bool isSettled() const noexcept { return state_ == State::kSettled || isOver(); }
  // Whether w + eps is what the weight's memory has.
  bool isInMemory() const noexcept { return state_ == State::kSettled; }
  bool isOver() const noexcept { return state_ == State::kOver; }
  // Back to w, bit for bit; the end of it.
  void restore();

 private:
  enum class State { kRecorded, kPerturbed, kSettled, kOver };
  // out = left w' + c (left before^T) other (+ bias), then ReLU: w' is the weight one way or the other,
  // `before` what stood left in the first pass.
  void multiply(const at::Tensor& left, int64_t rows, const at::Tensor& before, const MatrixView& weight,
                const at::Tensor& other, const float* bias, bool relu, const at::Tensor& out) const;
  LinearSizes size() const { return {x_.size(0), x_.size(1), d_.size(1)}; }

  at::Tensor weight_, x_, d_, product_;
  at::Tensor gram_;    // x x^T, once square() has made it
  at::Tensor backup_;  // of w, once eps is in memory
  bool ownsInput_ = false;
  float factor_ = 0;
  std::optional<double> found_;
  State state_ = State::kRecorded;
};

}  // namespace sam
