#pragma once
#include <memory>
#include <vector>

#include "core/aten.h"
#include "nn/factored_gradients.h"

namespace sam {

// The gradient that an optimizer steps along, where only its norm and the step need it: layers may leave
// theirs as factors, of which the step makes the gradient once, in pieces, and its norm on the way.
class LastGradient {
 public:
  // From here to stop() gradients of these parameters may be factors. They are gradients like any other for
  // all who ask; isFinite() and sgdStep() take them as factors.
  void collect(const std::vector<at::Tensor>& params);
  void stop() noexcept { factors_.stop(); }
  // Before its end: whoever asks for a gradient after that gets it.
  void settle() { factors_.settleAll(); }
  // How many are a gradient that nobody has asked for.
  size_t count() const noexcept { return factors_.recordedCount(); }

  // Whether these gradients, one per parameter, and those that are factors instead are finite.
  bool isFinite(const std::vector<at::Tensor>& params, std::vector<at::Tensor>& gradients);
  // The norm of what isFinite() was asked about. After a step along the factors, which has all of the
  // gradient in its hands once, it costs nothing.
  at::Tensor norm();

 private:
  // Where the norm cannot be told well from factors, they become gradients.
  at::Tensor normOf(const std::vector<at::Tensor>& params, std::vector<at::Tensor>& gradients);

  FactoredGradients factors_;
  at::Tensor norm_;                                // undefined as long as nobody has had to know it
  std::vector<std::shared_ptr<Factors>> unknown_;  // then: what is part of it
  double knownSquares_ = 0;                        // and the rest
};

}  // namespace sam
