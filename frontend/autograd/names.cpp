#include "frontend/autograd/names.h"

namespace torch {
namespace autograd {

std::string node_name(const record::Node& node) {
  if (node.kind == record::Kind::data) return "torch::autograd::AccumulateGrad";
  if (node.label) return node.label;
  switch (node.op()) {
    // Where libtorch's word is another, or the first overload is not the one that is meant.
    case op::Op::max: return "AmaxBackward0";
    case op::Op::min: return "AminBackward0";
    case op::Op::square: return "PowBackward0";
    case op::Op::cast: return "ToCopyBackward0";
    case op::Op::select: return "WhereBackward0";
    case op::Op::concat: return "CatBackward0";
    case op::Op::conv: return "ConvolutionBackward0";
    case op::Op::reshape: return "ViewBackward0";
    default: break;
  }
  // "index_select" -> "IndexSelectBackward0"
  std::string name;
  bool upper = true;
  for (const char* c = op::name(node.op()); *c; ++c) {
    if (*c == '_') upper = true;
    else name += upper ? static_cast<char>(*c - 'a' + 'A') : *c, upper = false;
  }
  return name + "Backward0";
}
}  // namespace autograd
}  // namespace torch
