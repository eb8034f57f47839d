#pragma once
#include <cstdint>

namespace sam::data {

// Shapes10: an image-classification problem made from a seed, for where no data set is at hand.
//
// 32x32 RGB images [3, 32, 32] in ten classes: five shapes (disc, square, triangle, cross, ring), each plain
// or striped. What a class does not tell, and a model must learn to ignore: position, size, rotation,
// colours, a background that is plain, shaded or patterned itself, small clutter behind and in front, and
// noise. Integer arithmetic only, so the same seed gives the same bytes on every machine.
inline constexpr int kShapes10Classes = 10;
inline constexpr int kShapes10Pixels = 3 * 32 * 32;

// Images first .. first + count - 1 of a split (0 train, 1 test), each a function of (seed, split, its index)
// alone; image i has label i % 10. `images` holds count * kShapes10Pixels bytes.
void shapes10(uint64_t seed, uint32_t split, int64_t first, int64_t count, uint8_t* images);

}  // namespace sam::data
