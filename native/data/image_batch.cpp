#include "image_batch.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <string>
#include <variant>

#include "augment.h"
#include "core/addon.h"
#include "kernels/launch.h"

namespace sam {
namespace {

using kernels::i64;

constexpr const char* kImageBatch = "imageBatch";

[[noreturn]] void refuse(const std::string& expected) {
  badArgument(std::string("[") + kImageBatch + "] expected " + expected);
}

void check(const ImageBatchRequest& r) {
  const auto device = r.images.device();
  if (!device.is_cpu() && !device.is_cuda()) refuse("images on the CPU or on a CUDA device");
  if (r.images.dim() != 4 || r.images.scalar_type() != at::kByte || !r.images.is_contiguous())
    refuse("images as a contiguous uint8 tensor [n, channels, height, width]");
  for (int64_t d = 1; d < 4; ++d) {
    if (r.images.size(d) < 1 || r.images.size(d) > 32768) refuse("extents of images from 1 to 32768");
  }
  if (r.images.numel() / std::max<int64_t>(r.images.size(0), 1) >= int64_t{1} << 31)
    refuse("images of fewer than 2^31 values");
  for (const at::Tensor& integers : {r.labels, r.order, r.counters}) {
    if (integers.scalar_type() != at::kLong || !integers.is_contiguous() || integers.device() != device)
      refuse("labels, order and counters as contiguous int64 tensors on the images' device");
  }
  if (r.labels.numel() != r.images.size(0) || r.counters.numel() != 2)
    refuse("one label per image and two counters, got " + std::to_string(r.labels.numel()) + " labels for " +
           std::to_string(r.images.size(0)) + " images and " + std::to_string(r.counters.numel()) +
           " counters");
  if (!at::isFloatingType(r.table.scalar_type()) || !r.table.is_contiguous() || r.table.device() != device ||
      r.table.numel() != r.images.size(1) * 256)
    refuse("table as a contiguous floating-point tensor [channels, 256] on the images' device");
  if (r.count < 0 || r.count > r.order.numel())
    refuse("a batch of 0 to " + std::to_string(r.order.numel()) + " images, got " + std::to_string(r.count));
  if (r.padding < 0 || r.padding > 32768 || r.cutout < 0 || r.cutout > 32768)
    refuse("padding and cutout from 0 to 32768");
  const auto isChance = [](double p) { return p >= 0 && p <= 1; };
  if (!isChance(r.flip) || !isChance(r.cutoutProbability)) refuse("chances from 0 to 1");
  if (!device.is_cpu()) return;
  // A GPU cannot be asked without waiting for it; there such images are black.
  const auto* counters = r.counters.const_data_ptr<int64_t>();
  const auto* order = r.order.const_data_ptr<int64_t>();
  if (counters[1] < 0 || counters[1] > r.order.numel() - r.count)
    refuse("a batch inside the order's " + std::to_string(r.order.numel()) + " images, got " +
           std::to_string(r.count) + " from " + std::to_string(counters[1]));
  for (int64_t i = counters[1]; i < counters[1] + r.count; ++i) {
    if (order[i] < 0 || order[i] >= r.images.size(0))
      refuse("image numbers below " + std::to_string(r.images.size(0)) + ", got " + std::to_string(order[i]));
  }
}

const i64* integers(const at::Tensor& tensor) {
  return reinterpret_cast<const i64*>(tensor.const_data_ptr<int64_t>());
}

template <class Word>
void fill(const ImageBatchRequest& r, const kernels::ImageBatchArguments& arguments) {
  kernels::launch<kernels::ImageBatchKernel<Word>>(r.images.device(), r.count, arguments);
}

// dataImageBatch(images, labels, order, counters, table, count, padding, flip, cutout, cutoutProbability,
// seed, channelsLast) -> [images, labels]
Napi::Value dataImageBatch(const Napi::CallbackInfo& info) {
  const auto tensor = [&](size_t at) { return handles(info.Env()).tensor(info[at], kImageBatch); };
  const auto number = [&](size_t at) { return info[at].As<Napi::Number>().DoubleValue(); };
  ImageBatchRequest request;
  request.images = tensor(0);
  request.labels = tensor(1);
  request.order = tensor(2);
  request.counters = tensor(3);
  request.table = tensor(4);
  request.count = static_cast<int64_t>(number(5));
  request.padding = static_cast<int64_t>(number(6));
  request.flip = number(7);
  request.cutout = static_cast<int64_t>(number(8));
  request.cutoutProbability = number(9);
  request.seed = static_cast<uint64_t>(number(10));
  request.channelsLast = info[11].ToBoolean();
  try {
    auto [images, classes] = imageBatch(request);
    auto out = Napi::Array::New(info.Env(), 2);
    out[0u] = handles(info.Env()).box(info.Env(), std::move(images));
    out[1u] = handles(info.Env()).box(info.Env(), std::move(classes));
    return out;
  } catch (...) {
    throw currentFailure(kImageBatch);
  }
}

// dataValueTable(mean, std, dtype) -> [channels, 256]: the table that the loader uses
Napi::Value dataValueTable(const Napi::CallbackInfo& info) {
  const auto numbers = [&](size_t at) {
    const auto array = info[at].As<Napi::Float64Array>();
    return std::vector<double>(array.Data(), array.Data() + array.ElementLength());
  };
  const auto dtype = static_cast<c10::ScalarType>(info[2].As<Napi::Number>().Int32Value());
  const std::vector<double> mean = numbers(0);
  const data::ValueTable table(elementOf(dtype, "valueTable"), mean, numbers(1));
  at::Tensor out = at::empty({static_cast<int64_t>(mean.size()), 256}, at::TensorOptions(dtype));
  std::visit(
      [&]<class Word>(const std::vector<Word>& words) {
        std::copy(words.begin(), words.end(), static_cast<Word*>(out.mutable_data_ptr()));
      },
      table.words());
  return handles(info.Env()).box(info.Env(), std::move(out));
}

}  // namespace

data::Element elementOf(at::ScalarType dtype, const char* op) {
  switch (dtype) {
    case at::kHalf:
      return data::Element::float16;
    case at::kBFloat16:
      return data::Element::bfloat16;
    case at::kFloat:
      return data::Element::float32;
    case at::kDouble:
      return data::Element::float64;
    default:
      badArgument(std::string("[") + op + "] expected dtype float32, bfloat16, float16 or float64");
  }
}

std::tuple<at::Tensor, at::Tensor> imageBatch(const ImageBatchRequest& r) {
  check(r);
  const auto format = r.channelsLast ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
  at::Tensor out = at::empty({r.count, r.images.size(1), r.images.size(2), r.images.size(3)},
                             r.table.options().memory_format(format));
  at::Tensor classes = at::empty({r.count}, r.labels.options());
  kernels::AugmentSettings settings;
  settings.channels = static_cast<int>(r.images.size(1));
  settings.height = static_cast<int>(r.images.size(2));
  settings.width = static_cast<int>(r.images.size(3));
  settings.padding = static_cast<int>(r.padding);
  settings.flip = r.flip;
  settings.cutout = static_cast<int>(r.cutout);
  settings.cutoutProbability = r.cutoutProbability;
  settings.seed = r.seed;
  settings.channelsLast = r.channelsLast;
  const kernels::ImageBatchArguments arguments{
      .images = r.images.const_data_ptr<uint8_t>(),
      .labels = integers(r.labels),
      .order = integers(r.order),
      .counters = integers(r.counters),
      .table = r.table.const_data_ptr(),
      .out = out.mutable_data_ptr(),
      .classes = reinterpret_cast<i64*>(classes.mutable_data_ptr<int64_t>()),
      .imageCount = r.images.size(0),
      .orderLength = r.order.numel(),
      .settings = settings,
  };
  switch (r.table.element_size()) {
    case 2:
      fill<kernels::u16>(r, arguments);
      break;
    case 4:
      fill<kernels::u32>(r, arguments);
      break;
    default:
      fill<kernels::u64>(r, arguments);
  }
  return {std::move(out), std::move(classes)};
}

void initImageBatch(Napi::Env, Napi::Object exports) {
  define<dataImageBatch>(exports, "dataImageBatch");
  define<dataValueTable>(exports, "dataValueTable");
}

}  // namespace sam
