#include "param_list.h"

#include "core/addon.h"
#include "core/tape.h"
#include "core/zero_tensor.h"

namespace sam {
namespace {

// newParamList(handles) -> id
Napi::Value newParamList(const Napi::CallbackInfo& info) {
  auto list = std::make_shared<ParamList>();
  list->params = handles(info.Env()).list(info[0], "paramGroup");
  for (const auto& param : list->params) {
    if (!param.defined()) badArgument("[paramGroup] expected tensors, got null");
  }
  return Napi::Number::New(info.Env(), addon(info.Env()).paramLists.add(std::move(list)));
}

Napi::Value disposeParamList(const Napi::CallbackInfo& info) {
  if (info[0].IsNumber()) addon(info.Env()).paramLists.remove(info[0].As<Napi::Number>().DoubleValue());
  return info.Env().Undefined();
}

void zeroGrad(const ParamList& list, bool setToNone) {
  for (const auto& param : list.params) {
    if (setToNone) {
      dropGradient(param);
      param.mutable_grad() = at::Tensor();
      continue;
    }
    at::Tensor& grad = gradientOf(param);
    if (!grad.defined()) continue;
    grad = grad.detach();
    grad.zero_();
  }
}

// zeroGrad(id, setToNone)
Napi::Value zeroGrad(const Napi::CallbackInfo& info) {
  const bool setToNone = info[1].ToBoolean();
  const auto list = paramList(info[0], "zeroGrad");
  zeroGrad(*list, setToNone);
  if (Tape* const tape = Tape::recording())
    tape->add([list, setToNone](const Tape::Tensors&, Tape::Tensors&) { zeroGrad(*list, setToNone); });
  return info.Env().Undefined();
}

}  // namespace

std::shared_ptr<ParamList> paramList(const Napi::Value& id, const char* op) {
  if (!id.IsNumber()) badArgument(std::string("[") + op + "] expected a parameter group");
  auto found = addon(id.Env()).paramLists.find(id.As<Napi::Number>().DoubleValue());
  if (!found) throw Failure("E_DISPOSED", std::string("[") + op + "] expected a live parameter group");
  return found;
}

void initParamList(Napi::Env, Napi::Object exports) {
  define<newParamList>(exports, "newParamList");
  define<disposeParamList>(exports, "disposeParamList");
  define<zeroGrad>(exports, "zeroGrad");
}

}  // namespace sam
