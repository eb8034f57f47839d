#pragma once
#include <ATen/core/Generator.h>

#include "napi.h"

namespace sam {

// Generators that JavaScript made, by number; they live as long as the process or until disposed.
at::Generator generatorAt(double id);

void initRandom(Napi::Env env, Napi::Object exports);

}  // namespace sam
