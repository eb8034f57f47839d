// Weights of F(4x4, 3x3). No include guard: see simd/isa.h.
namespace sam::SAM_ISA::winograd4 {

constexpr int kTaps = 9;

// Transformed weights, and sums of their gradient: [positions][out / 16][in][16].
SAM_INLINE int64_t weightsApart(int64_t in, int64_t out) { return in * out + kApart; }

SAM_KERNEL int64_t weightBytes(int64_t in, int64_t out) {
  return kPositions<Four, Four> * weightsApart(in, out) * static_cast<int64_t>(sizeof(float));
}
template <typename Rows, typename Columns>
SAM_KERNEL int64_t sumNumbers(int64_t in, int64_t out) {
  return kPositions<Rows, Columns> * weightsApart(in, out);
}

// G w G' to position i at to + i apart
SAM_INLINE void transformTaps(const F w[kTaps], float* to, int64_t apart) {
  constexpr int kPatch = Four::kPatch;
  F t[kPatch][3];
#pragma GCC unroll 3
  for (int s = 0; s < 3; ++s) {
    const F column[3] = {w[s], w[3 + s], w[6 + s]};
    F u[kPatch];
    Four::taps(column, u);
#pragma GCC unroll 6
    for (int r = 0; r < kPatch; ++r) t[r][s] = u[r];
  }
#pragma GCC unroll 6
  for (int r = 0; r < kPatch; ++r) {
    F u[kPatch];
    Four::taps(t[r], u);
#pragma GCC unroll 6
    for (int s = 0; s < kPatch; ++s, to += apart) store(to, u[s]);
  }
}

SAM_INLINE F loadTap(const WeightView& weight, int64_t place) {
  return weight.data != nullptr ? load(weight.data + place) : load(weight.rounded + place);
}
SAM_INLINE int64_t tapPlace(const WeightView& weight, int tap) {
  return tap / 3 * weight.rowStride + tap % 3 * weight.columnStride;
}

// Reduction over inputs, columns are the outputs 16 begin to 16 end: taps of a block of 16 by 16 are turned
// in a buffer.
SAM_KERNEL void transformWeights(const WeightView& weight, int64_t in, int64_t out, void* transformed,
                                 int64_t begin, int64_t end) {
  float turned[kTaps][kChunk][kChunk];
  for (int64_t k = begin * kChunk; k < end * kChunk; k += kChunk) {
    float* columns = static_cast<float*>(transformed) + k * in;
    for (int64_t c = 0; c < in; c += kChunk, columns += kChunk * kChunk) {
      for (int64_t column = 0; column < kChunk; ++column) {
        const int64_t from = (k + column) * weight.outStride + c;
        for (int tap = 0; tap < kTaps; ++tap) {
          float row[kChunk];
          for (int n = 0; n < kVectors; ++n)
            store(row + n * kLanes, loadTap(weight, from + tapPlace(weight, tap) + n * kLanes));
#pragma GCC unroll 16
          for (int64_t l = 0; l < kChunk; ++l) turned[tap][l][column] = row[l];
        }
      }
      for (int64_t l = 0; l < kChunk; ++l) {
        for (int n = 0; n < kVectors; ++n) {
          F w[kTaps];
          for (int tap = 0; tap < kTaps; ++tap) w[tap] = load(turned[tap][l] + n * kLanes);
          transformTaps(w, columns + l * kChunk + n * kLanes, weightsApart(in, out));
        }
      }
    }
  }
}

// The gradient of the input: reduction over outputs, columns are the inputs 16 begin to 16 end, taps turned
// round.
SAM_KERNEL void transformTurned(const WeightView& weight, int64_t in, int64_t out, void* transformed,
                                int64_t begin, int64_t end) {
  for (int64_t c = begin * kChunk; c < end * kChunk; c += kChunk) {
    float* columns = static_cast<float*>(transformed) + c * out;
    for (int64_t k = 0; k < out; ++k, columns += kChunk) {
      for (int n = 0; n < kVectors; ++n) {
        F w[kTaps];
        for (int tap = 0; tap < kTaps; ++tap)
          w[kTaps - 1 - tap] = loadTap(weight, k * weight.outStride + c + n * kLanes + tapPlace(weight, tap));
        transformTaps(w, columns + n * kLanes, weightsApart(in, out));
      }
    }
  }
}

// G' u G of `count` sums, `size` numbers apart. A block of 16 outputs by 16 inputs is turned in a buffer;
// inputs 16 begin to 16 end.
template <typename Rows, typename Columns>
SAM_KERNEL void finishWeights(const float* sums, int64_t count, int64_t size, int64_t in, int64_t out,
                              const WeightGradient& to, int64_t begin, int64_t end) {
  constexpr int H = Rows::kPatch, W = Columns::kPatch;
  const int64_t apart = weightsApart(in, out);
  float taps[kTaps][kChunk][kChunk];
  for (int64_t k = 0; k < out; k += kChunk) {
    for (int64_t block = begin * kChunk; block < end * kChunk; block += kChunk) {
      for (int64_t c = 0; c < kChunk; ++c) {
        for (int n = 0; n < kVectors; ++n) {
          const float* from = sums + k * in + (block + c) * kChunk + n * kLanes;
          F t[3][W];
#pragma GCC unroll 6
          for (int s = 0; s < W; ++s) {
            F u[H], w[3];
#pragma GCC unroll 6
            for (int r = 0; r < H; ++r) {
              const float* at = from + (W * r + s) * apart;
              u[r] = load(at);
              for (int64_t set = 1; set < count; ++set) u[r] += load(at + set * size);
            }
            Rows::tapsGradient(u, w);
            for (int r = 0; r < 3; ++r) t[r][s] = w[r];
          }
          for (int r = 0; r < 3; ++r) {
            F w[3];
            Columns::tapsGradient(t[r], w);
            for (int s = 0; s < 3; ++s) store(taps[3 * r + s][c] + n * kLanes, w[s]);
          }
        }
      }
      for (int64_t l = 0; l < kChunk; ++l) {
        float* row = to.data + (k + l) * to.outStride + block * to.inStride;
        for (int tap = 0; tap < kTaps; ++tap) {
          float* at = row + tap / 3 * to.rowStride + tap % 3 * to.columnStride;
#pragma GCC unroll 16
          for (int64_t c = 0; c < kChunk; ++c) at[c * to.inStride] = taps[tap][c][l];
        }
      }
    }
  }
}

}  // namespace sam::SAM_ISA::winograd4
