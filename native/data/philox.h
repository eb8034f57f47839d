#pragma once
#include <array>
#include <cstdint>

namespace sam::data {

// What a random number is for. Draws for one purpose never shift those for another.
enum class Purpose : uint32_t { shuffle = 1, geometry = 2, cutout = 3, labelNoise = 4, shapes = 5 };

// Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): four random words
// as a pure function of a key and a counter. Image 7,000 of epoch 12 draws the same numbers whichever thread
// makes it and wherever a run was resumed, because no state is carried from one image to the next.
class Philox {
 public:
  using Words = std::array<uint32_t, 4>;

  explicit Philox(uint64_t seed)
      : key0_(static_cast<uint32_t>(seed)), key1_(static_cast<uint32_t>(seed >> 32)) {}

  Words operator()(Purpose purpose, uint32_t epoch, uint64_t position) const noexcept {
    return block({static_cast<uint32_t>(position), static_cast<uint32_t>(position >> 32), epoch,
                  static_cast<uint32_t>(purpose)});
  }

  Words block(Words c) const noexcept {
    uint32_t k0 = key0_, k1 = key1_;
    for (int round = 0; round < 10; ++round) {
      const uint64_t p0 = 0xD2511F53ull * c[0];
      const uint64_t p1 = 0xCD9E8D57ull * c[2];
      c = {static_cast<uint32_t>(p1 >> 32) ^ c[1] ^ k0, static_cast<uint32_t>(p1),
           static_cast<uint32_t>(p0 >> 32) ^ c[3] ^ k1, static_cast<uint32_t>(p0)};
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
    return c;
  }

 private:
  uint32_t key0_, key1_;
};

// A word as an integer in [0, n): the high half of a product. Its bias, n / 2^32, is far below what any test
// could see.
inline uint32_t below(uint32_t word, uint32_t n) noexcept {
  return static_cast<uint32_t>((static_cast<uint64_t>(word) * n) >> 32);
}

// True with probability p, for p in [0, 1].
inline bool chance(uint32_t word, double p) noexcept { return static_cast<double>(word) < p * 4294967296.0; }

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
