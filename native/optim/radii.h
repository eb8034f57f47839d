#pragma once
#include <vector>

#include "core/aten.h"

namespace sam {

// The rho of each group as a number on a device, for steps that a CUDA graph holds: it can change between
// replays.
class Radii {
 public:
  // The 0-dimensional float64 tensor that holds the rho of this group on a device. Launches a fill when rho
  // has changed since the last call: inside a capture it must be up to date already, or the graph would set
  // it back at each replay.
  at::Tensor on(size_t group, c10::Device device, double rho);
  // Brings what on() gave for this group up to date, before a graph that reads it is captured or replayed.
  void refresh(size_t group, double rho);

 private:
  struct Radius {
    size_t group;
    double rho;
    at::Tensor value;
  };
  std::vector<Radius> known_;
};

}  // namespace sam
