#pragma once
#include <functional>
#include <vector>

#include "core/aten.h"

namespace sam {

// Of two ways to the same gradient the faster one, measured once per key in this process: after one run of
// each that does not count, the least of two. The second has to be faster by a twentieth, since the first is
// the more exact one. Measuring takes turns among threads.
at::Tensor fasterGradient(const std::vector<int64_t>& key, const std::function<at::Tensor()>& first,
                          const std::function<at::Tensor()>& second);

}  // namespace sam
