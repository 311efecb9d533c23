// A phase that fails: an InternalError that names it, and a file that weft-opt replays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "codegen/compile/compile.h"
#include "codegen/compile/phases.h"
#include "ir/interface/emit.h"
#include "ir/tensor/dialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"

namespace {
using torch::codegen::InternalError;

struct Reproducer : testing::Test {
  Reproducer() {
    mlir::DialectRegistry registry;
    registry.insert<mlir::weft::WeftDialect, mlir::func::FuncDialect>();
    context.appendDialectRegistry(registry);
    module = mlir::parseSourceString<mlir::ModuleOp>(R"(
      func.func @main(%x: tensor<3xf32>) -> tensor<3xf32> {
        %0 = weft.neg %x : (tensor<3xf32>) -> tensor<3xf32>
        return %0 : tensor<3xf32>
      })",
                                                     &context);
  }
  // What a phase that does `work` throws.
  InternalError failure_of(const char* phase, const char* flag,
                           const std::function<mlir::LogicalResult()>& work) {
    try {
      mlir::weft::guardPhase(*module, phase, flag, work);
    } catch (const InternalError& error) {
      return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return InternalError("", "", "");
  }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

std::string output_of(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  std::string all;
  char part[4096];
  for (size_t n; (n = std::fread(part, 1, sizeof part, pipe)) > 0;) all.append(part, n);
  EXPECT_EQ(pclose(pipe), 0) << all;
  return all;
}

TEST_F(Reproducer, HoldsTheProgramAsItWasBefore) {
  InternalError error = failure_of("fuse", "--fuse", [&] {
    auto main = module->lookupSymbol<mlir::func::FuncOp>("main");
    main.setName("half_done");
    return main.emitError("cannot go on");
  });
  EXPECT_EQ(error.phase, "fuse");
  EXPECT_THAT(error.what(), testing::HasSubstr("internal error in phase fuse: "));
  EXPECT_THAT(error.what(), testing::HasSubstr("cannot go on; reproduce with: weft-opt --fuse " +
                                               error.reproducer));
  std::stringstream text;
  text << std::ifstream(error.reproducer).rdbuf();
  EXPECT_EQ(text.str().rfind("// weft-opt --fuse " + error.reproducer + "\n", 0), 0u) << text.str();
  EXPECT_THAT(text.str(), testing::HasSubstr("@main"));
  EXPECT_THAT(text.str(), testing::Not(testing::HasSubstr("half_done")));
  EXPECT_THAT(output_of("tools/weft-opt --fuse --loops " + error.reproducer),
              testing::HasSubstr("func.func @weft_neg"));
  std::remove(error.reproducer.c_str());
}

TEST_F(Reproducer, RuleErrorsAreFailuresToo) {
  InternalError error = failure_of("autodiff", "--autodiff", []() -> mlir::LogicalResult {
    throw mlir::weft::RuleError("add: shapes do not fit");
  });
  EXPECT_THAT(error.what(),
              testing::HasSubstr(
                  "internal error in phase autodiff: add: shapes do not fit; reproduce with"));
  std::remove(error.reproducer.c_str());
}
}  // namespace
