/// What a device or its memory refuses is an error at the user's line.
#pragma once
#include <stdexcept>

#include "frontend/record/scope.h"
#include "frontend/tensor/error.h"
#include "runtime/device/buffer.h"

namespace torch {
namespace record {

template <class F> auto at_line(Location where, F f) {
  try {
    return f();
  } catch (const c10::Error&) {
    throw;  // a late error, which has its own line
  } catch (const runtime::OutOfMemory& e) {
    throw c10::OutOfMemoryError(e.what(), located(where));
  } catch (const std::runtime_error& e) {
    throw c10::Error(e.what(), located(where));
  }
}
}  // namespace record
}  // namespace torch
