#pragma once
#include "host_device.h"

namespace sam::kernels {

struct PhiloxWords {
  u32 at[4];
};

// Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): four random words
// as a pure function of a key and a counter.
SAM_HOST_DEVICE PhiloxWords philox(u64 seed, u32 c0, u32 c1, u32 c2, u32 c3) {
  u32 k0 = static_cast<u32>(seed), k1 = static_cast<u32>(seed >> 32);
  for (int round = 0; round < 10; ++round) {
    const u64 p0 = 0xD2511F53ull * c0;
    const u64 p1 = 0xCD9E8D57ull * c2;
    c0 = static_cast<u32>(p1 >> 32) ^ c1 ^ k0;
    c1 = static_cast<u32>(p1);
    c2 = static_cast<u32>(p0 >> 32) ^ c3 ^ k1;
    c3 = static_cast<u32>(p0);
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return {{c0, c1, c2, c3}};
}

// A word as an integer in [0, n): the high half of a product. Its bias, n / 2^32, is far below what any test
// could see.
SAM_HOST_DEVICE u32 below(u32 word, u32 n) { return static_cast<u32>((static_cast<u64>(word) * n) >> 32); }

// True with probability p, for p in [0, 1].
SAM_HOST_DEVICE bool chance(u32 word, double p) { return static_cast<double>(word) < p * 4294967296.0; }

}  // namespace sam::kernels
