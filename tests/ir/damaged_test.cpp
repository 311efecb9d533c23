// Damaged IR: numbers, element types and characters of every_op.mlir changed at random (seeded).
// Each text parses or is a diagnostic; what parses prints, and exports or is a diagnostic. Address
// sanitizer watches this one.
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "ir/tensor/import.h"
#include "ir/tensor/ops.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

namespace mlir::weft {
namespace {

std::string everyOp() {
  std::ifstream file("tests/ir/every_op.mlir");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> functions(MLIRContext &context) {
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(everyOp(), ParserConfig(&context));
  std::vector<std::string> texts;
  for (auto func : module->getOps<func::FuncOp>())
    for (bool generic : {false, true}) {
      llvm::raw_string_ostream out(texts.emplace_back());
      func->print(out, OpPrintingFlags().printGenericOpForm(generic));
    }
  return texts;
}

class Damage {
 public:
  std::string operator()(std::string text) {
    for (size_t n = 1 + next(3); n > 0; --n) {
      const size_t kind = next(10);
      if (kind < 6) {
        number(text);
      } else if (kind < 9) {
        type(text);
      } else {
        text.erase(next(text.size()), 1);
      }
    }
    return text;
  }

 private:
  size_t next(size_t n) { return random_() % n; }

  void number(std::string &text) {
    static const char* values[] = {
        "0", "1", "-1", "2", "3", "7", "9223372036854775807", "-9223372036854775808", "4294967296"};
    size_t at = text.find_first_of("0123456789", next(text.size()));
    // Not the 64 of i64: MLIR 19 itself crashes when it prints array<i1: 1>.
    if (at == std::string::npos ||
        (at > 0 && std::isalpha(static_cast<unsigned char>(text[at - 1])) && text[at - 1] != 'x'))
      return;
    text.replace(at, text.find_first_not_of("0123456789", at) - at,
                 values[next(std::size(values))]);
  }

  void type(std::string &text) {
    static const char *types[] = {"f32>", "f64>", "i64>", "i1>", "ui8>", "i32>", "f16>", "index>"};
    const char *from = types[next(std::size(types))];
    const size_t at = text.find(from, next(text.size()));
    if (at != std::string::npos)
      text.replace(at, std::string(from).size(), types[next(std::size(types))]);
  }

  std::mt19937 random_{7};
};

TEST(Damaged, NeverMoreThanADiagnostic) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<WeftDialect, func::FuncDialect>();
  const std::vector<std::string> texts = functions(context);
  ASSERT_GT(texts.size(), 10u);
  size_t diagnostics = 0, parsed = 0;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &) { ++diagnostics; });
  Damage damage;
  for (int round = 0; round < 3000; ++round) {
    const size_t before = diagnostics;
    OwningOpRef<ModuleOp> module =
        parseSourceString<ModuleOp>(damage(texts[round % texts.size()]), ParserConfig(&context));
    if (!module) {
      EXPECT_GT(diagnostics, before);
      continue;
    }
    ++parsed;
    std::string text;
    llvm::raw_string_ostream(text) << *module;
    for (auto func : module->getOps<func::FuncOp>()) (void)exportGraph(func);
  }
  // Damage that always or never matters would test nothing.
  EXPECT_GT(parsed, 100u);
  EXPECT_LT(parsed, 2900u);
}
}  // namespace
}  // namespace mlir::weft
