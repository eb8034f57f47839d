#pragma once
#include <cstdint>
#include <vector>

namespace sam::data {

// The samples 0 .. n - 1 in the order of one epoch (Fisher-Yates).
std::vector<uint32_t> permutation(uint32_t n, uint64_t seed, uint32_t epoch);

// Symmetric label noise: exactly round(fraction * n) labels, picked at random, become another class each,
// uniformly.
void addLabelNoise(int32_t* labels, uint32_t n, uint32_t classes, double fraction, uint64_t seed);

}  // namespace sam::data
