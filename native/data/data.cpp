// What lib/data/ sees: datasets go in as handles and typed arrays, batches come out as handles.
#include <ATen/ops/empty.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/addon.h"
#include "core/errors.h"
#include "core/operators.h"
#include "core/zero_tensor.h"
#include "image_batch.h"
#include "producers.h"
#include "sampling.h"
#include "shapes10.h"
#include "statistics.h"

namespace sam {
namespace {

using namespace data;

// The loaders of one environment, by number. Its end closes them, and so joins their threads.
struct Loaders {
  std::unordered_map<int64_t, std::shared_ptr<Loader>> open;
  int64_t next = 1;
};

Loaders& loaders(const Napi::CallbackInfo& info) { return *static_cast<Loaders*>(info.Data()); }

double number(const Napi::Value& value, const char* what) {
  if (!value.IsNumber()) badArgument(std::string("[DataLoader] expected a number as ") + what);
  return value.As<Napi::Number>().DoubleValue();
}

double field(const Napi::Object& options, const char* name) { return number(options.Get(name), name); }

int64_t integer(const Napi::Value& value, const char* what, int64_t low, int64_t high) {
  const double given = number(value, what);
  const auto out = static_cast<int64_t>(std::clamp(given, -9.0e15, 9.0e15));
  if (static_cast<double>(out) != given || out < low || out > high) {
    badArgument("[data] expected " + std::string(what) + " as an integer from " + std::to_string(low) +
                " to " + std::to_string(high) + ", got " + std::to_string(given));
  }
  return out;
}

constexpr int64_t kSafeInteger = 9007199254740991;
constexpr int64_t kMostEpochs = 4294967295;

uint64_t seedOf(const Napi::Value& value) {
  return static_cast<uint64_t>(integer(value, "seed", 0, kSafeInteger));
}

std::vector<double> numbers(const Napi::Value& value, const char* what) {
  if (!value.IsArray()) badArgument(std::string("[DataLoader] expected an array as ") + what);
  const auto array = value.As<Napi::Array>();
  std::vector<double> out;
  for (uint32_t i = 0; i < array.Length(); ++i) out.push_back(number(array[i], what));
  return out;
}

template <class Array>
Array typedArray(const Napi::Value& value, napi_typedarray_type type, const char* what) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type) {
    badArgument(std::string("[data] expected another kind of typed array as ") + what);
  }
  return value.As<Array>();
}

at::Tensor imagesOf(const Napi::CallbackInfo& info, const char* op) {
  at::Tensor images = handles(info.Env()).tensor(info[0], op);
  if (images.scalar_type() != c10::ScalarType::Byte || images.dim() != 4 || !images.device().is_cpu()) {
    badArgument(std::string("[") + op +
                "] expected images as a uint8 tensor [n, channels, height, width] on the CPU");
  }
  for (int64_t d = 1; d < 4; ++d) {
    if (images.size(d) < 1 || images.size(d) > 32768) {
      badArgument(std::string("[") + op + "] expected extents from 1 to 32768, got " +
                  std::to_string(images.size(d)));
    }
  }
  return images.contiguous();
}

Order orderOf(const Napi::Value& value, const Napi::Object& options) {
  const auto array = typedArray<Napi::Uint32Array>(value, napi_uint32_array, "order");
  const auto bounds = typedArray<Napi::Uint32Array>(options.Get("bounds"), napi_uint32_array, "bounds");
  Order order;
  order.indices.assign(array.Data(), array.Data() + array.ElementLength());
  order.bounds.assign(bounds.Data(), bounds.Data() + bounds.ElementLength());
  order.from = options.Get("from").ToString().Utf8Value();
  // Threads read the order by them, unchecked.
  if (order.bounds.empty() || order.bounds.back() > order.indices.size() ||
      !std::is_sorted(order.bounds.begin(), order.bounds.end())) {
    badArgument("[data] expected bounds of batches inside the order, one after the other");
  }
  return order;
}

// `last`: how many batches the epoch has.
Napi::Value start(const Napi::CallbackInfo& info, const Napi::Object& options, int64_t last, MakeBatch make) {
  const int64_t first = integer(options.Get("first"), "first", 0, kSafeInteger);
  const auto prefetch = static_cast<int>(integer(options.Get("prefetch"), "prefetch", 0, 4096));
  const auto threads = static_cast<int>(integer(options.Get("workers"), "workers", 1, 256));
  auto& all = loaders(info);
  all.open.emplace(all.next, std::make_shared<Loader>(std::move(make), first, last, prefetch, threads));
  return Napi::Number::New(info.Env(), static_cast<double>(all.next++));
}

// dataOpenImages(images, labels: Int32Array, order: Uint32Array, options) -> loader
Napi::Value openImages(const Napi::CallbackInfo& info) {
  at::Tensor images = imagesOf(info, "DataLoader");
  const auto labels = typedArray<Napi::Int32Array>(info[1], napi_int32_array, "labels");
  const auto options = info[3].As<Napi::Object>();
  const auto dtype = static_cast<c10::ScalarType>(integer(options.Get("dtype"), "dtype", 0, 64));
  const auto mean = numbers(options.Get("mean"), "mean"), std = numbers(options.Get("std"), "std");
  const auto channels = static_cast<size_t>(images.size(1));
  if (mean.size() != channels || std.size() != channels) {
    badArgument("[DataLoader] expected mean and std with " + std::to_string(channels) +
                " numbers, one per channel, got " + std::to_string(mean.size()) + " and " +
                std::to_string(std.size()));
  }
  if (static_cast<int64_t>(labels.ElementLength()) != images.size(0)) {
    badArgument("[DataLoader] expected " + std::to_string(images.size(0)) + " labels, one per image, got " +
                std::to_string(labels.ElementLength()));
  }
  ImageSource source{
      .images = std::move(images),
      .labels = std::vector<int64_t>(labels.Data(), labels.Data() + labels.ElementLength()),
      .table = ValueTable(elementOf(dtype, "DataLoader"), mean, std),
      .dtype = dtype,
      .spec = {.padding = static_cast<int>(integer(options.Get("padding"), "padding", 0, 32768)),
               .flip = field(options, "flip"),
               .cutout = static_cast<int>(integer(options.Get("cutout"), "cutout", 0, 32768)),
               .cutoutProbability = field(options, "cutoutProbability")},
      .seed = seedOf(options.Get("seed")),
      .epoch = static_cast<uint32_t>(integer(options.Get("epoch"), "epoch", 0, kMostEpochs)),
      .layout = options.Get("channelsLast").ToBoolean() ? Layout::nhwc : Layout::nchw};
  const bool pinned = options.Get("pinned").ToBoolean();
  Order order = orderOf(info[2], options);
  const int64_t batches = order.batches();
  return start(info, options, batches, imageBatches(std::move(source), std::move(order), pinned));
}

// dataOpenRows(columns, order: Uint32Array, options) -> loader
Napi::Value openRows(const Napi::CallbackInfo& info) {
  auto columns = handles(info.Env()).list(info[0], "DataLoader");
  const auto options = info[2].As<Napi::Object>();
  for (at::Tensor& column : columns) {
    if (!column.defined() || column.dim() < 1 || !column.device().is_cpu()) {
      badArgument("[DataLoader] expected tensors on the CPU with at least one dimension");
    }
    if (column.layout() != at::kStrided || column.is_quantized()) {
      badArgument("[DataLoader] expected dense, plain tensors, got " + describe(column),
                  "x.toDense() or x.dequantize()");
    }
    column = plainValues(column.detach());
  }
  const bool pinned = options.Get("pinned").ToBoolean();
  Order order = orderOf(info[1], options);
  const int64_t batches = order.batches();
  return start(info, options, batches, rowBatches(std::move(columns), std::move(order), pinned));
}

std::shared_ptr<Loader> loaderAt(const Napi::CallbackInfo& info) {
  const auto& open = loaders(info).open;
  const auto found = open.find(static_cast<int64_t>(number(info[0], "loader")));
  if (found == open.end())
    throw Failure("E_STATE", "[DataLoader] expected an open iterator, got one that was closed");
  return found->second;
}

// dataTake(loader, device type, device index) -> handles of the next batch; null: not ready yet; undefined:
// no more. For another device the copy is queued on its current stream and not waited for.
Napi::Value take(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Batch batch;
  switch (loaderAt(info)->take(batch)) {
    case Loader::Status::pending:
      return env.Null();
    case Loader::Status::end:
      return env.Undefined();
    case Loader::Status::ready:
      break;
  }
  const c10::Device device(static_cast<c10::DeviceType>(integer(info[1], "device", 0, 255)),
                           static_cast<c10::DeviceIndex>(integer(info[2], "device index", -1, 127)));
  auto out = Napi::Array::New(env, batch.size());
  for (size_t i = 0; i < batch.size(); ++i) {
    at::Tensor tensor = std::move(batch[i]);
    if (!device.is_cpu()) tensor = tensor.to(device, /*non_blocking=*/true);
    out.Set(static_cast<uint32_t>(i), handles(env).box(env, std::move(tensor)));
  }
  return out;
}

// Blocks on a thread of libuv's pool, never the event loop.
class Waiter final : public Napi::AsyncWorker {
 public:
  Waiter(Napi::Env env, std::shared_ptr<Loader> loader)
      : Napi::AsyncWorker(env, "sam-torch:DataLoader"),
        deferred_(Napi::Promise::Deferred::New(env)),
        loader_(std::move(loader)) {}
  Napi::Promise promise() const { return deferred_.Promise(); }
  void Execute() override { loader_->wait(); }
  void OnOK() override { deferred_.Resolve(Env().Undefined()); }
  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  Napi::Promise::Deferred deferred_;
  std::shared_ptr<Loader> loader_;
};

// dataWait(loader) -> a promise that resolves when dataTake() has something else to say than null
Napi::Value wait(const Napi::CallbackInfo& info) {
  auto* waiter = new Waiter(info.Env(), loaderAt(info));  // deletes itself when done
  const Napi::Promise promise = waiter->promise();
  waiter->Queue();
  return promise;
}

// dataClose(loader): joins its threads and frees its batches; a second call does nothing.
Napi::Value close(const Napi::CallbackInfo& info) {
  auto& open = loaders(info).open;
  const auto found = open.find(static_cast<int64_t>(number(info[0], "loader")));
  if (found != open.end()) {
    const auto loader = std::move(found->second);
    open.erase(found);
    loader->close();  // a Waiter may hold it a little longer
  }
  return info.Env().Undefined();
}

// dataOpenLoaders() -> how many are open, for tests of who closes them
Napi::Value openLoaders(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(loaders(info).open.size()));
}

// dataPermutation(n, seed, epoch) -> Uint32Array
Napi::Value permute(const Napi::CallbackInfo& info) {
  const auto n = static_cast<uint32_t>(integer(info[0], "length", 0, 4294967295));
  const auto order =
      permutation(n, seedOf(info[1]), static_cast<uint32_t>(integer(info[2], "epoch", 0, kMostEpochs)));
  auto out = Napi::Uint32Array::New(info.Env(), n);
  std::copy(order.begin(), order.end(), out.Data());
  return out;
}

// dataLabelNoise(labels: Int32Array, classes, fraction, seed): in place
Napi::Value labelNoise(const Napi::CallbackInfo& info) {
  auto labels = typedArray<Napi::Int32Array>(info[0], napi_int32_array, "labels");
  const auto classes = static_cast<uint32_t>(integer(info[1], "classes", 2, 2147483647));
  addLabelNoise(labels.Data(), static_cast<uint32_t>(labels.ElementLength()), classes,
                number(info[2], "fraction"), seedOf(info[3]));
  return info.Env().Undefined();
}

// dataStatistics(images) -> [mean per channel ..., std per channel ...], of values in [0, 1]
Napi::Value statistics(const Napi::CallbackInfo& info) {
  const at::Tensor images = imagesOf(info, "ImageDataset");
  const ImageShape shape{images.size(1), images.size(2), images.size(3)};
  const auto found = channelStatistics(images.const_data_ptr<uint8_t>(), images.size(0), shape);
  auto out = Napi::Array::New(info.Env());
  uint32_t at = 0;
  for (const double value : found.mean) out.Set(at++, value);
  for (const double value : found.std) out.Set(at++, value);
  return out;
}

// dataShapes10(seed, split, count) -> handle of a uint8 tensor [count, 3, 32, 32]
Napi::Value makeShapes10(const Napi::CallbackInfo& info) {
  const auto split = static_cast<uint32_t>(integer(info[1], "split", 0, 1));
  const int64_t count = integer(info[2], "count", 1, 4294967295);
  at::Tensor images = at::empty({count, 3, 32, 32}, at::TensorOptions(c10::ScalarType::Byte));
  shapes10(seedOf(info[0]), split, 0, count, images.mutable_data_ptr<uint8_t>());
  return handles(info.Env()).box(info.Env(), std::move(images));
}

}  // namespace

void initData(Napi::Env env, Napi::Object exports) {
  auto* state = new Loaders();
  napi_add_env_cleanup_hook(
      env, [](void* data) { delete static_cast<Loaders*>(data); }, state);
  define<openImages>(exports, "dataOpenImages", state);
  define<openRows>(exports, "dataOpenRows", state);
  define<take>(exports, "dataTake", state);
  define<wait>(exports, "dataWait", state);
  define<close>(exports, "dataClose", state);
  define<openLoaders>(exports, "dataOpenLoaders", state);
  define<permute>(exports, "dataPermutation");
  define<labelNoise>(exports, "dataLabelNoise");
  define<statistics>(exports, "dataStatistics");
  define<makeShapes10>(exports, "dataShapes10");
}

}  // namespace sam
