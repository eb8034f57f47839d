#include "sam_kernels.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <functional>
#include <span>

#include "kernels/launch.h"

namespace sam::device {
namespace {

using kernels::AscentSettings;
using kernels::Bf16;
using kernels::TensorTable;
using kernels::u32;
using Tensors = std::vector<at::Tensor>;

bool isKernelDtype(at::ScalarType type) { return type == at::kFloat || type == at::kBFloat16; }

// At most this many elements: a table's sizes and chunk numbers have 32 and 24 bits.
constexpr int64_t kMostElements = int64_t{1} << 31;

int64_t chunksOf(const at::Tensor& tensor) {
  return (tensor.numel() + TensorTable::kChunk - 1) / TensorTable::kChunk;
}

// Calls f(table, first chunk of all) for tables that hold the lists' tensors, up to four lists, of which
// later ones may be empty. `groupOf` numbers each tensor's settings within a table, or nothing when a table
// has no room for more; `begin` starts a new table's settings.
void tables(std::span<const Tensors* const> lists, const std::function<void()>& begin,
            const std::function<std::optional<u32>(size_t)>& groupOf,
            const std::function<void(const TensorTable&, int64_t)>& f) {
  TensorTable table{};
  int64_t before = 0;
  const auto flush = [&] {
    if (table.count > 0) f(table, before);
    before += table.chunks;
    table = TensorTable{};
    begin();
  };
  begin();
  for (size_t i = 0; i < lists[0]->size(); ++i) {
    const at::Tensor& first = (*lists[0])[i];
    if (first.numel() == 0) continue;
    if (table.count == TensorTable::kMost || table.chunks + chunksOf(first) >= (1 << 24)) flush();
    std::optional<u32> group = groupOf(i);
    if (!group) {
      flush();
      group = groupOf(i);
    }
    auto& entry = table.entries[table.count++];
    for (size_t list = 0; list < lists.size(); ++list) {
      entry.at[list] = lists[list]->empty() ? nullptr : (*lists[list])[i].mutable_data_ptr();
    }
    entry.size = static_cast<u32>(first.numel());
    entry.firstChunk = table.chunks & 0xffffffu;
    entry.group = *group & 0xffu;
    table.chunks += static_cast<u32>(chunksOf(first));
  }
  flush();
}

// The settings of a table's groups: parameters with the same ones share a place.
struct Groups {
  AscentSettings items[kernels::kAscentGroups];
  u32 count = 0;

  std::optional<u32> find(const AscentSettings& wanted) {
    for (u32 i = 0; i < count; ++i) {
      const AscentSettings& s = items[i];
      if (s.rhoAt == wanted.rhoAt && s.rho == wanted.rho && s.scale == wanted.scale && s.eta == wanted.eta &&
          s.decay == wanted.decay && s.adaptive == wanted.adaptive)
        return i;
    }
    if (count == kernels::kAscentGroups) return std::nullopt;
    items[count] = wanted;
    return count++;
  }
};

AscentSettings settingsOf(const Perturbation::Share& share, const at::Tensor& radius) {
  AscentSettings s = settingsOf(share);
  s.rhoAt = radius.defined() ? static_cast<const double*>(radius.const_data_ptr()) : nullptr;
  return s;
}

int64_t chunksOf(const Tensors& tensors) {
  int64_t chunks = 0;
  for (const auto& tensor : tensors) chunks += chunksOf(tensor);
  return chunks;
}

std::vector<AscentSettings> settingsOf(const Perturbed& kind) {
  std::vector<AscentSettings> out;
  for (size_t i = 0; i < kind.weights.size(); ++i)
    out.push_back(settingsOf(kind.shares[i], kind.radii.empty() ? at::Tensor() : kind.radii[i]));
  return out;
}

// Calls f(arguments with their table and groups, first chunk of the table, device) for the tables of `lists`.
template <class Arguments, class F>
void withGroups(std::span<const Tensors* const> lists, const std::vector<AscentSettings>& settings,
                bool infinite, const F& f) {
  Groups groups;
  tables(
      lists, [&] { groups = Groups{}; }, [&](size_t i) { return groups.find(settings[i]); },
      [&](const TensorTable& table, int64_t before) {
        Arguments arguments{};
        arguments.table = table;
        std::copy(std::begin(groups.items), std::end(groups.items), arguments.groups);
        arguments.infinite = infinite ? 1 : 0;
        f(arguments, before);
      });
}

// Sums of squares of what the norm is of, one per chunk.
template <class W, class D>
void partialNorms(const Tensors& weights, const Tensors& directions,
                  const std::vector<AscentSettings>& settings, bool infinite, double* partials) {
  const Tensors* const lists[] = {&weights, &directions};
  withGroups<kernels::SamNormArguments>(
      lists, settings, infinite, [&](kernels::SamNormArguments& arguments, int64_t before) {
        arguments.partials = partials + before;
        kernels::launch<kernels::SamNorm<W, D>>(weights[0].device(), arguments.table.chunks, arguments);
      });
}

template <class W, class D, class Out>
void perturbAs(const Perturbed& kind, bool infinite, const at::Tensor& partials, const at::Tensor& norm) {
  const Tensors* const lists[] = {&kind.weights, &kind.directions, &kind.targets};
  withGroups<kernels::SamPerturbArguments>(
      lists, settingsOf(kind), infinite, [&](kernels::SamPerturbArguments& arguments, int64_t) {
        arguments.from = {static_cast<const double*>(partials.const_data_ptr()),
                          static_cast<u32>(partials.numel())};
        arguments.norm = static_cast<float*>(norm.mutable_data_ptr());
        kernels::launch<kernels::SamPerturb<W, D, Out>>(norm.device(), arguments.table.chunks, arguments);
      });
}

template <class W>
void sgdAs(const Tensors& weights, const Tensors& gradients, const Tensors& momenta,
           const kernels::SgdSettings& settings, const float* found) {
  const Tensors* const lists[] = {&weights, &gradients, &momenta};
  tables(
      lists, [] {}, [](size_t) { return 0u; },
      [&](const TensorTable& table, int64_t) {
        kernels::launch<kernels::SgdStep<W>>(weights[0].device(), table.chunks,
                                             {.table = table, .settings = settings, .foundInf = found});
      });
}

}  // namespace

bool takes(const std::vector<const Tensors*>& lists) {
  const Tensors& first = *lists[0];
  if (first.empty()) return false;
  const auto device = first[0].device();
  const bool isHere = device.is_cuda() ? cudaPart() != nullptr : device.is_cpu() && deviceKernelsOnCpu();
  if (!isHere) return false;
  for (const Tensors* list : lists) {
    const auto type = list->empty() ? at::kFloat : (*list)[0].scalar_type();
    if (!isKernelDtype(type)) return false;
    for (size_t i = 0; i < list->size(); ++i) {
      const at::Tensor& tensor = (*list)[i];
      if (tensor.layout() != at::kStrided || tensor.device() != device || tensor.scalar_type() != type ||
          !tensor.is_non_overlapping_and_dense() || tensor.numel() >= kMostElements ||
          tensor.sizes() != first[i].sizes() || !sameStrides(tensor, first[i]))
        return false;
    }
  }
  return true;
}

bool takes(const std::vector<Perturbed>& kinds) {
  for (const auto& kind : kinds) {
    if (!takes({&kind.weights, &kind.directions, &kind.targets}) ||
        kind.weights[0].device() != kinds[0].weights[0].device())
      return false;
    if (!hasKnownTypes(kind)) return false;
  }
  return !kinds.empty() && !shareMemory(kinds);
}

at::Tensor perturb(const std::vector<Perturbed>& kinds, bool infinite) {
  const auto device = at::TensorOptions(kinds[0].weights[0].device());
  int64_t chunks = 0;
  for (const auto& kind : kinds) chunks += chunksOf(kind.weights);
  if (chunks == 0) return at::zeros({}, device.dtype(at::kFloat));
  const at::Tensor partials = at::empty({chunks}, device.dtype(at::kDouble));
  auto* data = static_cast<double*>(partials.mutable_data_ptr());
  for (const auto& kind : kinds) {
    withTypes(kind, [&]<class W, class D, class Out>() {
      partialNorms<W, D>(kind.weights, kind.directions, settingsOf(kind), infinite, data);
    });
    data += chunksOf(kind.weights);
  }
  at::Tensor norm = at::empty({}, device.dtype(at::kFloat));
  for (const auto& kind : kinds) {
    withTypes(kind,
              [&]<class W, class D, class Out>() { perturbAs<W, D, Out>(kind, infinite, partials, norm); });
  }
  return norm;
}

at::Tensor norm(const Tensors& tensors) {
  const std::vector<AscentSettings> settings(tensors.size(), AscentSettings{});
  const at::Tensor partials =
      at::empty({chunksOf(tensors)}, at::TensorOptions(tensors[0].device()).dtype(at::kDouble));
  auto* const data = static_cast<double*>(partials.mutable_data_ptr());
  if (isFloat(tensors)) {
    partialNorms<float, float>(tensors, tensors, settings, false, data);
  } else {
    partialNorms<Bf16, Bf16>(tensors, tensors, settings, false, data);
  }
  at::Tensor out = at::empty({}, at::TensorOptions(tensors[0].device()).dtype(at::kFloat));
  kernels::launch<kernels::TotalNorm>(
      tensors[0].device(), 1,
      {.from = {static_cast<const double*>(partials.const_data_ptr()), static_cast<u32>(partials.numel())},
       .norm = static_cast<float*>(out.mutable_data_ptr())});
  return out;
}

void sgd(const Tensors& weights, const Tensors& gradients, const Tensors& momenta, const SgdOptions& o,
         const std::optional<at::Tensor>& lr, const std::optional<at::Tensor>& found) {
  kernels::SgdSettings settings = settingsOf(o);
  settings.lrAt = lr ? static_cast<const float*>(lr->const_data_ptr()) : nullptr;
  const auto* const stop = found ? static_cast<const float*>(found->const_data_ptr()) : nullptr;
  if (weights[0].scalar_type() == at::kFloat)
    return sgdAs<float>(weights, gradients, momenta, settings, stop);
  sgdAs<Bf16>(weights, gradients, momenta, settings, stop);
}

}  // namespace sam::device
