#pragma once
#include <string>

#include "core/napi.h"
#include "core/tape.h"

namespace sam {

// Puts an optimizer's step over a list of parameters on the tape that records, if one does. JavaScript may
// turn its lr, as "lr/<list>".
template <typename Options, typename Step>
void noteStep(const Napi::Value& list, const Options& options, const Step& step) {
  Tape* const tape = Tape::recording();
  if (tape == nullptr) return;
  const auto id = list.As<Napi::Number>().Int64Value();
  tape->add([step, options, lr = tape->dial("lr/" + std::to_string(id), {options.lr})](const Tape::Tensors&,
                                                                                       Tape::Tensors&) {
    Options now = options;
    now.lr = lr->at(0);
    step(now);
  });
}

}  // namespace sam
