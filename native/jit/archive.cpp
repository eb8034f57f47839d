// Files of Python's torch.save: an archive of records, the tensors in it made by LibTorch's own unpickler.
// What the unpickler reads was written by lib/io/pickle, which has looked at every byte of the file's pickle
// before.
#include <ATen/ops/empty.h>
#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/serialization/storage_context.h>
#include <torch/csrc/jit/serialization/unpickler.h>

#include <algorithm>
#include <cstring>

#include "core/operators.h"

namespace sam {
namespace {

using caffe2::serialize::PyTorchStreamReader;
using caffe2::serialize::PyTorchStreamWriter;

struct Archive {
  std::unique_ptr<PyTorchStreamReader> reader;  // null once it is closed
};

Archive& archiveOf(const Napi::Value& value) {
  if (!value.IsExternal()) badArgument("[load] expected an archive");
  Archive& archive = *value.As<Napi::External<Archive>>().Data();
  if (archive.reader == nullptr)
    throw Failure("E_STATE", "[load] expected an open archive, got a closed one");
  return archive;
}

// What LibTorch finds wrong with a file is wrong with the file.
[[noreturn]] void throwAsData() {
  const Failure failure = currentFailure("load");
  if (std::strcmp(failure.code(), "E_TORCH") != 0) throw failure;
  throw Failure("E_DATA", failure.what(), "the file is truncated, damaged or of another format");
}

// archiveOpen(path) -> archive
Napi::Value archiveOpen(const Napi::CallbackInfo& info) {
  try {
    auto owned = std::make_unique<Archive>();
    owned->reader = std::make_unique<PyTorchStreamReader>(textOf(info[0]));
    auto out = Napi::External<Archive>::New(info.Env(), owned.get(),
                                            [](Napi::BasicEnv, Archive* archive) { delete archive; });
    owned.release();
    return out;
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throwAsData();
  }
}

// archiveClose(archive)
Napi::Value archiveClose(const Napi::CallbackInfo& info) {
  archiveOf(info[0]).reader = nullptr;
  return info.Env().Undefined();
}

// archiveRecordSize(archive, name) -> bytes, or -1 where there is no such record
Napi::Value archiveRecordSize(const Napi::CallbackInfo& info) {
  auto& reader = *archiveOf(info[0]).reader;
  const std::string name = textOf(info[1]);
  try {
    return Napi::Number::New(info.Env(),
                             reader.hasRecord(name) ? static_cast<double>(reader.getRecordSize(name)) : -1.0);
  } catch (...) {
    throwAsData();
  }
}

// archiveRecord(archive, name) -> its bytes
Napi::Value archiveRecord(const Napi::CallbackInfo& info) {
  auto& reader = *archiveOf(info[0]).reader;
  try {
    const auto [data, size] = reader.getRecord(textOf(info[1]));
    return Napi::Buffer<char>::Copy(info.Env(), static_cast<const char*>(data.get()), size);
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throwAsData();
  }
}

// The memory of `tensor`, which lives as long as it does.
at::DataPtr memoryOf(at::Tensor tensor) {
  auto* const owner = new at::Tensor(std::move(tensor));
  return {owner->mutable_data_ptr(), owner, [](void* held) { delete static_cast<at::Tensor*>(held); },
          owner->device()};
}

// A record as memory on `device`.
at::DataPtr readStorage(PyTorchStreamReader& reader, const std::string& name, c10::Device device) {
  auto [data, size] = reader.getRecord(name);
  if (device.is_cpu()) return std::move(data);
  const auto bytes = at::TensorOptions(at::kByte);
  at::Tensor there = at::empty({static_cast<int64_t>(size)}, bytes.device(device));
  at::Tensor here = at::empty({0}, bytes);
  here.set_(at::Storage(at::Storage::use_byte_size_t(), size, std::move(data), nullptr, false));
  there.copy_(here);
  return memoryOf(std::move(there));
}

// archiveTensors(archive, pickle, deviceType, deviceIndex) -> handles. The pickle is a list of tensors and
// nothing else; those of one storage share it.
Napi::Value archiveTensors(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  auto& reader = *archiveOf(info[0]).reader;
  const auto pickle = info[1].As<Napi::Uint8Array>();
  const c10::Device device(static_cast<c10::DeviceType>(info[2].As<Napi::Number>().Int32Value()),
                           static_cast<c10::DeviceIndex>(info[3].As<Napi::Number>().Int32Value()));
  std::vector<at::Tensor> tensors;
  try {
    size_t at = 0;
    const auto readPickle = [&](char* into, size_t n) {
      const size_t some = std::min<size_t>(n, pickle.ByteLength() - at);
      std::memcpy(into, pickle.Data() + at, some);
      at += some;
      return some;
    };
    torch::jit::Unpickler unpickler(
        readPickle, nullptr, nullptr,
        [&](const std::string& key) { return readStorage(reader, "data/" + key, device); }, std::nullopt,
        /*use_storage_device=*/true, torch::jit::Unpickler::defaultTypeParser,
        std::make_shared<torch::jit::DeserializationStorageContext>());
    const c10::IValue list = unpickler.parse_ivalue();
    for (const c10::IValue& item : list.toListRef()) tensors.push_back(item.toTensor());
  } catch (...) {
    throwAsData();
  }
  auto out = Napi::Array::New(env, tensors.size());
  for (uint32_t i = 0; i < tensors.size(); ++i) out[i] = handles(env).box(env, tensors[i]);
  return out;
}

// storageBytes(tensor) -> the size of what it is a view of
Napi::Value storageBytes(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = handles(info.Env()).tensor(info[0], "save");
  if (!tensor.has_storage()) badArgument("[save] expected a dense tensor, got " + describe(tensor));
  return Napi::Number::New(info.Env(), static_cast<double>(tensor.storage().nbytes()));
}

// A tensor's whole storage, on the CPU.
at::Tensor wholeStorage(const at::Tensor& tensor) {
  at::Tensor bytes = at::empty({0}, at::TensorOptions(at::kByte).device(tensor.device()));
  bytes.set_(tensor.storage());
  return bytes.cpu();
}

// Gives memory to `write`: at once where it is short, as a copy, else in pieces that share one buffer, since
// JavaScript has none that is as long as a storage may be.
void writePieces(const Napi::Function& write, const char* data, size_t size, size_t pieceBytes) {
  const auto env = write.Env();
  if (size <= pieceBytes) {
    write.Call({Napi::Buffer<char>::Copy(env, data, size)});
    return;
  }
  auto room = Napi::ArrayBuffer::New(env, pieceBytes);
  for (size_t at = 0; at < size; at += pieceBytes) {
    const Napi::HandleScope scope(env);
    const size_t some = std::min(pieceBytes, size - at);
    std::memcpy(room.Data(), data + at, some);
    write.Call({Napi::Uint8Array::New(env, some, room, 0)});
  }
}

// archiveWrite(records, write, pieceBytes): an archive of [name, bytes | handle of a tensor whose storage is
// meant], given to `write` in pieces of at most so many bytes; a piece is good until the next.
Napi::Value archiveWrite(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  const auto records = info[0].As<Napi::Array>();
  const auto write = info[1].As<Napi::Function>();
  const auto pieceBytes = static_cast<size_t>(std::max<int64_t>(info[2].As<Napi::Number>().Int64Value(), 1));
  std::exception_ptr problem;  // not through LibTorch's frames: it calls from destructors too
  const auto sink = [&](const void* data, size_t size) -> size_t {
    if (problem != nullptr) return size;
    try {
      writePieces(write, static_cast<const char*>(data), size, pieceBytes);
    } catch (...) {
      problem = std::current_exception();
    }
    return size;
  };
  try {
    PyTorchStreamWriter writer(sink);
    writer.setMinVersion(3);  // what Python's torch.save writes
    for (uint32_t i = 0; i < records.Length() && problem == nullptr; ++i) {
      const auto record = records.Get(i).As<Napi::Array>();
      const std::string name = textOf(record[0u]);
      const Napi::Value content = record[1u];
      if (content.IsNumber()) {
        const at::Tensor bytes = wholeStorage(handles(env).tensor(content, "save"));
        writer.writeRecord(name, bytes.const_data_ptr(), static_cast<size_t>(bytes.numel()));
      } else {
        const auto bytes = content.As<Napi::Uint8Array>();
        writer.writeRecord(name, bytes.Data(), bytes.ByteLength());
      }
    }
    writer.writeEndOfFile();
  } catch (...) {
    if (problem == nullptr) throw currentFailure("save");
  }
  if (problem != nullptr) std::rethrow_exception(problem);
  return env.Undefined();
}

}  // namespace

void initJitArchive(Napi::Env, Napi::Object exports) {
  define<archiveOpen>(exports, "archiveOpen");
  define<archiveClose>(exports, "archiveClose");
  define<archiveRecordSize>(exports, "archiveRecordSize");
  define<archiveRecord>(exports, "archiveRecord");
  define<archiveTensors>(exports, "archiveTensors");
  define<archiveWrite>(exports, "archiveWrite");
  define<storageBytes>(exports, "storageBytes");
}

}  // namespace sam
