// Streams and events of an accelerator, through LibTorch's generic interface: nothing here links to CUDA. A
// stream travels as two numbers, its id and its device's index.
#include <ATen/Context.h>
#include <c10/core/Event.h>
#include <c10/core/Stream.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <memory>
#include <string>

#include "addon.h"
#include "aten.h"
#include "device.h"

namespace sam {
namespace {

c10::DeviceType accelerator(const char* what) {
  const auto found = presentAccelerator();
  if (!found) {
    throw Failure("E_DEVICE",
                  std::string("[") + what + "] expected an accelerator such as a CUDA device, got none",
                  "torch.cuda.isAvailable() tells whether there is one");
  }
  at::globalContext().lazyInitDevice(*found);
  return *found;
}

c10::Stream streamOf(const Napi::Value& id, const Napi::Value& index, const char* what) {
  const c10::Device device(accelerator(what), deviceIndexOf(index, what));
  return c10::Stream(c10::Stream::UNSAFE, device, id.As<Napi::Number>().Int64Value());
}

Napi::Value describeStream(Napi::Env env, const c10::Stream& stream) {
  auto out = Napi::Array::New(env, 2);
  out[0u] = Napi::Number::New(env, static_cast<double>(stream.id()));
  out[1u] = Napi::Number::New(env, stream.device_index());
  return out;
}

// newStream(device index, high priority) -> [id, device index]: one of the device's pool
Napi::Value newStream(const Napi::CallbackInfo& info) {
  const auto type = accelerator("cuda.Stream");
  const c10::impl::VirtualGuardImpl guard(type);
  return describeStream(
      info.Env(), guard.getStreamFromGlobalPool(c10::Device(type, deviceIndexOf(info[0], "cuda.Stream")),
                                                info[1].ToBoolean()));
}

Napi::Value currentStream(const Napi::CallbackInfo& info) {
  const auto type = accelerator("cuda.currentStream");
  return describeStream(info.Env(), c10::impl::VirtualGuardImpl(type).getStream(
                                        c10::Device(type, deviceIndexOf(info[0], "cuda.currentStream"))));
}

Napi::Value defaultStream(const Napi::CallbackInfo& info) {
  const auto type = accelerator("cuda.defaultStream");
  return describeStream(info.Env(), c10::impl::VirtualGuardImpl(type).getDefaultStream(
                                        c10::Device(type, deviceIndexOf(info[0], "cuda.defaultStream"))));
}

// exchangeStream(id, index) -> the stream that was current on that device
Napi::Value exchangeStream(const Napi::CallbackInfo& info) {
  const auto stream = streamOf(info[0], info[1], "cuda.stream");
  return describeStream(info.Env(), c10::impl::VirtualGuardImpl(stream.device_type()).exchangeStream(stream));
}

// queryStream(id, index): whether everything on it has run
Napi::Value queryStream(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), streamOf(info[0], info[1], "cuda.Stream").query());
}

Napi::Value synchronizeStream(const Napi::CallbackInfo& info) {
  streamOf(info[0], info[1], "cuda.Stream").synchronize();
  return info.Env().Undefined();
}

Napi::Value currentDevice(const Napi::CallbackInfo& info) {
  accelerator("cuda.currentDevice");
  return Napi::Number::New(info.Env(), at::accelerator::getDeviceIndex());
}

Napi::Value setDevice(const Napi::CallbackInfo& info) {
  accelerator("cuda.setDevice");
  at::accelerator::setDeviceIndex(deviceIndexOf(info[0], "cuda.setDevice"));
  return info.Env().Undefined();
}

std::shared_ptr<c10::Event> eventOf(const Napi::Value& id) {
  auto found = addon(id.Env()).events.find(id.As<Napi::Number>().DoubleValue());
  if (!found) throw Failure("E_DISPOSED", "[cuda.Event] expected a live event, got one that was disposed");
  return found;
}

// newEvent(timing) -> id
Napi::Value newEvent(const Napi::CallbackInfo& info) {
  const auto flag = info[0].ToBoolean() ? c10::EventFlag::BACKEND_DEFAULT : c10::EventFlag::PYTORCH_DEFAULT;
  auto made = std::make_shared<c10::Event>(accelerator("cuda.Event"), flag);
  return Napi::Number::New(info.Env(), addon(info.Env()).events.add(std::move(made)));
}

Napi::Value disposeEvent(const Napi::CallbackInfo& info) {
  addon(info.Env()).events.remove(info[0].As<Napi::Number>().DoubleValue());
  return info.Env().Undefined();
}

// recordEvent(event, stream id, index)
Napi::Value recordEvent(const Napi::CallbackInfo& info) {
  eventOf(info[0])->record(streamOf(info[1], info[2], "cuda.Event"));
  return info.Env().Undefined();
}

// blockEvent(event, stream id, index): what is launched on the stream from now on waits for the event
Napi::Value blockEvent(const Napi::CallbackInfo& info) {
  eventOf(info[0])->block(streamOf(info[1], info[2], "cuda.Event"));
  return info.Env().Undefined();
}

Napi::Value queryEvent(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), eventOf(info[0])->query());
}

Napi::Value synchronizeEvent(const Napi::CallbackInfo& info) {
  eventOf(info[0])->synchronize();
  return info.Env().Undefined();
}

// elapsedTime(from, to) in milliseconds
Napi::Value elapsedTime(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), eventOf(info[0])->elapsedTime(*eventOf(info[1])));
}

}  // namespace

void initStreams(Napi::Env, Napi::Object exports) {
  define<newStream>(exports, "newStream");
  define<currentStream>(exports, "currentStream");
  define<defaultStream>(exports, "defaultStream");
  define<exchangeStream>(exports, "exchangeStream");
  define<queryStream>(exports, "queryStream");
  define<synchronizeStream>(exports, "synchronizeStream");
  define<currentDevice>(exports, "currentDevice");
  define<setDevice>(exports, "setDevice");
  define<newEvent>(exports, "newEvent");
  define<disposeEvent>(exports, "disposeEvent");
  define<recordEvent>(exports, "recordEvent");
  define<blockEvent>(exports, "blockEvent");
  define<queryEvent>(exports, "queryEvent");
  define<synchronizeEvent>(exports, "synchronizeEvent");
  define<elapsedTime>(exports, "elapsedTime");
}

}  // namespace sam
