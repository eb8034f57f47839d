// Compiles the kernels with NVRTC, as a GPU without code of its own in the file would have it done: no GPU
// needed.
//
//   sam_torch_compile_kernels 90 100    ends with 0, with 1 when they do not compile, with 2 without NVRTC
#include <c10/util/Exception.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "cuda/run_time_compiler.h"

int main(int count, char** arguments) {
  try {
    for (int i = 1; i < count; ++i) {
      const int capability = std::atoi(arguments[i]);
      const auto bytes = sam::cuda::compileKernels(capability / 10, capability % 10).size();
      std::printf("sm_%d: %zu bytes\n", capability, bytes);
    }
  } catch (const c10::Error& error) {
    const std::string_view text = error.what_without_backtrace();
    std::fprintf(stderr, "%s\n", error.what_without_backtrace());
    return text.find("expected NVRTC to compile") != std::string_view::npos ? 2 : 1;
  }
  return 0;
}
