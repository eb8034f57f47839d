#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/aten.h"

namespace sam {

// What an optimizer keeps for the parameters of one group.
struct OptimizerState {
  // By the name that stateDict() gives it ("momentumBuffer"): one tensor per parameter, undefined where there
  // is none yet.
  std::map<std::string, std::vector<at::Tensor>, std::less<>> slots;

  // A group's learning rate on a device, for steps inside a CUDA graph, where a number would be baked in.
  struct DeviceLr {
    at::Tensor value;
    double host;
  };
  std::vector<DeviceLr> lrs;

  // The tensor that holds `lr` on `device`. Launches a fill only when lr has changed since the last call.
  const at::Tensor& lrOn(c10::Device device, double lr);
  // Brings every tensor of lrOn() up to date, before a graph that reads them is replayed.
  void refreshLr(double lr);

  // The slot's tensors at these positions, filled with `start` and like `like` where there is none yet, and
  // brought to the dtype, device and strides of `like` where the parameter has changed those since.
  std::vector<at::Tensor> tensorsAt(std::string_view slot, size_t params,
                                    const std::vector<size_t>& positions, const std::vector<at::Tensor>& like,
                                    double start = 0);
  // The same with one float32 count per parameter on `device`, from zero.
  std::vector<at::Tensor> countsAt(std::string_view slot, size_t params, const std::vector<size_t>& positions,
                                   c10::Device device);
  std::vector<at::Tensor>& slot(std::string_view name, size_t params);
};

}  // namespace sam
