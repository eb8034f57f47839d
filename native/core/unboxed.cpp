// Direct calls for the signatures that most operators have. Boxing costs 70 ns of a small operator's 400.
#include <tuple>
#include <utility>

#include "operators.h"
#include "plan.h"

namespace sam {
namespace {

using at::Scalar;
using at::Tensor;

template <typename A>
A read(const Plan& plan, size_t at, Reader& reader, Handles& handles) {
  const Plan::Argument& argument = plan.args[at];
  if (reader.done() || reader.peek() == Tag::Default) {
    if (!reader.done()) reader.tag();
    if (argument.fallback == nullptr) missing(plan, argument);
    if constexpr (std::is_same_v<A, Scalar>) {
      return argument.fallback->toScalar();
    } else {
      return argument.fallback->toTensor();
    }
  }
  try {
    if constexpr (std::is_same_v<A, Scalar>) {
      return decodeScalar(reader, handles);
    } else {
      return decodeTensor(reader, handles);
    }
  } catch (const Failure& failure) {
    throw blamed(failure, argument);
  }
}

// `New`: Tensor (const A&...). The arguments are copies: an operator may run JavaScript that frees what it
// was given.
template <typename... A>
struct New {
  using Handle = c10::TypedOperatorHandle<Tensor(const A&...)>;
  static constexpr bool inPlace = false;
  template <size_t... I>
  static Tensor run(const Plan& plan, Reader& reader, Handles& handles, std::index_sequence<I...>) {
    const std::tuple<A...> args{read<A>(plan, I, reader, handles)...};
    return static_cast<const Handle*>(plan.typed.get())->call(std::get<I>(args)...);
  }
  static Tensor call(const Plan& plan, Reader& reader, Handles& handles) {
    return run(plan, reader, handles, std::index_sequence_for<A...>());
  }
};

// `InPlace`: Tensor& (Tensor&, const A&...).
template <typename... A>
struct InPlace {
  using Handle = c10::TypedOperatorHandle<Tensor&(Tensor&, const A&...)>;
  static constexpr bool inPlace = true;
  template <size_t... I>
  static Tensor run(const Plan& plan, Reader& reader, Handles& handles, std::index_sequence<I...>) {
    std::tuple<Tensor, A...> args{read<Tensor>(plan, 0, reader, handles),
                                  read<A>(plan, I + 1, reader, handles)...};
    static_cast<const Handle*>(plan.typed.get())->call(std::get<0>(args), std::get<I + 1>(args)...);
    return {};
  }
  static Tensor call(const Plan& plan, Reader& reader, Handles& handles) {
    return run(plan, reader, handles, std::index_sequence_for<A...>());
  }
};

// "TTS" for (Tensor, Tensor, Scalar); '?' stands for every other type.
std::string letters(const Plan& plan) {
  std::string out;
  for (const auto& argument : plan.args) {
    const auto kind = argument.type->kind();
    out += kind == c10::TypeKind::TensorType ? 'T' : kind == c10::TypeKind::NumberType ? 'S' : '?';
  }
  return out;
}

template <typename Form, typename Function>
bool use(Plan& plan) {
  try {
    plan.typed = std::make_shared<typename Form::Handle>(plan.op.typed<Function>());
    plan.unboxed = &Form::call;
    return true;
  } catch (const c10::Error&) {
    return false;  // the kernel has another C++ signature: it stays boxed
  }
}

template <typename... A>
void make(Plan& plan) {
  use<New<A...>, Tensor(const A&...)>(plan);
}
template <typename... A>
void makeInPlace(Plan& plan) {
  use<InPlace<A...>, Tensor&(Tensor&, const A&...)>(plan);
}

struct Row {
  const char* letters;
  bool inPlace;
  void (*make)(Plan&);
};

using T = Tensor;
using S = Scalar;
constexpr Row kRows[] = {
    {"T", false, &make<T>},
    {"TT", false, &make<T, T>},
    {"TTT", false, &make<T, T, T>},
    {"TS", false, &make<T, S>},
    {"ST", false, &make<S, T>},
    {"TSS", false, &make<T, S, S>},
    {"TTS", false, &make<T, T, S>},
    {"TTTS", false, &make<T, T, T, S>},
    {"TTTSS", false, &make<T, T, T, S, S>},
    {"T", true, &makeInPlace<>},
    {"TT", true, &makeInPlace<T>},
    {"TTT", true, &makeInPlace<T, T>},
    {"TS", true, &makeInPlace<S>},
    {"TSS", true, &makeInPlace<S, S>},
    {"TTS", true, &makeInPlace<T, S>},
    {"TTTS", true, &makeInPlace<T, T, S>},
    {"TTTSS", true, &makeInPlace<T, T, S, S>},
};

}  // namespace

void findUnboxed(Plan& plan) {
  // Other libraries' kernels may be registered without their C++ signature, and then nobody could check it.
  if (plan.op.schema().getNamespace() != "aten" || plan.returns.size() != 1) return;
  if (plan.op.schema().returns()[0].type()->kind() != c10::TypeKind::TensorType) return;
  const bool inPlace = plan.returns[0].argument == 0;
  if (plan.writes != inPlace) return;
  const std::string found = letters(plan);
  for (const Row& row : kRows) {
    if (row.inPlace == inPlace && found == row.letters) return row.make(plan);
  }
}

}  // namespace sam
