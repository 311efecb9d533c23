#include "frontend/autograd/names.h"

#include "frontend/autograd/meta.h"
#include "frontend/autograd/node.h"
#include "frontend/record/record.h"

namespace torch {
namespace autograd {

std::string node_name(const record::Node& node) {
  if (node.kind == record::Kind::data)
    return node.anchor && node.anchor->function ? node.anchor->function->name()
                                                : "torch::autograd::AccumulateGrad";
  if (node.kind == record::Kind::projection) return node_name(*node.operand(0));
  if (node.label && node.label != record::kLayout) return node.label;
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
    else name += upper && *c >= 'a' ? static_cast<char>(*c - 'a' + 'A') : *c,
         upper = *c >= '0' && *c <= '9';
  }
  return name + "Backward0";
}

std::string name_in_errors(const record::Node& node) {
  std::string name = node_name(node);
  const size_t at = name.rfind("Backward");
  if (at != std::string::npos) name.erase(at, 8);
  if (at != std::string::npos && name.back() == '0') name.pop_back();
  return name;
}
}  // namespace autograd
}  // namespace torch
