/// weft-opt's command line: MLIR's options in readable groups, LLVM's hundreds out of the way.
#pragma once
#include "mlir/IR/DialectRegistry.h"

struct Files {
  std::string input, output;
};
/// Registers MLIR's options and parses; ends the process after --help or on a wrong option.
Files parse_options(int argc, char** argv, mlir::DialectRegistry& registry);
