#pragma once
#include <cstdint>

namespace sam {

struct PairSums {
  double sum = 0;
  double sizes = 0;
};

// What a linear layer does number by number around its products on the way back, in fp32; all matrices lie
// row by row.
struct LinearLoops {
  // to = from where gate is not <= 0 (as threshold_backward has it: the gradient of a NaN passes), else 0.
  void (*mask)(const float* from, const float* gate, float* to, int64_t count);
  // sum = the sum of the rows, of `columns` columns of a matrix whose rows are `stride` apart, in groups, so
  // that the error grows with the rows of a group and with the groups, not with all rows.
  void (*addRows)(const float* from, int64_t rows, int64_t stride, float* sum, int64_t columns);
  // The sum of the products of two lists of numbers, and that of their absolute values, in doubles.
  PairSums (*pairSums)(const float* a, const float* b, int64_t count);
  // The sum of the squares of some thousands of numbers: in floats, four sums a lane, where those can hold
  // it.
  double (*rowSquares)(const float* x, int64_t count);
};
LinearLoops linearLoopsPortable();
LinearLoops linearLoopsAvx2();
LinearLoops linearLoopsAvx512();

// Those for this processor
const LinearLoops& linearLoops();

}  // namespace sam
