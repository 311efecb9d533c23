/// Arguments as the command line says them.
#pragma once
#include <string>
#include <vector>

#include "runtime/device/buffer.h"
#include "tools/weft_run/program.h"

namespace weft_run {

/// A row-major array for each argument of the program; `inputs` as --input takes them. Throws
/// std::runtime_error that names the argument and says what was got and expected.
std::vector<torch::runtime::BufferRef> make_inputs(const Program& program,
                                                   const std::vector<std::string>& inputs);
}  // namespace weft_run
