// Tapes, as JavaScript makes and plays them (lib/tape.ts).
#include "addon.h"
#include "operators.h"
#include "tape.h"

namespace sam {
namespace {

std::shared_ptr<Tape> tapeAt(const Napi::Value& id) {
  auto found = id.IsNumber() ? addon(id.Env()).tapes.find(id.As<Napi::Number>().DoubleValue()) : nullptr;
  if (!found) throw Failure("E_DISPOSED", "[capture] expected a recorded step, got one that was freed");
  return found;
}

// tapeBegin(inputs) -> id
Napi::Value tapeBegin(const Napi::CallbackInfo& info) {
  if (Tape::recording() != nullptr)
    throw Failure("E_STATE", "[capture] expected no step that is being recorded");
  auto tape = std::make_shared<Tape>(handles(info.Env()).list(info[0], "capture"));
  tape->begin();
  return Napi::Number::New(info.Env(), addon(info.Env()).tapes.add(std::move(tape)));
}

// tapeEnd(id, result | 0) -> null, or why it cannot be played
Napi::Value tapeEnd(const Napi::CallbackInfo& info) {
  const auto tape = tapeAt(info[0]);
  if (!tape->isOpen()) throw Failure("E_STATE", "[capture] expected a step that is being recorded");
  tape->end();
  if (!info[1].IsNumber() || info[1].As<Napi::Number>().DoubleValue() == 0) return info.Env().Null();
  const std::string refused = tape->close(handles(info.Env()).tensor(info[1], "capture"));
  if (refused.empty()) return info.Env().Null();
  return Napi::String::New(info.Env(), refused);
}

// tapeRollBack(tensor, saved), while a tape records
Napi::Value tapeRollBack(const Napi::CallbackInfo& info) {
  if (Tape* const tape = Tape::recording())
    tape->addRollBack(handles(info.Env()).tensor(info[0], "capture"),
                      handles(info.Env()).tensor(info[1], "capture"));
  return info.Env().Undefined();
}

// tapeRefuse(what): what a tape that records, if one does, cannot hold
Napi::Value tapeRefuse(const Napi::CallbackInfo& info) {
  if (Tape* const tape = Tape::recording()) tape->refuse(info[0].ToString().Utf8Value());
  return info.Env().Undefined();
}

// tapeNumberCount() -> how many numbers the tape that records, if one does, has brought to the host
Napi::Value tapeNumberCount(const Napi::CallbackInfo& info) {
  const Tape* const tape = Tape::recording();
  return Napi::Number::New(info.Env(), tape == nullptr ? 0 : static_cast<double>(tape->numberCount()));
}

// tapeHasChanged(id) -> whether its last play ended with something that was another when it was recorded
Napi::Value tapeHasChanged(const Napi::CallbackInfo& info) {
  const auto found = addon(info.Env()).tapes.find(info[0].As<Napi::Number>().DoubleValue());
  return Napi::Boolean::New(info.Env(), found != nullptr && found->hasChanged());
}

// tapeTurn(id, name, Float64Array): what the host reads anew in each play
Napi::Value tapeTurn(const Napi::CallbackInfo& info) {
  if (!info[2].IsTypedArray()) badArgument("[capture] expected numbers");
  const auto numbers = info[2].As<Napi::Float64Array>();
  tapeAt(info[0])->turn(info[1].ToString().Utf8Value(),
                        {numbers.Data(), numbers.Data() + numbers.ElementLength()});
  return info.Env().Undefined();
}

// tapePlay(id, inputs) -> result; 0 where a tensor that it reads is not what it was, -1 where the inputs or
// the thread's modes are others: then nothing has happened. Onto the wire: 0, or where it has stopped 1 and
// as many as it had read by then, and the numbers that it leaves.
Napi::Value tapePlay(const Napi::CallbackInfo& info) {
  const auto tape = tapeAt(info[0]);
  // The last step's gradient may still be factors over one of them; what writes to it settles it in the play.
  const auto inputs = handles(info.Env()).listToRead(info[1], "capture");
  const Tape::Fit fit = tape->fits(inputs);
  if (fit != Tape::Fit::kYes) return Napi::Number::New(info.Env(), fit == Tape::Fit::kStale ? 0 : -1);
  auto& self = addon(info.Env());
  at::Tensor result = tape->play(inputs);
  self.wire.begin();
  self.wire.push(tape->hasStopped() ? static_cast<double>(1 + tape->numbersRead()) : 0);
  for (const double number : tape->numbers()) self.wire.push(number);
  return self.handles.boxNew(info.Env(), std::move(result));
}

Napi::Value tapeDispose(const Napi::CallbackInfo& info) {
  if (info[0].IsNumber()) addon(info.Env()).tapes.remove(info[0].As<Napi::Number>().DoubleValue());
  return info.Env().Undefined();
}

}  // namespace

void initTape(Napi::Env, Napi::Object exports) {
  define<tapeBegin>(exports, "tapeBegin");
  define<tapeEnd>(exports, "tapeEnd");
  define<tapeRollBack>(exports, "tapeRollBack");
  define<tapeTurn>(exports, "tapeTurn");
  define<tapePlay>(exports, "tapePlay");
  define<tapeRefuse>(exports, "tapeRefuse");
  define<tapeNumberCount>(exports, "tapeNumberCount");
  define<tapeHasChanged>(exports, "tapeHasChanged");
  define<tapeDispose>(exports, "tapeDispose");
}

}  // namespace sam
