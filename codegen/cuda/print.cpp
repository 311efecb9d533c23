#include "codegen/cuda/print.h"

#include "codegen/cuda/expression.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/TypeSwitch.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/CSE.h"

namespace mlir::weft::cuda {
namespace {

class Printer {
 public:
  Printer(bool wide, int threads, bool many)
      : names{wide},
        many(many),
        entry("extern \"C\" __global__ void __launch_bounds__(" + std::to_string(threads) + ") ") {}

  LogicalResult function(func::FuncOp f) {
    values.clear();
    parameters.clear();
    shared = 0;
    counters.clear();
    usesShared = false;
    f.walk([&](memref::AllocaOp a) { usesShared |= isShared(a.getType()); });
    f.isPrivate() ? deviceSignature(f) : kernelSignature(f);
    if (failed(block(f.getBody().front()))) return failure();
    out += "}\n";
    if (many && !f.isPrivate()) entries(f);
    sharedBytes = std::max(sharedBytes, shared);
    return success();
  }

  std::string out;
  int64_t sharedBytes = 0;
  std::string kernelsUse;  // the namespace of the module's functions
  bool hasFunctions = false;
  int manyRows = 0;

 private:
  static bool isShared(MemRefType type) { return type.getMemorySpaceAsInt() == kShared; }
  std::string fresh(StringRef letter) { return (letter + Twine(counters[letter.str()]++)).str(); }
  std::string pointer(Value buffer) {
    return names.type(cast<MemRefType>(buffer.getType()).getElementType()) + "*";
  }
  static bool isWritten(Value buffer) {
    return llvm::any_of(buffer.getUsers(), [&](Operation* user) {
      return !isa<memref::LoadOp, vector::LoadOp>(user);
    });
  }

  // A parameter that is no index but a number's 64 bits.
  static bool isBits(BlockArgument a) {
    return a.getType().isIndex() && !a.use_empty() && llvm::all_of(a.getUsers(), [](Operation* o) {
             auto c = dyn_cast<arith::IndexCastOp>(o);
             return c && c.getType().isInteger(64);
           });
  }

  void kernelSignature(func::FuncOp f) {
    out +=
        many ? "WEFT_INLINE void " + f.getName().str() + "_body(" : entry + f.getName().str() + "(";
    std::string casts;
    const bool apart = f->hasAttr(kApart);
    argumentTypes.clear();
    for (BlockArgument a : f.getArguments()) {
      if (a.getArgNumber()) out += ", ";
      if (isa<MemRefType>(a.getType())) {
        values[a] = fresh("b");
        argumentTypes.push_back((isWritten(a) ? "" : "const ") + pointer(a));
        out += argumentTypes.back() + (apart ? " __restrict__ " : " ") + values[a];
        continue;
      }
      argumentTypes.push_back("i64");
      const std::string given = parameters[a] = fresh("p");
      values[a] = "n" + given.substr(1);
      out += "i64 " + given;
      if (!a.use_empty())
        casts += "  const " + names.type(a.getType()) + " " + values[a] + " = (" +
                 names.type(a.getType()) + ")" + given + ";\n";
    }
    out += many ? ", i64 block_number, i64 block_count) {\n" : ") {\n";
    if (hasFunctions) out += "  using namespace " + kernelsUse + ";\n";
    if (usesShared) out += "  WEFT_SHARED\n";
    out += casts;
    depth = 1;
  }
  // A launch of its own, and one of several: a row of the table has the arguments of each.
  void entries(func::FuncOp f) {
    constexpr int kBytes = 4000;  // of arguments that a launch takes
    const std::string name = f.getName().str();
    const int count = static_cast<int>(argumentTypes.size());
    manyRows = (kBytes - 16) / (8 * count + 4);
    std::string declared, given, row;
    for (int i = 0; i < count; ++i) {
      const std::string a = "a" + std::to_string(i);
      declared += (i ? ", " : "") + argumentTypes[i] + " " + a;
      given += a + ", ";
      row += "(" + argumentTypes[i] + ")v[" + std::to_string(i) + "], ";
    }
    const std::string values = std::to_string(count);
    if (manyRows < 2) manyRows = 0;
    out += entry + name + "(" + declared + ") {\n  " + name + "_body(" + given +
           "weft_block(), weft_blocks());\n}\n";
    if (manyRows == 0) return;
    out += entry + name + "_many(const __grid_constant__ weft_table<" + std::to_string(manyRows) +
           ", " + values + "> t) {\n  const int row = t.row();\n" + "  const u64* v = t.values + " +
           values + " * row;\n  " + name + "_body(" + row + "t.block(row), t.blocks(row));\n}\n";
  }
  void deviceSignature(func::FuncOp f) {
    const auto results = f.getResultTypes();
    out += "WEFT_INLINE " + (results.empty() ? "void" : names.type(results[0])) + " " +
           f.getName().str() + "(";
    for (BlockArgument a : f.getArguments()) {
      if (a.getArgNumber()) out += ", ";
      const bool buffer = isa<MemRefType>(a.getType());
      const std::string name = values[a] = fresh(buffer ? "b" : "x");
      if (buffer) {
        out += (isWritten(a) ? "" : "const ") + pointer(a);
      } else if (isBits(a)) {
        out += "i64";
        parameters[a] = name;
      } else {
        out += names.type(a.getType());
      }
      out += " " + name;
    }
    out += ") {\n";
    depth = 1;
  }

  // A call of what computes and does nothing else.
  static bool isFormula(Operation* op) {
    auto call = dyn_cast<func::CallOp>(op);
    if (!call) return false;
    auto callee = op->getParentOfType<ModuleOp>().lookupSymbol<func::FuncOp>(call.getCallee());
    return callee && !callee.isDeclaration() && callee.getNumResults() == 1;
  }
  // An expression stands where its only user stands, unless that is in a loop, or it would grow too
  // long to be read.
  bool isInlined(Operation* op) {
    if ((!isMemoryEffectFree(op) && !isFormula(op)) || op->getNumResults() != 1 ||
        !op->getResult(0).hasOneUse())
      return false;
    Operation* user = *op->getResult(0).getUsers().begin();
    return user->getBlock() == op->getBlock() && !repeatsOperands(user) &&
           !isa<scf::ForOp>(user);  // asked for its bounds at every turn
  }
  std::string use(Value v) {
    if (auto found = values.find(v); found != values.end()) return found->second;
    if (auto c = v.getDefiningOp<arith::ConstantOp>()) return names.literal(c.getValue());
    return "/* unknown */";
  }
  void line(const std::string& text) { out += std::string(2 * depth, ' ') + text + "\n"; }
  void declare(Value v, const std::string& text) {
    values[v] = fresh("v");
    line("const " + names.type(v.getType()) + " " + values[v] + " = " + text + ";");
  }
  void define(Operation* op, const std::string& text) {
    constexpr size_t kLongest = 72;
    if (!isInlined(op) || text.size() >= kLongest) return declare(op->getResult(0), text);
    values[op->getResult(0)] = isAtom(text) ? text : "(" + text + ")";
  }
  static bool isAtom(StringRef text) {
    if (text.starts_with("(") || text.starts_with("-") || text.starts_with("!")) return false;
    int open = 0;
    for (char c : text) {
      if (c == '(' || c == '[') ++open;
      if (c == ')' || c == ']') --open;
      if (c == ' ' && open == 0) return false;
    }
    return true;
  }

  LogicalResult block(Block& b) {
    for (Operation& op : b)
      if (failed(statement(&op))) return failure();
    return success();
  }

  LogicalResult statement(Operation* op) {
    if (isa<arith::ConstantOp>(op)) return success();
    // The bits of a number, perhaps, of which an index may have fewer.
    if (auto c = dyn_cast<arith::IndexCastOp>(op); c && c.getType().isInteger(64))
      if (auto found = parameters.find(c.getIn()); found != parameters.end()) {
        define(op, "(u64)" + found->second);
        return success();
      }
    if (auto words = expression(names, op, [&](Value v) { return use(v); })) {
      if (op->getResult(0).use_empty() && isMemoryEffectFree(op)) return success();
      define(op, *words);
      return success();
    }
    return llvm::TypeSwitch<Operation*, LogicalResult>(op)
        .Case([&](scf::ForOp o) { return loop(o); })
        .Case([&](scf::IfOp o) { return branch(o); })
        .Case([&](scf::YieldOp o) { return success(); })  // of whom it belongs to
        .Case([&](func::CallOp o) { return call(o); })
        .Case([&](func::ReturnOp o) { return leave(o); })
        .Case([&](memref::AllocaOp o) { return memory(o); })
        .Case([&](memref::StoreOp o) {
          line(use(o.getMemRef()) + "[" + use(o.getIndices()[0]) + "] = " + use(o.getValue()) +
               ";");
          return success();
        })
        .Case([&](vector::StoreOp o) {
          line("weft_store(" + use(o.getBase()) + " + " + use(o.getIndices()[0]) + ", " +
               use(o.getValueToStore()) + ");");
          return success();
        })
        .Case([&](vector::InsertElementOp o) { return insert(o); })
        .Case([&](arith::MulUIExtendedOp o) {
          declare(o.getHigh(), "weft_mulhi(" + use(o.getLhs()) + ", " + use(o.getRhs()) + ")");
          if (!o.getLow().use_empty())
            declare(o.getLow(), use(o.getLhs()) + " * " + use(o.getRhs()));
          return success();
        })
        .Default([](Operation* other) {
          return other->emitError("cuda: loop form has no such op on a GPU");
        });
  }

  // What a loop carries are variables.
  LogicalResult loop(scf::ForOp o) {
    for (auto [init, argument, result] :
         llvm::zip(o.getInitArgs(), o.getRegionIterArgs(), o.getResults())) {
      const std::string name = fresh("r");
      line(names.type(init.getType()) + " " + name + " = " + use(init) + ";");
      values[argument] = name;
      values[result] = name;
    }
    const std::string i = fresh("i"), type = names.type(o.getInductionVar().getType());
    values[o.getInductionVar()] = i;
    if (o->hasAttr(kUnroll)) line("#pragma unroll");
    line("for (" + type + " " + i + " = " + use(o.getLowerBound()) + "; " + i + " < " +
         use(o.getUpperBound()) + "; " + i + " += " + use(o.getStep()) + ") {");
    ++depth;
    if (failed(block(*o.getBody()))) return failure();
    if (o.getNumResults()) assign(o.getBody()->getTerminator(), o.getRegionIterArgs());
    --depth;
    line("}");
    return success();
  }
  LogicalResult branch(scf::IfOp o) {
    for (Value result : o.getResults()) {
      values[result] = fresh("r");
      line(names.type(result.getType()) + " " + values[result] + ";");
    }
    line("if (" + use(o.getCondition()) + ") {");
    if (failed(side(o, o.thenBlock()))) return failure();
    if (o.elseBlock()) {
      line("} else {");
      if (failed(side(o, o.elseBlock()))) return failure();
    }
    line("}");
    return success();
  }
  LogicalResult side(scf::IfOp o, Block* b) {
    ++depth;
    if (failed(block(*b))) return failure();
    if (o.getNumResults()) assign(b->getTerminator(), o.getResults());
    --depth;
    return success();
  }
  // All at once: what is read may be what is written.
  void assign(Operation* yield, ValueRange to) {
    llvm::SmallVector<std::pair<std::string, std::string>> moves;
    for (auto [value, target] : llvm::zip(yield->getOperands(), to))
      if (use(value) != use(target)) moves.push_back({use(target), use(value)});
    if (moves.size() > 1 && isa<scf::ForOp>(yield->getParentOp()))
      for (auto [i, value] : llvm::enumerate(yield->getOperands())) {
        for (auto& [target, text] : moves)
          if (target == use(to[i])) {
            const std::string next = fresh("t");
            line("const " + names.type(value.getType()) + " " + next + " = " + text + ";");
            text = next;
          }
      }
    for (auto& [target, text] : moves) line(target + " = " + text + ";");
  }

  LogicalResult call(func::CallOp o) {
    std::string text = o.getCallee().split('.').first.str() + "(";
    for (auto [i, v] : llvm::enumerate(o.getOperands())) text += (i ? ", " : "") + use(v);
    text += ")";
    if (!o.getNumResults()) {
      line(text + ";");
    } else if (o.getNumOperands() == 0) {  // "weft_thread()": where this thread stands
      const std::string name = values[o.getResult(0)] = o.getCallee().drop_front(5).str();
      if (many && name == "block") text = "block_number";
      if (many && name == "blocks") text = "block_count";
      line("const " + names.type(o.getResult(0).getType()) + " " + name + " = " + text + ";");
    } else {
      define(o, text);
    }
    return success();
  }
  LogicalResult leave(func::ReturnOp o) {
    if (o.getNumOperands()) line("return " + use(o.getOperand(0)) + ";");
    return success();
  }
  LogicalResult memory(memref::AllocaOp o) {
    const std::string name = values[o] = fresh(isShared(o.getType()) ? "s" : "m");
    const Type element = o.getType().getElementType();
    const int64_t count = o.getType().getNumElements();
    if (!isShared(o.getType())) {
      line(names.type(element) + " " + name + "[" + std::to_string(count) + "];");
      return success();
    }
    line(names.type(element) + "* " + name + " = (" + names.type(element) + "*)(shared + " +
         std::to_string(shared) + ");");
    const int64_t bytes =
        count * std::max<int64_t>(1, element.isIndex() ? 8 : element.getIntOrFloatBitWidth() / 8);
    shared += (bytes + 15) / 16 * 16;
    return success();
  }
  // Into what the loop carries, where nobody wants it as it was.
  LogicalResult insert(vector::InsertElementOp o) {
    auto argument = dyn_cast<BlockArgument>(o.getDest());
    const bool inPlace =
        argument && argument.hasOneUse() && isa<scf::ForOp>(argument.getOwner()->getParentOp());
    if (inPlace) {
      values[o] = use(argument);
    } else {
      values[o] = fresh("v");
      line(names.type(o.getType()) + " " + values[o] + " = " + use(o.getDest()) + ";");
    }
    line(values[o] + "[" + use(o.getPosition()) + "] = " + use(o.getSource()) + ";");
    return success();
  }

  const Names names;
  const bool many;
  const std::string entry;
  std::vector<std::string> argumentTypes;                 // of the kernel
  llvm::DenseMap<Value, std::string> values, parameters;  // parameters as they are given
  llvm::StringMap<int> counters;
  int depth = 0;
  int64_t shared = 0;
  bool usesShared = false;
};

std::string functionsOf(StringRef kernel) { return "of_" + kernel.str(); }
}  // namespace

FailureOr<Text> print(ModuleOp module, bool wide, int threads, bool many) {
  Printer printer(wide, threads, many);
  IRRewriter rewriter(module.getContext());
  for (auto f : module.getOps<func::FuncOp>()) {
    DominanceInfo dominance(f);
    eliminateCommonSubExpressions(rewriter, dominance, f);
  }
  auto bodies = [&](bool kernels) {
    for (auto f : module.getOps<func::FuncOp>())
      if (!f.isDeclaration() && f.isPrivate() != kernels) {
        if (kernels) printer.kernelsUse = functionsOf(f.getName());
        if (failed(printer.function(f))) return failure();
      }
    return success();
  };
  if (failed(bodies(false))) return failure();
  // Programs are of many kernels, whose functions may have the same names.
  std::string functions = std::move(printer.out);
  printer.out.clear();
  printer.hasFunctions = !functions.empty();
  if (failed(bodies(true))) return failure();
  if (printer.hasFunctions) {
    for (auto f : module.getOps<func::FuncOp>())
      if (!f.isPrivate())
        functions = "namespace " + functionsOf(f.getName()) + " {\n" + functions + "}\n";
  }
  return Text{functions + printer.out, printer.sharedBytes, printer.manyRows};
}
}  // namespace mlir::weft::cuda
