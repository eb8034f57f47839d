#pragma once
#include <functional>
#include <vector>

#include "core/aten.h"

namespace sam {

// What is measured: one of these for one kind of convolution.
enum class Measured { Forward, InputGradient, WeightGradient };

using Way = std::function<at::Tensor()>;

// Of two ways to the same result the faster one, where that is asked for: measured once per kind of
// convolution in this process, after one run of each that does not count, the least of two. The second has to
// be faster by a twentieth. Otherwise, and under deterministic algorithms, the first: then processes agree in
// every bit. Measuring takes turns among threads.
//
// x is the convolution's input; its sizes count by powers of two, so that inputs of ever new sizes are not
// measured forever. `details` are what else tells one convolution from another.
at::Tensor fasterOf(Measured what, const at::Tensor& x, const at::Tensor& weight, at::IntArrayRef details,
                    const Way& first, const Way& second);

// Measuring on or off, off at first; returns what it was.
bool setBenchmark(bool enabled);

}  // namespace sam
