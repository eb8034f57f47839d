// Winograd's transforms of one row or column. No include guard: see simd/isa.h.
namespace sam::SAM_ISA::winograd4 {

// A tile's row is a polynomial's values at 0, a, -a, b, -b and infinity. These points are exact in fp32, as
// are the numbers made of them for patches and results, and lose half as much to rounding as 1 and 2 do.
constexpr float kA = 0.625f, kA2 = kA * kA, kA3 = kA2 * kA;
constexpr float kB = 1.5f, kB2 = kB * kB, kB3 = kB2 * kB;
constexpr float kTapsA = static_cast<float>(0.5 / (0.390625 * (0.390625 - 2.25)));
constexpr float kTapsB = static_cast<float>(0.5 / (2.25 * (2.25 - 0.390625)));
constexpr float kTaps0 = static_cast<float>(1 / (0.390625 * 2.25));

// F(4, 3). What is even and what is odd in a point is computed once for the point and its negative.
struct Four {
  static constexpr int kSide = 4;   // of a tile of the output
  static constexpr int kPatch = 6;  // of the patch of the input it comes from

  // B' d
  static SAM_INLINE void patch(const F d[6], F v[6]) {
    const F evenA = d[4] - kB2 * d[2], oddA = d[3] - kB2 * d[1];
    const F evenB = d[4] - kA2 * d[2], oddB = d[3] - kA2 * d[1];
    v[0] = (d[4] - (kA2 + kB2) * d[2]) + (kA2 * kB2) * d[0];
    v[1] = evenA + kA * oddA;
    v[2] = evenA - kA * oddA;
    v[3] = evenB + kB * oddB;
    v[4] = evenB - kB * oddB;
    v[5] = (d[5] - (kA2 + kB2) * d[3]) + (kA2 * kB2) * d[1];
  }

  // A' m
  static SAM_INLINE void result(const F m[6], F y[4]) {
    const F evenA = m[1] + m[2], oddA = m[1] - m[2], evenB = m[3] + m[4], oddB = m[3] - m[4];
    y[0] = m[0] + evenA + evenB;
    y[1] = kA * oddA + kB * oddB;
    y[2] = kA2 * evenA + kB2 * evenB;
    y[3] = (m[5] + kA3 * oddA) + kB3 * oddB;
  }

  // A g: what a tile of the gradient means for the products
  static SAM_INLINE void gradient(const F g[4], F z[6]) {
    const F evenA = g[0] + kA2 * g[2], oddA = g[1] + kA2 * g[3];
    const F evenB = g[0] + kB2 * g[2], oddB = g[1] + kB2 * g[3];
    z[0] = g[0];
    z[1] = evenA + kA * oddA;
    z[2] = evenA - kA * oddA;
    z[3] = evenB + kB * oddB;
    z[4] = evenB - kB * oddB;
    z[5] = g[3];
  }

  // G w
  static SAM_INLINE void taps(const F w[3], F u[6]) {
    const F evenA = kTapsA * w[0] + (kTapsA * kA2) * w[2], oddA = (kTapsA * kA) * w[1];
    const F evenB = kTapsB * w[0] + (kTapsB * kB2) * w[2], oddB = (kTapsB * kB) * w[1];
    u[0] = kTaps0 * w[0];
    u[1] = evenA + oddA;
    u[2] = evenA - oddA;
    u[3] = evenB + oddB;
    u[4] = evenB - oddB;
    u[5] = w[2];
  }

  // G' u
  static SAM_INLINE void tapsGradient(const F u[6], F w[3]) {
    const F evenA = u[1] + u[2], oddA = u[1] - u[2], evenB = u[3] + u[4], oddB = u[3] - u[4];
    w[0] = kTaps0 * u[0] + kTapsA * evenA + kTapsB * evenB;
    w[1] = (kTapsA * kA) * oddA + (kTapsB * kB) * oddB;
    w[2] = u[5] + (kTapsA * kA2) * evenA + (kTapsB * kB2) * evenB;
  }
};

// F(2, 3): the points are 0, 1, -1 and infinity. For the weights' gradient only.
struct Two {
  static constexpr int kSide = 2;
  static constexpr int kPatch = 4;

  static SAM_INLINE void patch(const F d[4], F v[4]) {
    v[0] = d[0] - d[2];
    v[1] = d[1] + d[2];
    v[2] = d[2] - d[1];
    v[3] = d[1] - d[3];
  }

  static SAM_INLINE void gradient(const F g[2], F z[4]) {
    z[0] = g[0];
    z[1] = g[0] + g[1];
    z[2] = g[0] - g[1];
    z[3] = -g[1];
  }

  static SAM_INLINE void tapsGradient(const F u[4], F w[3]) {
    const F even = 0.5f * (u[1] + u[2]);
    w[0] = u[0] + even;
    w[1] = 0.5f * (u[1] - u[2]);
    w[2] = even + u[3];
  }
};

}  // namespace sam::SAM_ISA::winograd4
