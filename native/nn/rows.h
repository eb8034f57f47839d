#pragma once
#include <ATen/Parallel.h>

#include <optional>

#include "core/aten.h"

namespace sam {

// A tensor [N, C, ...] whose memory is rows of channels: channels-last images, and matrices.
struct Rows {
  int64_t rows;
  int64_t channels;
  at::MemoryFormat format;
};

// nothing when the memory lies otherwise
inline std::optional<Rows> asRows(const at::Tensor& x) {
  if (x.layout() != at::kStrided || x.dim() < 2 || x.numel() == 0) return std::nullopt;
  at::MemoryFormat format = at::MemoryFormat::Contiguous;
  if (x.dim() == 4) format = at::MemoryFormat::ChannelsLast;
  if (x.dim() == 5) format = at::MemoryFormat::ChannelsLast3d;
  if (x.dim() == 3 || x.dim() > 5 || !x.is_contiguous(format)) return std::nullopt;
  return Rows{x.numel() / x.size(1), x.size(1), format};
}

// Splits [0, rows) into a part per thread, or fewer when there is little to do, and calls f(part, begin, end)
// in parallel.
class Parts {
 public:
  Parts(int64_t rows, int64_t rowSize) : rows_(rows) {
    constexpr int64_t kGrain = 32768;
    count_ =
        std::clamp<int64_t>(rows * rowSize / kGrain, 1, at::in_parallel_region() ? 1 : at::get_num_threads());
    count_ = std::min(count_, rows);
  }
  int64_t count() const { return count_; }
  template <typename F>
  void run(const F& f) const {
    const int64_t each = (rows_ + count_ - 1) / count_;
    at::parallel_for(0, count_, 1, [&](int64_t first, int64_t last) {
      for (int64_t part = first; part < last; ++part)
        f(part, std::min(rows_, part * each), std::min(rows_, (part + 1) * each));
    });
  }

 private:
  int64_t rows_;
  int64_t count_;
};

}  // namespace sam
