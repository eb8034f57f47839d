#pragma once
#include <c10/core/impl/LocalDispatchKeySet.h>

namespace sam {

// As long as it lives, this thread's operators compute in the types they are given: autocast would take what
// was made wide on purpose back to half precision.
struct WithoutAutocast {
  c10::impl::ExcludeDispatchKeyGuard guard{c10::autocast_dispatch_keyset};
};

}  // namespace sam
