// Weights of F(2x2, 3x3). No include guard: see simd/isa.h.
namespace sam::SAM_ISA::winograd2 {

// Transformed weights are rounded to bf16; sums of their gradient are not.
SAM_KERNEL int64_t weightBytes(int64_t in, int64_t out) {
  return 16 * in * out * static_cast<int64_t>(sizeof(Bf16));
}
SAM_KERNEL int64_t sumNumbers(int64_t in, int64_t out) { return 16 * in * out; }

SAM_INLINE F loadTap(const WeightView& weight, int64_t place) {
  return weight.data != nullptr ? load(weight.data + place) : load(weight.rounded + place);
}

// G g G' for the kLanes inputs from `at`, taps turned round or not
template <bool turned>
SAM_INLINE void transformTaps(const WeightView& weight, int64_t at, F u[16]) {
  const F half = broadcast(0.5f);
  F rows[12];
  for (int s = 0; s < 3; ++s) {
    const int64_t column = at + (turned ? 2 - s : s) * weight.columnStride;
    const F g0 = loadTap(weight, column + (turned ? 2 : 0) * weight.rowStride);
    const F g1 = loadTap(weight, column + weight.rowStride);
    const F g2 = loadTap(weight, column + (turned ? 0 : 2) * weight.rowStride);
    const F ends = (g0 + g2) * half, middle = g1 * half;
    rows[s] = g0;
    rows[3 + s] = ends + middle;
    rows[6 + s] = ends - middle;
    rows[9 + s] = g2;
  }
  for (int r = 0; r < 4; ++r) {
    const F* from = rows + 3 * r;
    const F ends = (from[0] + from[2]) * half, middle = from[1] * half;
    u[4 * r] = from[0];
    u[4 * r + 1] = ends + middle;
    u[4 * r + 2] = ends - middle;
    u[4 * r + 3] = from[2];
  }
}

// Reduction over inputs, columns are outputs: to[out / panel][16][in / depth][panel][depth]. A block of
// outputs by kWide inputs is turned in a buffer, so that both sides of memory are read and written in lines.
SAM_KERNEL void transformWeights(const WeightView& weight, int64_t in, int64_t out, void* transformed,
                                 int64_t begin, int64_t end) {
  constexpr int64_t kBlock = 16, kGroup = kDepth;
  constexpr int N = kVectors;
  const int64_t panel = panelOf(out);
  Bf16 turned[16][kWide / kGroup][kBlock][kGroup];
  for (int64_t k = begin * kBlock; k < end * kBlock; k += kBlock) {
    Bf16* columns = static_cast<Bf16*>(transformed) + (k / panel) * panel * 16 * in + (k % panel) * kGroup;
    for (int64_t c = 0; c < in; c += kWide) {
      for (int64_t column = 0; column < kBlock; ++column) {
        F u[N][16];
        for (int n = 0; n < N; ++n)
          transformTaps<false>(weight, (k + column) * weight.outStride + c + n * kLanes, u[n]);
        for (int i = 0; i < 16; ++i) {
          F values[N];
          for (int n = 0; n < N; ++n) values[n] = u[n][i];
          Bf16 places[kWide];
          storeReordered(places, values);
          for (int64_t g = 0; g < kWide / kGroup; ++g)
            std::memcpy(turned[i][g][column], places + g * kGroup, kGroup * sizeof(Bf16));
        }
      }
      for (int64_t i = 0; i < 16; ++i) {
        for (int64_t g = 0; g < kWide / kGroup; ++g) {
          std::memcpy(columns + (i * in + c + g * kGroup) * panel, turned[i][g],
                      kBlock * kGroup * sizeof(Bf16));
        }
      }
    }
  }
}

// One vector for the columns c to c + kLanes of a panel, from one or two numbers along the reduction.
SAM_INLINE void storeColumns(Bf16* to, const F* along) {
  const U low = (U)fromBf16(toBf16(along[0])) >> 16, high = (U)fromBf16(toBf16(along[1]));
  _mm512_storeu_si512(to, (__m512i)(low | high));
}

// Reduction over outputs, columns are inputs: to[in / panel][16][out / depth][panel][depth].
SAM_KERNEL void transformTurned(const WeightView& weight, int64_t in, int64_t out, void* transformed,
                                int64_t begin, int64_t end) {
  constexpr int kGroup = kDepth;
  const int64_t panel = panelOf(in);
  for (int64_t k = 0; k < out; k += kGroup) {
    const int64_t pack = k / kWide * kWide;
    for (int64_t c = begin * 16; c < end * 16; c += kLanes) {
      F u[kGroup][16];
      for (int g = 0; g < kGroup; ++g) {
        transformTaps<true>(weight, (pack + channelAt(k - pack + g)) * weight.outStride + c, u[g]);
      }
      Bf16* at =
          static_cast<Bf16*>(transformed) + (c / panel) * panel * 16 * out + k * panel + (c % panel) * kGroup;
      for (int i = 0; i < 16; ++i, at += out * panel) {
        F along[kGroup];
        for (int g = 0; g < kGroup; ++g) along[g] = u[g][i];
        storeColumns(at, along);
      }
    }
  }
}

// G' u G. A block of kLanes outputs by kWide inputs is turned in a buffer, and put in the channels' own
// order.
SAM_KERNEL void finishWeights(const float* sums, int64_t count, int64_t size, int64_t in, int64_t out,
                              const WeightGradient& to, int64_t begin, int64_t end) {
  const int64_t panel = panelOf(out);
  const F half = broadcast(0.5f);
  float taps[9][kWide][kLanes];
  for (int64_t k = 0; k < out; k += kLanes) {
    const int64_t outs = k / kWide * kWide;
    for (int64_t block = begin * kWide; block < end * kWide; block += kWide) {
      for (int64_t place = 0; place < kWide; ++place) {
        const float* from = sums + (k / panel) * panel * 16 * in + (block + place) * panel + k % panel;
        F u[16];
        for (int64_t i = 0; i < 16; ++i) {
          u[i] = load(from + i * in * panel);
          for (int64_t n = 1; n < count; ++n) u[i] += load(from + i * in * panel + n * size);
        }
        F rows[12];
        for (int s = 0; s < 4; ++s) {
          const F plus = (u[4 + s] + u[8 + s]) * half, minus = (u[4 + s] - u[8 + s]) * half;
          rows[s] = u[s] + plus;
          rows[4 + s] = minus;
          rows[8 + s] = plus + u[12 + s];
        }
        const int64_t c = pairedChannelAt(place);
        for (int r = 0; r < 3; ++r) {
          const F* row = rows + 4 * r;
          const F plus = (row[1] + row[2]) * half, minus = (row[1] - row[2]) * half;
          store(taps[3 * r][c], row[0] + plus);
          store(taps[3 * r + 1][c], minus);
          store(taps[3 * r + 2][c], plus + row[3]);
        }
      }
      for (int64_t l = 0; l < kLanes; ++l) {
        float* row = to.data + (outs + pairedChannelAt(k - outs + l)) * to.outStride + block * to.inStride;
        for (int64_t tap = 0; tap < 9; ++tap) {
          float* at = row + tap / 3 * to.rowStride + tap % 3 * to.columnStride;
          for (int64_t c = 0; c < kWide; ++c) at[c * to.inStride] = taps[tap][c][l];
        }
      }
    }
  }
}

}  // namespace sam::SAM_ISA::winograd2
