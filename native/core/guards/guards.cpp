// What LibTorch's kernels take for granted of their arguments. Each row of the tables is an operator that
// ended the process (or leaked) when it was called wrongly (found by `npm run fuzz`), with what it must be
// given; everything else LibTorch checks itself.
#include "guards.h"

namespace sam {

void findGuard(Plan& plan) {
  if (plan.op.schema().getNamespace() != "aten") return;
  for (const auto* table : {&kPooling, &kNorm, &kEmbedding, &kRecurrent, &kArithmetic, &kLayout}) {
    for (const GuardRow& row : *table) {
      if (plan.name != row.name) continue;
      if (row.overload == nullptr || plan.op.schema().overload_name() == row.overload) plan.guard = row.guard;
    }
  }
}

}  // namespace sam
