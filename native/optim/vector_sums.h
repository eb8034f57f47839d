#pragma once
#include <span>
#include <vector>

#include "core/aten.h"

namespace sam {

// Arithmetic on lists of tensors that are seen as one long vector (param_vector.h): undefined stands for
// zeros. Gradients are off for whoever calls.

// A factor that is a number, or a tensor without dimensions on the device (so that nothing has to wait for
// it).
class Factor {
 public:
  explicit Factor(double number) : number_(number) {}
  explicit Factor(const at::Tensor& tensor);  // on the CPU its value is read at once: nothing to wait for

  bool isNumber() const noexcept { return !tensor_.defined(); }
  double number() const noexcept { return number_; }
  const at::Tensor& tensor() const noexcept { return tensor_; }

 private:
  double number_ = 0;
  at::Tensor tensor_;
};

// Those that are there.
std::vector<at::Tensor> present(const std::vector<at::Tensor>& items);

// <a, b> in fp32 (float64 where one is), added up in the order of the parameters.
at::Tensor dot(const std::vector<at::Tensor>& a, const std::vector<at::Tensor>& b);

// In place.
void scale(std::vector<at::Tensor>& items, const Factor& factor);

// y += factor x, in place. Where y has nothing it becomes factor x.
void add(std::vector<at::Tensor>& y, const std::vector<at::Tensor>& x, const Factor& factor);

// y = x where `when` is true, decided on the device.
void takeWhere(std::vector<at::Tensor>& y, const at::Tensor& when, const std::vector<at::Tensor>& x);

// w += factor x, in place, one factor per parameter, in the masters where there are some; nothing where
// `unless`, if defined, is true.
void addTo(const std::vector<at::Tensor>& params, const std::vector<at::Tensor>& x,
           std::span<const double> factors, const at::Tensor& unless);

}  // namespace sam
