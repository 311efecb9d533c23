#include "runtime/cpu/jit.h"

#include <gtest/gtest.h>
#include <llvm/AsmParser/Parser.h>
#include <llvm/ExecutionEngine/Orc/ThreadSafeModule.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/SourceMgr.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "runtime/executable/error_report.h"

namespace torch {
namespace runtime {
namespace {

llvm::orc::ThreadSafeModule parse(const std::string& text) {
  auto context = std::make_unique<llvm::LLVMContext>();
  llvm::SMDiagnostic error;
  auto module = llvm::parseAssemblyString(text, error, *context);
  if (!module) throw std::runtime_error(error.getMessage().str());
  return {std::move(module), std::move(context)};
}

/// y[i] = x[i] * 2 + number, in vectors of `lanes`.
std::string scale_add(int lanes, int number) {
  const std::string v = "<" + std::to_string(lanes) + " x float>", n = std::to_string(lanes);
  return "define void @k(ptr %x, ptr %y, i64 %vectors) {\n"
         "  br label %loop\n"
         "loop:\n"
         "  %i = phi i64 [0, %0], [%next, %loop]\n"
         "  %at = mul i64 %i, " + n + "\n"
         "  %px = getelementptr float, ptr %x, i64 %at\n"
         "  %a = load " + v + ", ptr %px, align 4\n"
         "  %b = fmul " + v + " %a, splat (float 2.0)\n"
         "  %c = fadd " + v + " %b, splat (float " + std::to_string(number) + ".0)\n"
         "  %py = getelementptr float, ptr %y, i64 %at\n"
         "  store " + v + " %c, ptr %py, align 4\n"
         "  %next = add i64 %i, 1\n"
         "  %more = icmp slt i64 %next, %vectors\n"
         "  br i1 %more, label %loop, label %exit\n"
         "exit:\n"
         "  ret void\n"
         "}\n";
}

using ScaleAdd = void (*)(const float*, float*, int64_t);
void expect_scale_add(const CompiledCode& code, int lanes, int number) {
  std::vector<float> x(64), y(64);
  for (size_t i = 0; i < 64; ++i) x[i] = static_cast<float>(i);
  reinterpret_cast<ScaleAdd>(code.address)(x.data(), y.data(), 64 / lanes);
  for (size_t i = 0; i < 64; ++i) ASSERT_EQ(y[i], 2 * x[i] + static_cast<float>(number));
}

TEST(Jit, RunsForEveryTargetThatTheMachineHas) {
  for (const char* name : {"native", "x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"}) {
    const Target& t = find_target(name);
    if (!t.missing.empty()) {
      EXPECT_THROW(jit::add(parse(scale_add(16, 1)), "k", t), std::runtime_error);
      EXPECT_THROW(require_runnable(t), std::runtime_error);
      continue;
    }
    expect_scale_add(jit::add(parse(scale_add(16, 1)), "k", t), 16, 1);
  }
}

TEST(Jit, TheSameNameManyTimesAndReleased) {
  std::vector<CompiledCode> codes;
  for (int n = 0; n < 20; ++n) codes.push_back(jit::add(parse(scale_add(8, n)), "k"));
  for (int n = 0; n < 20; ++n) expect_scale_add(codes[static_cast<size_t>(n)], 8, n);
  codes.erase(codes.begin(), codes.begin() + 10);
  for (int n = 10; n < 20; ++n) expect_scale_add(codes[static_cast<size_t>(n - 10)], 8, n);
}

TEST(Jit, ThreadsCompileAtOnce) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([t] {
      for (int n = 0; n < 10; ++n)
        expect_scale_add(jit::add(parse(scale_add(4, 10 * t + n)), "k"), 4, 10 * t + n);
    });
  for (auto& t : threads) t.join();
}

TEST(Jit, CallsWhatItWasGiven) {
  static std::atomic<int> called{0};
  jit::define("test_called_by_kernel", reinterpret_cast<void*>(+[](int n) { called += n; }));
  auto code = jit::add(
      parse("declare void @test_called_by_kernel(i32)\n"
            "declare void @weft_index_error(ptr, i64, i64, i64, i64, i64)\n"
            "define void @k(ptr %report) {\n"
            "  call void @test_called_by_kernel(i32 5)\n"
            "  call void @weft_index_error(ptr %report, i64 0, i64 3, i64 7, i64 4, i64 1)\n"
            "  ret void\n"
            "}\n"),
      "k");
  ErrorReport report;
  reinterpret_cast<void (*)(void*)>(code.address)(&report);
  EXPECT_EQ(called, 5);
  EXPECT_EQ(report.message(), "index 7 is out of bounds for dimension 1 with size 4");
}

TEST(Jit, FailuresAreExceptions) {
  EXPECT_THROW(jit::add(parse(scale_add(4, 1)), "missing"), std::runtime_error);
  for (int round = 0; round < 3; ++round) try {
      jit::add(parse("declare void @nobody_has_this()\n"
                     "define void @k() { call void @nobody_has_this() ret void }\n"),
               "k");
      FAIL();
    } catch (const std::runtime_error& e) {
      EXPECT_NE(std::string(e.what()).find("nobody_has_this"), std::string::npos) << e.what();
    }
  expect_scale_add(jit::add(parse(scale_add(8, 3)), "k"), 8, 3);
  EXPECT_THROW(find_target("z80"), std::invalid_argument);
}

TEST(Target, AssemblyUsesTheWholeRegister) {
  auto text = [](const char* name) {
    std::string out;
    auto module = parse(scale_add(find_target(name).vector_bytes / 4, 1));
    module.withModuleDo([&](llvm::Module& m) {
      optimize(m, find_target(name));
      out = assembly(m, find_target(name));
    });
    return out;
  };
  EXPECT_NE(text("x86-64-v4").find("zmm"), std::string::npos);
  EXPECT_NE(text("x86-64-v3").find("ymm"), std::string::npos);
  EXPECT_EQ(text("x86-64-v3").find("zmm"), std::string::npos);
  EXPECT_EQ(text("x86-64-v2").find("ymm"), std::string::npos);
  EXPECT_TRUE(find_target("x86-64-v3").has_fma);
  EXPECT_FALSE(find_target("x86-64-v2").has_fma);
}

TEST(Target, NothingIsContracted) {
  auto module = parse(scale_add(8, 1));
  module.withModuleDo([&](llvm::Module& m) {
    optimize(m, find_target("x86-64-v3"));
    EXPECT_EQ(assembly(m, find_target("x86-64-v3")).find("vfmadd"), std::string::npos);
  });
}

TEST(Jit, ASmallKernelCompilesInMilliseconds) {
  jit::add(parse(scale_add(16, 0)), "k");
  CompiledCode code = jit::add(parse(scale_add(16, 1)), "k");
  RecordProperty("optimize_us", static_cast<int>(1000 * code.optimize_ms));
  RecordProperty("codegen_us", static_cast<int>(1000 * code.codegen_ms));
  RecordProperty("link_us", static_cast<int>(1000 * code.link_ms));
  EXPECT_LT(code.optimize_ms + code.codegen_ms + code.link_ms, 200);
}
}  // namespace
}  // namespace runtime
}  // namespace torch
