// Batch norm and group norm: the parts that layers are made of.
#include <initializer_list>
#include <string_view>

#include "guards.h"

namespace sam {
namespace {

// Null, or one value per channel.
void perChannel(const Given& given, const char* name, bool needed) {
  const at::Tensor x = given.tensor(name);
  if (!x.defined() && !needed) return;
  given.expect(x.defined() && holdsMemory(x) && x.dim() == 1 && x.size(0) == given.tensor("input").size(1),
               "one value per channel of 'input'" + quoted(name));
}

void batchNorm(const Given& given, bool train, const char* mean, const char* variance) {
  dense(given, "input", 2, 64);
  given.expect(given.tensor("input").numel() > 0, "elements in 'input'");
  dense(given, "grad_out", 2, 64);
  sameShape(given, "grad_out", "input");
  perChannel(given, "weight", false);
  perChannel(given, "running_mean", !train);
  perChannel(given, "running_var", !train);
  perChannel(given, mean, train);
  perChannel(given, variance, train);
}

void nativeBatchNormBackward(const Given& given) {
  batchNorm(given, given.value("train").toBool(), "save_mean", "save_invstd");
}

void batchNormBackward(const Given& given) {
  batchNorm(given, given.value("update").toBool(), "save_mean", "save_var");
}

// One value per channel for each, which the CPU's kernels take for granted, and for an evaluation the running
// statistics.
void batchNormForward(const Given& given, std::initializer_list<const char*> perChannels, bool needsRunning) {
  const at::Tensor input = given.tensor("input");
  if (!input.is_cpu() || input.layout() != at::kStrided) return;
  given.expect(input.dim() >= 2, "at least two dimensions" + quoted("input"));
  for (const char* name : perChannels) {
    perChannel(given, name, needsRunning && std::string_view(name).substr(0, 7) == "running");
  }
}

constexpr std::initializer_list<const char*> kAffine = {"weight", "bias"};

constexpr std::initializer_list<const char*> kRunning = {"running_mean", "running_var"};

constexpr std::initializer_list<const char*> kAll = {"weight", "bias", "running_mean", "running_var"};

void batchNormOf(const Given& given) { batchNormForward(given, kAll, !given.value("training").toBool()); }

void batchNormInEvaluation(const Given& given) { batchNormForward(given, kAll, true); }

void batchNormInTraining(const Given& given) { batchNormForward(given, kAll, false); }

void batchNormStatistics(const Given& given) { batchNormForward(given, kRunning, false); }

void batchNormWithoutRunning(const Given& given) {
  given.expect(given.value("training").toBool(), "true for 'training', as there are no running statistics");
  batchNormForward(given, kAffine, false);
}

void groupNorm(const Given& given) {
  dense(given, "input", 2, 64);
  const int64_t groups = given.integer("group");
  const int64_t n = given.integer("N");
  const int64_t channels = given.integer("C");
  const int64_t area = given.integer("HxW");
  const auto sizes = given.tensor("input").sizes();
  given.expect(sizes[0] == n && sizes[1] == channels &&
                   given.tensor("input").numel() == n * channels * area && area >= 0,
               "the extents of 'input' for 'N', 'C' and 'HxW'");
  given.expect(groups > 0 && channels % groups == 0, "a 'group' that divides 'C'");
}

}  // namespace

const std::vector<GuardRow> kNorm = {
    // Take statistics of any shape for one value per channel; divide by the number of elements per channel.
    {"native_batch_norm_backward", nullptr, &nativeBatchNormBackward},
    {"batch_norm_backward", nullptr, &batchNormBackward},
    {"native_batch_norm", nullptr, &batchNormOf},
    {"_native_batch_norm_legit", "", &batchNormOf},
    {"_native_batch_norm_legit", "no_stats", &batchNormWithoutRunning},
    {"_native_batch_norm_legit_functional", nullptr, &batchNormOf},
    {"_native_batch_norm_legit_no_training", nullptr, &batchNormInEvaluation},
    {"_batch_norm_no_update", nullptr, &batchNormInEvaluation},
    {"_batch_norm_with_update", nullptr, &batchNormInTraining},
    {"_batch_norm_with_update_functional", nullptr, &batchNormInTraining},
    {"batch_norm_update_stats", nullptr, &batchNormStatistics},
    {"native_group_norm", nullptr, &groupNorm},
    {"native_group_norm_backward", nullptr, &groupNorm},
};

}  // namespace sam
