#include "grams.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstdint>

#include "core/plain_tensor.h"
#include "gemm.h"

namespace sam {
namespace {

// A block of columns of x x^T, as wide as the kernel's, from the diagonal down.
struct GramBlock {
  const at::Tensor* x;  // [rows, depth]
  at::Tensor out;       // [rows, rows]
  int64_t column;
  int64_t products() const { return (x->size(0) - column) * x->size(1); }
};

// What is beyond the diagonal is the mirror image.
void fillGram(const GramBlock& block, int64_t wide) {
  const int64_t rows = block.x->size(0), depth = block.x->size(1), column = block.column;
  const int64_t width = std::min(wide, rows - column);
  const float* const x = block.x->const_data_ptr<float>() + column * depth;
  auto* const to = block.out.mutable_data_ptr<float>();
  gemm({rows - column, width, depth, {x, depth, 1}, {x, 1, depth}, to + column * rows + column, rows});
  for (int64_t r = column + width; r < rows; ++r) {
    for (int64_t c = column; c < column + width; ++c) to[c * rows + r] = to[r * rows + c];
  }
}

// Threads take whole blocks, the largest first: who took a part of one would copy all of its columns.
struct Share {
  int64_t products = 0;
  std::vector<const GramBlock*> blocks;
};

std::vector<Share> shareOut(std::vector<GramBlock>& blocks, size_t count) {
  std::stable_sort(blocks.begin(), blocks.end(),
                   [](const GramBlock& a, const GramBlock& b) { return a.products() > b.products(); });
  std::vector<Share> shares(count);
  for (const GramBlock& block : blocks) {
    Share& least = *std::min_element(shares.begin(), shares.end(),
                                     [](const Share& a, const Share& b) { return a.products < b.products; });
    least.products += block.products();
    least.blocks.push_back(&block);
  }
  return shares;
}

}  // namespace

std::vector<at::Tensor> grams(const std::vector<at::Tensor>& matrices) {
  constexpr int64_t kFewestProducts = int64_t{1} << 21;  // less is done before another thread is awake
  const int64_t wide = gemmPanel();
  std::vector<at::Tensor> out;
  std::vector<GramBlock> blocks;
  int64_t products = 0;
  for (const at::Tensor& x : matrices) {
    const int64_t rows = x.size(0);
    out.push_back(emptyCpu({rows, rows}, at::kFloat));
    products += rows * x.numel();
    for (int64_t column = 0; column < rows; column += wide) blocks.push_back({&x, out.back(), column});
  }
  const auto count = products < kFewestProducts ? size_t{1} : static_cast<size_t>(at::get_num_threads());
  const std::vector<Share> shares = shareOut(blocks, count);
  at::parallel_for(0, static_cast<int64_t>(count), 1, [&](int64_t first, int64_t last) {
    for (int64_t i = first; i < last; ++i) {
      for (const GramBlock* block : shares[static_cast<size_t>(i)].blocks) fillGram(*block, wide);
    }
  });
  return out;
}

}  // namespace sam
