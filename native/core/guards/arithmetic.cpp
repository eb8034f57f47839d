// Numbers for which a kernel divides by nothing, never ends, or leaves its memory.
#include <ATen/ops/isfinite.h>
#include <ATen/ops/result_type.h>
#include <ATen/ops/scalar_tensor.h>
#include <c10/core/GradMode.h>

#include <algorithm>

#include "../dtype.h"
#include "guards.h"

namespace sam {
namespace {

void traceBackward(const Given& given) {
  length(given, "sizes", 2);
  for (const int64_t extent : given.ints("sizes"))
    given.expect(extent >= 0, "no negative extents in 'sizes'");
}

// LAPACK's search for eigenvalues goes astray on what is not finite; linalg_eig looks for it by itself.
void finiteMatrices(const Given& given) {
  const at::Tensor self = given.tensor("self");
  if (!holdsMemory(self) || !self.is_cpu() || self.numel() == 0) return;
  if (!at::isFloatingType(self.scalar_type()) && !at::isComplexType(self.scalar_type())) return;
  given.expect(at::isfinite(self).all().item<bool>(), "finite elements in 'self'");
}

// Its backward divides by the number of rows.
void distancesOfRows(const Given& given) {
  const at::Tensor self = given.tensor("self");
  if (!self.defined() || self.dim() != 2 || self.size(0) != 0) return;
  given.expect(!c10::GradMode::is_enabled() || !self.requires_grad(),
               "a row in 'self', or a tensor that needs no gradient");
}
void distancesBackward(const Given& given) {
  const at::Tensor self = given.tensor("self");
  given.expect(!self.defined() || self.dim() != 2 || self.size(0) > 0, "a row in 'self'");
}

void leastSquares(const Given& given) {
  const c10::IValue& driver = given.value("driver");
  if (!driver.isString() || (driver.toStringRef() != "gelss" && driver.toStringRef() != "gelsd")) return;
  given.expect(given.tensor("b").numel() > 0, "elements in 'b' for this driver");
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

}  // namespace

const std::vector<GuardRow> kArithmetic = {
    // Goes astray.
    {"linalg_eigvals", nullptr, &finiteMatrices},
    // Looks for a right side that is not there.
    {"linalg_lstsq", nullptr, &leastSquares},
    // Divides by an extent.
    {"trace_backward", nullptr, &traceBackward},
    {"pdist", nullptr, &distancesOfRows},
    {"_pdist_forward", nullptr, &distancesOfRows},
    {"_pdist_backward", nullptr, &distancesBackward},
    // Divides integers with the processor's instruction.
    {"div", "Tensor_mode", &truncatedDivision},
    {"div", "Scalar_mode", &truncatedDivision},
    {"div_", "Tensor_mode", &truncatedDivision},
    {"div_", "Scalar_mode", &truncatedDivision},
    {"divide", "Tensor_mode", &truncatedDivision},
    {"divide", "Scalar_mode", &truncatedDivision},
    {"divide_", "Tensor_mode", &truncatedDivision},
    {"divide_", "Scalar_mode", &truncatedDivision},
    // Exchanges rows by numbers that nobody has checked.
    {"lu_unpack", nullptr, &luPivots},
    // Never ends.
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
};

}  // namespace sam
