#include "statistics.h"

#include <algorithm>
#include <cmath>

namespace sam::data {

ChannelStatistics channelStatistics(const uint8_t* images, int64_t count, const ImageShape& shape) {
  const auto channels = static_cast<size_t>(shape.channels);
  std::vector<uint64_t> sums(channels, 0), squares(channels, 0);
  for (int64_t i = 0; i < count; ++i) {
    for (size_t c = 0; c < channels; ++c) {
      const uint8_t* plane = images + (i * shape.channels + static_cast<int64_t>(c)) * shape.pixels();
      uint64_t sum = 0, square = 0;
      for (int64_t p = 0; p < shape.pixels(); ++p) {
        const uint32_t value = plane[p];
        sum += value;
        square += value * value;
      }
      sums[c] += sum;
      squares[c] += square;
    }
  }
  ChannelStatistics out;
  const auto n = static_cast<double>(count * shape.pixels());
  for (size_t c = 0; c < channels; ++c) {
    const double mean = static_cast<double>(sums[c]) / n;
    const double variance = (static_cast<double>(squares[c]) - n * mean * mean) / std::max(1.0, n - 1);
    out.mean.push_back(mean / 255);
    out.std.push_back(std::sqrt(std::max(0.0, variance)) / 255);
  }
  return out;
}

}  // namespace sam::data
