#include "ir/tensor/import.h"
#include "mlir/IR/Location.h"

namespace mlir::weft {
namespace op = ::torch::op;

Location toMlir(MLIRContext *context, const op::SourceLocation &location) {
  Location result = UnknownLoc::get(context);
  if (!location.file.empty() || location.line)
    result = FileLineColLoc::get(context, location.file, static_cast<unsigned>(location.line), 0);
  if (!location.scope.empty())
    result = NameLoc::get(StringAttr::get(context, location.scope), result);
  return result;
}

Location withNode(Location location, uint32_t node) {
  return FusedLoc::get(location.getContext(), {location},
                       IntegerAttr::get(IntegerType::get(location.getContext(), 32), node));
}

std::optional<uint32_t> nodeOf(Location location) {
  if (auto name = dyn_cast<NameLoc>(location)) return nodeOf(name.getChildLoc());
  if (auto call = dyn_cast<CallSiteLoc>(location)) return nodeOf(call.getCallee());
  auto fused = dyn_cast<FusedLoc>(location);
  if (!fused) return std::nullopt;
  if (auto node = dyn_cast_or_null<IntegerAttr>(fused.getMetadata()))
    return static_cast<uint32_t>(node.getInt());
  for (Location part : fused.getLocations())
    if (auto node = nodeOf(part)) return node;
  return std::nullopt;
}

op::SourceLocation toSourceLocation(Location location) {
  if (auto file = dyn_cast<FileLineColLoc>(location))
    return {file.getFilename().str(), static_cast<int>(file.getLine()), ""};
  if (auto name = dyn_cast<NameLoc>(location)) {
    op::SourceLocation inner = toSourceLocation(name.getChildLoc());
    inner.scope = name.getName().str() + (inner.scope.empty() ? "" : ": ") + inner.scope;
    return inner;
  }
  if (auto call = dyn_cast<CallSiteLoc>(location)) return toSourceLocation(call.getCaller());
  if (auto fused = dyn_cast<FusedLoc>(location))
    for (Location part : fused.getLocations())
      if (op::SourceLocation found = toSourceLocation(part); !found.file.empty()) return found;
  return {};
}
}  // namespace mlir::weft
