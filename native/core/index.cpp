// x[...] as Python has it: integers, slices, null, "...", booleans, masks and index tensors.
#include <ATen/TensorIndexing.h>

#include <algorithm>

#include "addon.h"
#include "aten.h"
#include "operators.h"
#include "tape.h"

namespace sam {
namespace {

using at::indexing::TensorIndex;

std::optional<c10::SymInt> bound(Reader& reader) {
  const Tag tag = reader.tag();
  if (tag == Tag::None || tag == Tag::Default) return std::nullopt;
  if (tag != Tag::Number) badArgument("[index] expected integers in slice()");
  return c10::SymInt(static_cast<int64_t>(reader.word()));
}

TensorIndex one(Reader& reader, Handles& handles) {
  switch (const Tag tag = reader.tag(); tag) {
    case Tag::None:
      return TensorIndex(at::indexing::None);
    case Tag::Ellipsis:
      return TensorIndex(at::indexing::Ellipsis);
    case Tag::Number:
      return TensorIndex(static_cast<int64_t>(reader.word()));
    case Tag::Bool:
      return TensorIndex(reader.word() != 0);
    case Tag::Tensor:
      return TensorIndex(handles.at(reader.word(), "index"));
    case Tag::Slice: {
      auto start = bound(reader);
      auto stop = bound(reader);
      auto step = bound(reader);
      if (step && step->guard_int(__FILE__, __LINE__) <= 0) {
        badArgument("[index] expected a slice step greater than zero, got " +
                    std::to_string(step->guard_int(__FILE__, __LINE__)));
      }
      return TensorIndex(at::indexing::Slice(start, stop, step));
    }
    default:
      badArgument("[index] expected an integer, slice(), null, \"...\", a boolean or a tensor");
  }
}

std::vector<TensorIndex> indices(const Napi::CallbackInfo& info, size_t wordsAt) {
  auto& self = addon(info.Env());
  Reader reader(self.wire, info[wordsAt].As<Napi::Number>().Uint32Value());
  std::vector<TensorIndex> out;
  while (!reader.done()) out.push_back(one(reader, self.handles));
  return out;
}

// index(h, words) -> handle
Napi::Value index(const Napi::CallbackInfo& info) {
  const at::Tensor tensor = handles(info.Env()).tensor(info[0], "index");
  const auto list = indices(info, 1);
  try {
    at::Tensor found = at::indexing::get_item(tensor, list);
    // Which numbers a mask or another tensor picks would have to be found out anew, and with them the shape.
    const auto isFixed = [](const TensorIndex& one) { return !one.is_tensor(); };
    Tape* const tape = Tape::recording();
    if (tape != nullptr && std::all_of(list.begin(), list.end(), isFixed)) {
      const auto play = [list](const Tape::Tensors& given, Tape::Tensors& made) {
        made[0] = at::indexing::get_item(given[0], list);
      };
      tape->add(play, {tensor}, {found});
    }
    return handles(info.Env()).box(info.Env(), std::move(found));
  } catch (...) {
    throw currentFailure("index", describe(tensor));
  }
}

// indexPut(h, value handle, words): in place
Napi::Value indexPut(const Napi::CallbackInfo& info) {
  const at::Tensor tensor = handles(info.Env()).tensor(info[0], "indexPut_");
  const at::Tensor value = handles(info.Env()).tensor(info[1], "indexPut_");
  const auto list = indices(info, 2);
  try {
    at::indexing::set_item(tensor, list, value);
  } catch (...) {
    throw currentFailure("indexPut_", describe(tensor) + ", value " + describe(value));
  }
  return info.Env().Undefined();
}

}  // namespace

void initIndex(Napi::Env, Napi::Object exports) {
  define<index>(exports, "index");
  define<indexPut>(exports, "indexPut");
}

}  // namespace sam
