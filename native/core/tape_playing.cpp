// What a tape that was recorded does (tape.cpp).
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <utility>

#include "errors.h"
#include "tape.h"

namespace sam {

Tape::Fit Tape::fits(const Tensors& inputs) const {
  if (!isReady_) return Fit::kStale;
  if (isPlaying_ || inputs.size() != inputs_.size() || Mode::now() != mode_) return Fit::kOther;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].defined() || !inputs_[i].matches(inputs[i])) return Fit::kOther;
  }
  for (const auto& outside : outside_) {
    if (!outside.isAsItWas()) return Fit::kStale;
  }
  return Fit::kYes;
}

Failure Tape::changed(const std::string& what, const std::string& expected, const std::string& got) {
  hasChanged_ = true;
  isReady_ = false;
  return {"E_STATE", "[" + what + "] expected " + expected + ", as when the step was recorded, got " + got,
          "the weights are at w, and later steps of this function run as they are: what the closure decides "
          "on the host is not decided anew in a captured step"};
}

void Tape::rollBack() noexcept {
  for (const auto& entry : rollBacks_) {
    const at::Tensor& saved = at(entry.saved);
    if (!saved.defined()) continue;
    try {
      const at::NoGradGuard plain;
      at(entry.tensor).copy_(saved);
    } catch (...) {  // one that was changed into something else while its statistics were taken
    }
  }
}

at::Tensor Tape::play(const Tensors& inputs) {
  struct End {
    Tape& tape;
    ~End() {
      for (auto& place : tape.places_) place = at::Tensor();
      tape.isPlaying_ = false;
    }
  };
  isPlaying_ = true;
  hasStopped_ = false;
  numbersRead_ = 0;
  const End end{*this};
  const c10::AutoGradMode mode(c10::GradMode::is_enabled());
  std::copy(inputs.begin(), inputs.end(), places_.begin());
  Tensors given, made;
  for (const auto& step : steps_) {
    given.clear();
    made.assign(step.made.size(), at::Tensor());
    for (const auto& ref : step.given) given.push_back(at(ref));
    if (c10::GradMode::is_enabled() != step.recordsGraph) c10::GradMode::set_enabled(step.recordsGraph);
    try {
      step.play(given, made);
      if (made.size() != step.made.size())
        throw Failure("E_STATE", "expected as many results as in the step that was recorded");
    } catch (const Napi::Error&) {
      rollBack();
      throw;
    } catch (...) {
      const Failure failure = currentFailure(step.name);
      rollBack();
      throw failure;
    }
    for (size_t i = 0; i < made.size(); ++i) {
      if (step.made[i] >= 0) places_[static_cast<size_t>(step.made[i])] = std::move(made[i]);
    }
    given.clear();  // before what nobody reads any more goes
    for (const int place : step.last) places_[static_cast<size_t>(place)] = at::Tensor();
    if (hasStopped_) {
      rollBack();
      break;
    }
  }
  return at(result_);
}

void Tape::turn(const std::string& name, std::vector<double> values) {
  const auto found = dials_.find(name);
  if (found == dials_.end()) return;
  if (values.size() != found->second->size())
    badArgument("[capture] expected " + std::to_string(found->second->size()) + " numbers for " + name);
  *found->second = std::move(values);
}

}  // namespace sam
