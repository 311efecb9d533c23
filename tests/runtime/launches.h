/// What tests of launch lists launch.
#pragma once
#include <algorithm>
#include <memory>

#include "runtime/executable/launch_list.h"

namespace torch {
namespace runtime {

/// buffers: x, y; params: numbers a task, number of all. y = x + 1.
inline void add_one(void* const* buffers, const int64_t* params, int64_t begin, int64_t end,
                    void*) {
  auto* x = static_cast<const float*>(buffers[0]);
  auto* y = static_cast<float*>(buffers[1]);
  for (int64_t i = begin * params[0]; i < std::min(end * params[0], params[1]); ++i)
    y[i] = x[i] + 1;
}
inline std::shared_ptr<const Kernel> kernel(const char* name, KernelCode code) {
  auto made = std::make_shared<Kernel>();
  made->name = name;
  made->kind = "map";
  made->code = code;
  made->source = "test.cpp:1";
  return made;
}
inline op::Type floats(int64_t n) { return op::Type(op::DType::Float, op::Dims{n}); }
}  // namespace runtime
}  // namespace torch
