#pragma once
// What every native file needs of LibTorch. Operators are included one by one (<ATen/ops/add.h>):
// <ATen/ATen.h> alone costs 12 s a file.
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>
#include <c10/util/Exception.h>
