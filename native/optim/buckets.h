#pragma once
#include <optional>
#include <vector>

#include "core/aten.h"
#include "core/napi.h"
#include "masters.h"
#include "param_list.h"

namespace sam {

// What loss scaling asks of a step, all on the device: gradients are divided by `scale`; when `found` is not
// zero nothing changes.
class Scaling {
 public:
  Scaling() = default;
  Scaling(std::optional<at::Tensor> scale, std::optional<at::Tensor> found);
  static Scaling from(const Napi::Value& scale, const Napi::Value& found, const char* op);

  // True when it is known without waiting that the step is to be skipped.
  bool skips() const;
  bool isNone() const noexcept { return !scale_ && !found_; }
  // Waits for the device.
  bool skipsAfterWaiting() const;
  std::optional<at::Tensor> scaleOn(c10::Device device) const;
  std::optional<at::Tensor> foundOn(c10::Device device) const;

 private:
  std::optional<at::Tensor> scale_;
  std::optional<at::Tensor> found_;
};

// A dense copy that is stepped in a parameter's place.
struct StandIn {
  at::Tensor param;
  at::Tensor copy;
  at::Tensor before;  // the copy as it was, where another parameter may change some of the same numbers

  void finish() const;
};

// The parameters of a group that have a gradient, those of one dtype and device together, as the multi-tensor
// kernels take them.
//
// Those kernels walk over raw memory: within a bucket each parameter is dense and its gradient has the same
// dtype and strides. Where that is not so, a copy stands in, and finish() brings the parameter's back. Where
// a parameter has a master, that is the one here, and finish() writes the working copy.
struct Bucket {
  c10::Device device;
  at::ScalarType dtype;
  std::vector<size_t> positions;  // in the group
  std::vector<at::Tensor> params;
  std::vector<at::Tensor> grads;
  std::vector<StandIn> standIns;
  std::vector<MasterWeight*> masters;  // behind those parameters that have one

  // The gradients to descend along: unscaled (in place), negated if maximizing, with the weights' share. For
  // optimizers without a fused kernel.
  std::vector<at::Tensor> descent(double weightDecay, bool maximize, const Scaling& scaling) const;
  // Copies stand-ins back, writes working copies, and counts the change for autograd: the fused kernels do
  // not, and a graph that was recorded before the step would give wrong gradients in silence.
  void finish() const;
};

// Fails before anything is changed when a parameter or a gradient is sparse, complex or of different devices.
// Parameters for which `leaves` says so by position have no part in it.
std::vector<Bucket> buckets(const ParamList& list, const char* op, const std::vector<bool>& leaves = {});
void checkGradients(const ParamList& list, const char* op);

bool sameStrides(const at::Tensor& a, const at::Tensor& b);
// Whether two of these dense tensors share memory, so that threads may not change them at the same time.
bool overlap(const std::vector<at::TensorList>& lists);

// A number among a step's arguments.
double stepNumber(const Napi::Value& value, const char* op, const char* name);

}  // namespace sam
