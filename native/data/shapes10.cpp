#include "shapes10.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "philox.h"

namespace sam::data {
namespace {

constexpr int kSide = 32;
constexpr int kUnit = 64;      // lengths are in 1/64 pixel
constexpr int kRadius = 1024;  // and inside a shape, in 1/1024 of its radius

using Colour = std::array<int, 3>;

// round(16384 * sin(i * 90 / 16 degrees)); a full turn has 64 steps.
constexpr std::array<int, 17> kQuarterSine = {0,     1606,  3196,  4756,  6270,  7723,  9102,  10394, 11585,
                                              12665, 13623, 14449, 15137, 15679, 16069, 16305, 16384};

int sine(int step) {
  step &= 63;
  if (step >= 32) return -sine(step - 32);
  return kQuarterSine[static_cast<size_t>(step <= 16 ? step : 32 - step)];
}
int cosine(int step) { return sine(step + 16); }

// Alternating bands of a pattern: a direction, a period (1/64 pixel) and a phase.
struct Stripes {
  int cos, sin, period, phase;
  bool odd(int x, int y) const {
    const int along = ((x * cos + y * sin) >> 14) + phase;
    const int within = ((along % period) + period) % period;
    return 2 * within >= period;
  }
};

enum class Outline { disc, square, triangle, cross, ring };

// (u, v) relative to the centre, kRadius being the distance of the furthest point or close to it.
bool inside(Outline outline, int u, int v) {
  const int square = u * u + v * v, full = kRadius * kRadius;
  switch (outline) {
    case Outline::disc:
      return square < full * 81 / 100;
    case Outline::ring:
      return square < full && square > full * 25 / 100;
    case Outline::square:
      return std::max(std::abs(u), std::abs(v)) < kRadius * 80 / 100;
    case Outline::triangle:  // equilateral: below its two slanted sides (slope sqrt 3), above its base
      return v > -kRadius / 2 && 1774 * std::abs(u) + 1024 * v < 1024 * kRadius;
    case Outline::cross:
      return std::min(std::abs(u), std::abs(v)) < kRadius * 30 / 100 &&
             std::max(std::abs(u), std::abs(v)) < kRadius;
  }
  return false;
}

class Painter {
 public:
  Painter(uint64_t seed, uint32_t split, int64_t index)
      : random_(seed, Purpose::shapes, split, static_cast<uint32_t>(index)) {}

  void paint(int label, uint8_t* out) {
    background();
    const int behind = random_.between(1, 3);
    for (int i = 0; i < behind; ++i) clutter();
    subject(static_cast<Outline>(label % 5), label >= 5);
    const int before = random_.between(0, 2);
    for (int i = 0; i < before; ++i) clutter();
    finish(out);
  }

 private:
  Colour colour() { return {random_.between(24, 231), random_.between(24, 231), random_.between(24, 231)}; }

  static int distance(const Colour& a, const Colour& b) {
    return std::abs(a[0] - b[0]) + std::abs(a[1] - b[1]) + std::abs(a[2] - b[2]);
  }

  // A colour that can be told from both others; the last try stands if none of eight can.
  Colour colourUnlike(const Colour& a, const Colour& b, int atLeast) {
    Colour made = colour();
    for (int i = 0; i < 8 && std::min(distance(made, a), distance(made, b)) < atLeast; ++i) made = colour();
    return made;
  }

  Stripes stripes(int shortest, int longest) {
    const int step = random_.between(0, 63);
    return {cosine(step), sine(step), random_.between(shortest, longest), random_.between(0, 1023)};
  }

  void background() {
    ground_ = colour();
    for (size_t c = 0; c < 3; ++c) other_[c] = std::clamp(ground_[c] + random_.between(-56, 56), 0, 255);
    const int kind = random_.between(0, 2);
    const Stripes pattern = stripes(4 * kUnit, 10 * kUnit);
    for (int y = 0; y < kSide; ++y) {
      for (int x = 0; x < kSide; ++x) {
        const int px = x * kUnit, py = y * kUnit;
        int mix = 0;  // share of the other colour, of 256
        if (kind == 1) mix = std::clamp((((px * pattern.cos + py * pattern.sin) >> 14) + 2048) / 16, 0, 256);
        if (kind == 2) mix = pattern.odd(px, py) ? 200 : 0;
        for (size_t c = 0; c < 3; ++c) at(c, x, y) = ground_[c] + (other_[c] - ground_[c]) * mix / 256;
      }
    }
    if (kind == 0) other_ = ground_;
  }

  // Paints what `covers` says of the square around a centre, four samples a pixel, and asks `shade` for its
  // colour.
  template <class Covers, class Shade>
  void fill(int cx, int cy, int radius, Covers covers, Shade shade) {
    const int top = std::max(0, (cy - radius) / kUnit - 1),
              bottom = std::min(kSide - 1, (cy + radius) / kUnit + 1);
    const int left = std::max(0, (cx - radius) / kUnit - 1),
              right = std::min(kSide - 1, (cx + radius) / kUnit + 1);
    for (int y = top; y <= bottom; ++y) {
      for (int x = left; x <= right; ++x) {
        for (int sample = 0; sample < 4; ++sample) {
          const int dx = x * kUnit + 16 + (sample & 1) * 32 - cx,
                    dy = y * kUnit + 16 + (sample >> 1) * 32 - cy;
          if (!covers(dx, dy)) continue;
          const Colour& paint = shade(dx, dy);
          for (size_t c = 0; c < 3; ++c) layer_[c] += paint[c];
          ++covered_;
        }
        if (covered_ == 0) continue;
        for (size_t c = 0; c < 3; ++c) {
          at(c, x, y) = (at(c, x, y) * (4 - covered_) + layer_[c]) / 4;
          layer_[c] = 0;
        }
        covered_ = 0;
      }
    }
  }

  void subject(Outline outline, bool striped) {
    const int radius = random_.between(kUnit * 8, kUnit * 13);
    const int reach = radius * 9 / 10;
    const int cx = random_.between(reach, kSide * kUnit - reach),
              cy = random_.between(reach, kSide * kUnit - reach);
    const int turn = random_.between(-4, 4), cos = cosine(turn), sin = sine(turn);
    const int scale = (kRadius << 12) / radius;
    const Colour first = colourUnlike(ground_, other_, 150), second = colourUnlike(first, first, 180);
    const Stripes pattern = stripes(kUnit * 7 / 2, kUnit * 6);
    fill(
        cx, cy, radius,
        [&](int dx, int dy) {
          const int u = (dx * cos + dy * sin) >> 14, v = (dy * cos - dx * sin) >> 14;
          return inside(outline, (u * scale) >> 12, (v * scale) >> 12);
        },
        [&](int dx, int dy) -> const Colour& { return striped && pattern.odd(dx, dy) ? second : first; });
  }

  // A dot, or a short line: too small to be a subject, big enough to be in the way.
  void clutter() {
    const int cx = random_.between(0, kSide * kUnit), cy = random_.between(0, kSide * kUnit);
    const Colour paint = colour();
    const auto shade = [&](int, int) -> const Colour& { return paint; };
    const int turn = random_.between(0, 63), cos = cosine(turn), sin = sine(turn);
    if (random_.below(2) == 0) {
      const int radius = random_.between(kUnit, kUnit * 5 / 2);
      fill(
          cx, cy, radius, [&](int dx, int dy) { return dx * dx + dy * dy < radius * radius; }, shade);
    } else {
      const int length = random_.between(kUnit * 3, kUnit * 7);
      fill(
          cx, cy, length,
          [&](int dx, int dy) {
            const int along = (dx * cos + dy * sin) >> 14, across = (dy * cos - dx * sin) >> 14;
            return std::abs(along) < length && std::abs(across) < kUnit * 5 / 8;
          },
          shade);
    }
  }

  // Noise with a triangular distribution, then bytes.
  void finish(uint8_t* out) {
    const int amplitude = random_.between(4, 28);
    for (size_t i = 0; i < canvas_.size(); i += 2) {
      const uint32_t word = random_.next();
      const int first = static_cast<int>(word & 255u) - static_cast<int>((word >> 8) & 255u);
      const int second = static_cast<int>((word >> 16) & 255u) - static_cast<int>(word >> 24);
      out[i] = static_cast<uint8_t>(std::clamp(canvas_[i] + first * amplitude / 256, 0, 255));
      out[i + 1] = static_cast<uint8_t>(std::clamp(canvas_[i + 1] + second * amplitude / 256, 0, 255));
    }
  }

  int& at(size_t channel, int x, int y) {
    return canvas_[channel * kSide * kSide + static_cast<size_t>(y) * kSide + static_cast<size_t>(x)];
  }

  PhiloxStream random_;
  std::array<int, kShapes10Pixels> canvas_{};
  Colour ground_{}, other_{};
  Colour layer_{};
  int covered_ = 0;
};

}  // namespace

void shapes10(uint64_t seed, uint32_t split, int64_t first, int64_t count, uint8_t* images) {
  for (int64_t i = 0; i < count; ++i) {
    Painter(seed, split, first + i)
        .paint(static_cast<int>((first + i) % kShapes10Classes), images + i * kShapes10Pixels);
  }
}

}  // namespace sam::data
