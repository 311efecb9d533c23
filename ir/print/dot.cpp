#include "ir/print/dot.h"

#include "ir/print/text.h"
#include "ir/tensor/import.h"
#include "ir/tensor/ops.h"
#include "llvm/Support/raw_ostream.h"

namespace mlir::weft {
namespace {

std::string escaped(StringRef text) {
  std::string s;
  for (char c : text) {
    if (c == '"' || c == '\\') s += '\\';
    s += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return s;
}

class Drawing {
 public:
  explicit Drawing(llvm::raw_ostream &out) : out_(out) {}

  void draw(func::FuncOp func) {
    frame("func @" + func.getName().str(), "solid", [&] {
      for (Block &block : func.getBody()) {
        arguments(block);
        ops(block);
      }
    });
  }

 private:
  void ops(Block &block) {
    for (Operation &op : block) {
      if (auto kernel = dyn_cast<KernelOp>(op)) {
        draw(kernel);
      } else if (op.getNumRegions()) {
        loop(op);
      } else if (!isa<YieldOp>(op)) {
        node(op);
      }
    }
  }

  // A kernel computes what its body computes: edges pass through its frame.
  void draw(KernelOp kernel) {
    Block &body = kernel.getBody().front();
    for (auto [argument, operand] : llvm::zip(body.getArguments(), kernel.getOperands()))
      producers_[argument] = producers_[operand];
    frame("kernel " + kernel.getKind().str(), "filled", [&] { ops(body); });
    for (auto [result, yielded] :
         llvm::zip(kernel.getResults(), body.getTerminator()->getOperands()))
      producers_[result] = producers_[yielded];
  }

  // An op with other bodies: its arguments and terminators are nodes, and so is the op itself.
  void loop(Operation &op) {
    node(op);
    frame(op.getName().getStringRef().str(), "dashed", [&] {
      for (Region &region : op.getRegions())
        for (Block &block : region) {
          arguments(block);
          ops(block);
          if (isa<YieldOp>(block.back())) node(block.back());
        }
    });
  }

  void arguments(Block &block) {
    for (BlockArgument argument : block.getArguments()) {
      const std::string name = next();
      producers_[argument] = name;
      out_ << name << " [shape=oval, label=\"" << argument.getArgNumber() << ": "
           << shortText(argument.getType()) << "\"];\n";
    }
  }

  void node(Operation &op) {
    const std::string name = next();
    std::string label = op.getName().stripDialect().str();
    for (NamedAttribute attribute : op.getAttrs()) {
      label += "\n" + attribute.getName().str();
      if (!isa<UnitAttr>(attribute.getValue())) label += " = " + shortText(attribute.getValue());
    }
    const ::torch::op::SourceLocation source = toSourceLocation(op.getLoc());
    if (!source.scope.empty()) label += "\n" + source.scope;
    if (!source.file.empty()) label += "\n" + source.file + ":" + std::to_string(source.line);
    out_ << name << " [label=\"" << escaped(label) << "\"];\n";
    for (Value operand : op.getOperands())
      edges_ += producers_[operand] + " -> " + name + " [label=\"" + shortText(operand.getType()) +
                "\"];\n";
    for (Value result : op.getResults()) producers_[result] = name;
  }

  void frame(const std::string &label, StringRef style, llvm::function_ref<void()> content) {
    out_ << "subgraph cluster_" << frames_++ << " {\nlabel=\"" << escaped(label)
         << "\"; style=" << style << "; fillcolor=\"#eef2f7\";\n";
    content();
    out_ << "}\n";
  }

  std::string next() { return "n" + std::to_string(nodes_++); }

 public:
  // Edges come last, so that an edge through a frame does not pull its node in.
  void finish() { out_ << edges_; }

 private:
  llvm::raw_ostream &out_;
  std::string edges_;
  DenseMap<Value, std::string> producers_;
  unsigned nodes_ = 0, frames_ = 0;
};

std::string digraph(ArrayRef<func::FuncOp> funcs) {
  std::string s;
  llvm::raw_string_ostream out(s);
  out << "digraph weft {\nnode [shape=box, fontname=\"monospace\", fontsize=10];\n"
         "edge [fontname=\"monospace\", fontsize=8];\n";
  Drawing drawing(out);
  for (func::FuncOp func : funcs) drawing.draw(func);
  drawing.finish();
  out << "}\n";
  return s;
}
}  // namespace

std::string toDot(func::FuncOp func) { return digraph(func); }

std::string toDot(ModuleOp module) {
  SmallVector<func::FuncOp> funcs(module.getOps<func::FuncOp>());
  return digraph(funcs);
}
}  // namespace mlir::weft
