#pragma once
#include <cstdint>
#include <vector>

#include "augment.h"

namespace sam::data {

// Per channel, over all pixels of all images and scaled to [0, 1]: what the reference normalises with.
struct ChannelStatistics {
  std::vector<double> mean;
  std::vector<double> std;  // unbiased, as torch.std has it
};

// Sums are exact integers, so the result does not depend on the order of the images.
ChannelStatistics channelStatistics(const uint8_t* images, int64_t count, const ImageShape& shape);

}  // namespace sam::data
