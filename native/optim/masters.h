#pragma once
#include "core/aten.h"
#include "core/napi.h"

namespace sam {

// The float32 weights behind a parameter that is kept in a lower precision, its working copy: what forward
// and backward see. Optimizers change the master and write the working copy from it, rounded to nearest.
//
// It owns neither: JavaScript does.
class MasterWeight {
 public:
  MasterWeight(const at::Tensor& working, const at::Tensor& master);

  // The weights in full precision. What others wrote into the working copy since it was last written is taken
  // over first: those elements that are not the master's, rounded, any more.
  at::Tensor value();
  // working <- master
  void write();
  // From here to write() the working copy holds something else on purpose: w + eps.
  void leave() noexcept { away_ = true; }
  bool isAway() const noexcept { return away_; }
  bool expired() const noexcept { return working_.expired() || master_.expired(); }

 private:
  using Weak = c10::weak_intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;
  static at::Tensor lock(const Weak& weak);

  Weak working_;
  Weak master_;
  int64_t version_;  // of the working copy when it was last known to be the master's
  bool away_ = false;
};

// The master behind a parameter; nullptr for one that is its own. Lives as long as the parameter has it.
MasterWeight* masterOf(const at::Tensor& param);

void initMasters(Napi::Env env, Napi::Object exports);

}  // namespace sam
