// Embeddings, segments and losses: rows and classes by number.
#include "guards.h"

namespace sam {
namespace {

// A row of grad for each index, which go to the rows of num_weights that the indices name.
void embeddingBackwardOf(const Given& given, const char* grad) {
  const at::Tensor flow = given.tensor(grad), index = given.tensor("indices");
  const int64_t rows = given.integer("num_weights");
  given.expect(rows >= 0, "a number of rows for 'num_weights'");
  given.expect(flow.dim() == index.dim() + 1 && flow.sizes().slice(0, index.dim()) == index.sizes(),
               std::string("the shape of 'indices' and one extent more for '") + grad + "'");
  indices(given, "indices", rows);
}

void embeddingBackward(const Given& given) { embeddingBackwardOf(given, "grad"); }

void embeddingDenseBackward(const Given& given) { embeddingBackwardOf(given, "grad_output"); }

// The bags of a list begin at offsets, the first of which is 0; the last may be where the last bag ends.
void embeddingBag(const Given& given) {
  const at::Tensor index = given.tensor("indices"), offsets = given.tensor("offsets");
  given.expect(given.tensor("weight").dim() == 2, "2 dimensions for 'weight'");
  const int64_t least = given.value("include_last_offset").toBool() ? 2 : 1;
  given.expect(index.dim() != 1 || index.numel() == 0 || offsets.numel() >= least,
               std::string(least == 1 ? "an element" : "two elements") + " at least in 'offsets'");
  if (index.dim() == 1 && offsets.dim() == 1 && offsets.numel() > 1 && holdsMemory(offsets)) {
    const int64_t n = offsets.size(0);
    given.expect(!offsets.narrow(0, 1, n - 1).lt(offsets.narrow(0, 0, n - 1)).any().item<bool>(),
                 "'offsets' that never fall");
  }
  indices(given, "indices", given.tensor("weight").size(0));
}

// Segments of data along an axis, by where they begin and the last one ends, or by their lengths, which
// LibTorch looks at unless it is told not to.
void segmentReduce(const Given& given) {
  const at::Tensor data = given.tensor("data");
  const int64_t axis = given.integer("axis") + (given.integer("axis") < 0 ? data.dim() : 0);
  const bool areOffsets = given.has("offsets");
  const char* const name = areOffsets ? "offsets" : "lengths";
  const at::Tensor segments = given.tensor(name);
  if (!segments.defined() || axis < 0 || axis >= data.dim() || segments.dim() != axis + 1) return;
  given.expect(segments.sizes().slice(0, axis) == data.sizes().slice(0, axis),
               "the extents of 'data' before the axis" + quoted(name));
  given.expect(!areOffsets || segments.size(axis) > 0, "an element at least along the axis of 'offsets'");
  if (!at::isIntegralType(segments.scalar_type(), false) || !holdsMemory(segments) || segments.numel() == 0)
    return;
  const int64_t size = data.size(axis), n = segments.size(axis);
  const bool inside = !segments.lt(0).logical_or(segments.gt(size)).any().item<bool>();
  if (areOffsets) {
    const at::Tensor falls = segments.narrow(axis, 1, n - 1).lt(segments.narrow(axis, 0, n - 1));
    given.expect(inside && !falls.any().item<bool>(),
                 "integers from 0 to " + std::to_string(size) + " that never fall" + quoted(name));
  } else {
    given.expect(inside && !segments.sum({axis}).gt(size).any().item<bool>(),
                 "integers from 0 on whose sum is " + std::to_string(size) + quoted(name));
  }
}

// Targets are classes, or the index to leave out; the sum of their weights is one number.
void nllLossBackward(const Given& given) {
  const at::Tensor self = given.tensor("self"), target = given.tensor("target"),
                   weight = given.tensor("weight");
  const at::Tensor grad = given.tensor("grad_output");
  dense(given, "self", 1, 2);
  const int64_t classes = self.size(-1), rows = self.dim() == 2 ? self.size(0) : 1;
  given.expect(target.dim() <= 1 && target.numel() == rows && at::isIntegralType(target.scalar_type(), false),
               std::to_string(rows) + " integers for 'target'");
  given.expect(grad.numel() == (given.integer("reduction") == 0 ? rows : 1) && grad.dim() <= 1,
               "a number per row, or one when they are reduced, for 'grad_output'");
  given.expect(given.tensor("total_weight").numel() == 1, "one element in 'total_weight'");
  given.expect(!weight.defined() || (weight.dim() == 1 && weight.size(0) == classes),
               std::to_string(classes) + " elements for 'weight'");
  if (!holdsMemory(target) || target.numel() == 0) return;
  const at::Tensor outside = target.lt(0).logical_or(target.ge(classes));
  given.expect(!outside.logical_and(target.ne(given.integer("ignore_index"))).any().item<bool>(),
               "integers from 0 to " + std::to_string(classes - 1) + " for 'target'");
}

// Divides by beta, which is 0 as an integer when it is less than 1.
void smoothL1(const Given& given) {
  const bool integral = at::isIntegralType(given.tensor("self").scalar_type(), true);
  given.expect(!integral || given.value("beta").toScalar().toDouble() >= 1,
               "floating point tensors for 'self'");
}

}  // namespace

const std::vector<GuardRow> kEmbedding = {
    // Write where indices and targets say.
    {"embedding_backward", nullptr, &embeddingBackward},
    {"embedding_sparse_backward", nullptr, &embeddingBackward},
    {"embedding_dense_backward", nullptr, &embeddingDenseBackward},
    {"embedding_bag", nullptr, &embeddingBag},
    {"_embedding_bag", nullptr, &embeddingBag},
    {"_embedding_bag_forward_only", nullptr, &embeddingBag},
    {"segment_reduce", nullptr, &segmentReduce},
    {"nll_loss_backward", nullptr, &nllLossBackward},
    // Divides integers with the processor's instruction.
    {"smooth_l1_loss", nullptr, &smoothL1},
    {"smooth_l1_loss_backward", nullptr, &smoothL1},
};

}  // namespace sam
