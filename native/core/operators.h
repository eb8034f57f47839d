#pragma once
#include <string>
#include <vector>

#include "addon.h"
#include "aten.h"
#include "plan.h"

namespace sam {

// Calls an operator: its arguments on the stack, then its results.
void run(const Plan& plan, torch::jit::Stack& stack);

// Text like "float32 [128, 3, 32, 32] cpu", for error messages.
std::string describe(const at::Tensor& tensor);

// One argument from the wire as the IValue that `type` asks for. `listSize` is N of `int[N]`, or 0.
c10::IValue decode(Reader& reader, Handles& handles, const c10::Type& type, int listSize);
// The same for what ATen's own operators do not take: dictionaries, tuples, lists of lists, values of any
// type.
c10::IValue decodeContainer(Reader& reader, Handles& handles, const c10::Type& type);
// The error for a value that is not `expected`.
[[noreturn]] void mismatch(const char* expected, Tag tag);
at::Tensor decodeTensor(Reader& reader, Handles& handles);
at::Scalar decodeScalar(Reader& reader, Handles& handles);

// The same error with the argument's name; an error for one that was left out.
Failure blamed(const Failure& failure, const Plan::Argument& argument);
[[noreturn]] void missing(const Plan& plan, const Plan::Argument& argument);

// Appends a result to the wire.
void encode(Wire& wire, Handles& handles, const c10::IValue& value);
// Throws for a result without a JavaScript form, before anything of it is on the wire.
void requireForm(const c10::IValue& value);

void initOperators(Napi::Env env, Napi::Object exports);
void initSchemas(Napi::Env env, Napi::Object exports);

}  // namespace sam
