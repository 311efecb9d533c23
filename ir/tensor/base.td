// What every weft op has. A row below says all there is to say about an op: from it come the ODS
// class, the MLIR-free tables (ir/op/ops.inc, through ir/op/generate.py), the scalar code and the
// gradient.
#ifndef WEFT_BASE_TD
#define WEFT_BASE_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "ir/interface/interfaces.td"

def WeftDialect : Dialect {
  let name = "weft";
  let summary = "Tensor programs: pure SSA on statically shaped ranked tensors.";
  let cppNamespace = "::mlir::weft";
  let usePropertiesForAttributes = 0;
  let hasOperationAttrVerify = 1;
}

/// The op's shape rule (ir/op/shape.h) is what the verifier and the type inference call.
def ShapeRule : NativeOpTrait<"ShapeRule"> { let cppNamespace = "::mlir::weft"; }
/// No operand of this op has a gradient, by nature (comparisons, indices, random bits).
def NoGradient : NativeOpTrait<"NoGradient"> { let cppNamespace = "::mlir::weft"; }
/// Stops the program where an element of its operand is wrong.
def Check : NativeOpTrait<"Check"> { let cppNamespace = "::mlir::weft"; }
/// Output element i depends on element i of each operand alone (after broadcasting).
def Pointwise : NativeOpTrait<"Pointwise"> { let cppNamespace = "::mlir::weft"; }

class Weft_Op<string mnemonic, string family_, list<Trait> traits = []>
    : Op<WeftDialect, mnemonic, traits> {
  // Read by ir/op/generate.py.
  string family = family_;
  string rule = mnemonic;          // name of the shape rule in torch::op::rules
  // element types of the first operand: any number float integral whole (no bool) bool;
  string types = "any";
                                   // how the others relate to it is the rule's business
  string formula = "";             // elementwise: the scalar body
  // tens of instructions an element: never computed twice for nothing
  bit costly = 0;
  list<string> gradients = [];     // elementwise: a formula an operand; "" for no gradient
  list<string> reads = [];         // other families: operands and results that the vjp reads
}

/// A pure op whose result types follow from operands and attributes by its shape rule.
class Weft_TensorOp<string mnemonic, string family, list<Trait> traits = []>
    : Weft_Op<mnemonic, family, !listconcat([Pure, ShapeRule, InferTypeOpInterface], traits)> {
  code inference = [{
    static ::llvm::LogicalResult inferReturnTypes(
        ::mlir::MLIRContext *context, ::std::optional<::mlir::Location> location,
        ::mlir::ValueRange operands, ::mlir::DictionaryAttr attributes,
        ::mlir::OpaqueProperties, ::mlir::RegionRange,
        ::llvm::SmallVectorImpl<::mlir::Type> &results) {
      return ::mlir::weft::inferByRule(getOperationName(), context, location, operands, attributes, results);
    }
  }];
  let extraClassDeclaration = inference;
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}

/// A tensor op with a `vjp` method, written beside its shape rule in ir/tensor/<family>.cpp.
class Weft_DifferentiableOp<string mnemonic, string family, list<string> reads_, list<Trait> traits = []>
    : Weft_TensorOp<mnemonic, family,
                    !listconcat([DeclareOpInterfaceMethods<DifferentiableOp>], traits)> {
  let reads = reads_;
}

#endif
