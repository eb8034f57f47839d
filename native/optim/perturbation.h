#pragma once
#include <optional>
#include <vector>

#include "core/aten.h"
#include "core/napi.h"
#include "last_gradient.h"
#include "nn/factored_gradients.h"
#include "radii.h"

namespace sam {

// Moves parameters to w + eps and back to exactly w.
//
// Back-ups are kept between steps; perturbing and restoring copy in place, so storages are never rebound.
// Restoring touches exactly what was perturbed, whatever the gradients are by then. A parameter with a master
// needs no back-up: its working copy is written from the master, to w + eps, and to w by whoever updates it.
class Perturbation {
 public:
  // One parameter's share in eps.
  struct Share {
    double rho = 0;
    bool adaptive = false;  // T = |w| + eta, else 1
    double eta = 0;
    bool masked = false;  // takes no part: neither in the norm nor in eps
    double scale = 1;     // of eps, after the norm
    double decay = 0;     // ascent direction d + decay w
  };

  // eps = rho T^2 d / |T d| (p = 2) or rho T sign(d) (p = infinity), d the directions; zero where the norm is
  // zero or not finite. Returns |T d|, without waiting for the device; `epsNorm`, if given, takes |eps|.
  //
  // With `radii`, one tensor per parameter from Radii, rho is read from there and not from the shares,
  // also on the CPU: what runs then can be held by a CUDA graph, and rho changed between its replays.
  at::Tensor perturb(const std::vector<at::Tensor>& params, std::vector<at::Tensor> directions,
                     const std::vector<Share>& shares, double p, at::Tensor* epsNorm,
                     const std::vector<at::Tensor>* radii = nullptr);
  // The pass that follows may give up gradients of these parameters as factors, until perturb(), which then
  // takes them for directions that are missing.
  void collectFactors(const std::vector<at::Tensor>& params);
  // How many gradients are factors now; what weights are perturbed with is none of them.
  size_t factorCount() const noexcept { return factors_.recordedCount() + last.count(); }
  // Back to w, bit for bit; does nothing when nothing is perturbed. Working copies are left to the update
  // that comes next, which writes them anyway; settle() writes those that it did not.
  void release();
  void settle();
  void restore() {
    release();
    settle();
  }
  // From perturb() to release(), wherever w + eps is.
  bool isPerturbed() const noexcept { return isPerturbed_; }
  // Takes the weights to be at w: after a capture that failed, in which nothing ran.
  void forget();

  LastGradient last;
  Radii radii;

 private:
  struct Saved {
    at::Tensor param;
    at::Tensor backup;  // undefined: it has a master
  };
  // The same in two passes over all parameters (sam_kernels.h, sam_host.h), where those take these tensors;
  // nothing otherwise.
  std::optional<at::Tensor> perturbInPasses(const std::vector<at::Tensor>& params,
                                            const std::vector<at::Tensor>& directions,
                                            const std::vector<Share>& shares, bool infinite,
                                            at::Tensor* epsNorm, const std::vector<at::Tensor>* radii);
  // The square of the norm of the factors, where all of them can stay what they are.
  std::optional<double> squareOfFactors(const std::vector<at::Tensor>& params,
                                        const std::vector<Share>& shares, bool infinite);
  // Room for the parameter at this position, kept from step to step.
  const at::Tensor& backupOf(size_t position, const at::Tensor& param);

  FactoredGradients factors_;        // of the pass that the perturbation is along
  std::vector<at::Tensor> backups_;  // by position; undefined where a parameter was never perturbed
  std::vector<Saved> perturbed_;
  bool isPerturbed_ = false;
  std::vector<at::Tensor> released_;  // working copies that may still be at w + eps
};

void initPerturbation(Napi::Env env, Napi::Object exports);

}  // namespace sam
