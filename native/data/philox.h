#pragma once
#include <array>
#include <cstdint>

#include "kernels/philox.h"

namespace sam::data {

// What a random number is for. Draws for one purpose never shift those for another.
enum class Purpose : uint32_t { shuffle = 1, geometry = 2, cutout = 3, labelNoise = 4, shapes = 5 };

// Philox as streams: four random words as a pure function of a key and a counter. Image 7,000 of epoch 12
// draws the same numbers whichever thread makes it and wherever a run was resumed, because no state is
// carried from one image to the next.
class Philox {
 public:
  using Words = std::array<uint32_t, 4>;

  explicit Philox(uint64_t seed) : seed_(seed) {}

  Words operator()(Purpose purpose, uint32_t epoch, uint64_t position) const noexcept {
    return block({static_cast<uint32_t>(position), static_cast<uint32_t>(position >> 32), epoch,
                  static_cast<uint32_t>(purpose)});
  }

  Words block(const Words& c) const noexcept {
    const auto words = kernels::philox(seed_, c[0], c[1], c[2], c[3]);
    return {words.at[0], words.at[1], words.at[2], words.at[3]};
  }

 private:
  uint64_t seed_;
};

// The GPU's kernels draw from the same streams, so the arithmetic is theirs too.
using kernels::below;
using kernels::chance;

// The words of one (purpose, epoch) in order, for code that draws many of them.
class PhiloxStream {
 public:
  PhiloxStream(uint64_t seed, Purpose purpose, uint32_t epoch, uint32_t substream = 0)
      : philox_(seed), purpose_(purpose), epoch_(epoch), position_(static_cast<uint64_t>(substream) << 32) {}

  uint32_t next() noexcept {
    if (used_ == 4) {
      words_ = philox_(purpose_, epoch_, position_++);
      used_ = 0;
    }
    return words_[used_++];
  }
  uint32_t below(uint32_t n) noexcept { return data::below(next(), n); }
  // An integer in [low, high].
  int between(int low, int high) noexcept {
    return low + static_cast<int>(below(static_cast<uint32_t>(high - low + 1)));
  }

 private:
  Philox philox_;
  Purpose purpose_;
  uint32_t epoch_;
  uint64_t position_;
  Philox::Words words_{};
  unsigned used_ = 4;
};

}  // namespace sam::data
