#include "ir/print/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "ir/print/text.h"
#include "ir/tensor/import.h"

namespace mlir::weft {
namespace {
using Json = nlohmann::ordered_json;

Json toJson(Attribute attribute) {
  if (auto list = dyn_cast<DenseI64ArrayAttr>(attribute))
    return Json(std::vector<int64_t>(list.asArrayRef()));
  if (auto flag = dyn_cast<BoolAttr>(attribute)) return flag.getValue();
  if (isa<UnitAttr>(attribute)) return true;
  if (auto string = dyn_cast<StringAttr>(attribute)) return string.getValue().str();
  if (auto integer = dyn_cast<IntegerAttr>(attribute);
      integer && integer.getValue().getSignificantBits() <= 64)
    return integer.getType().isUnsignedInteger() ? Json(integer.getValue().getZExtValue())
                                                 : Json(integer.getValue().getSExtValue());
  // JSON has no infinities and no nan: those stay text.
  if (auto real = dyn_cast<FloatAttr>(attribute); real && std::isfinite(real.getValueAsDouble()))
    return real.getValueAsDouble();
  return plainText(attribute);
}

Json toJson(Location location) {
  const ::torch::op::SourceLocation source = toSourceLocation(location);
  Json json = Json::object();
  if (!source.file.empty()) json = {{"file", source.file}, {"line", source.line}};
  if (!source.scope.empty()) json["scope"] = source.scope;
  return json;
}

class Writer {
 public:
  // Arguments, ops and what the terminator hands out.
  void write(Block &block, Json &json) {
    json["inputs"] = values(block.getArguments());
    json["ops"] = Json::array();
    for (Operation &op : block) {
      if (op.hasTrait<OpTrait::IsTerminator>()) {
        json["outputs"] = numbers(op.getOperands());
      } else {
        json["ops"].push_back(write(op));
      }
    }
  }

 private:
  Json write(Operation &op) {
    Json json{{"op", op.getName().getStringRef().str()}, {"operands", numbers(op.getOperands())}};
    json["results"] = values(op.getResults());
    json["attributes"] = Json::object();
    for (NamedAttribute attribute : op.getAttrs())
      json["attributes"][attribute.getName().str()] = toJson(attribute.getValue());
    if (Json location = toJson(op.getLoc()); !location.empty()) json["location"] = location;
    for (Region &region : op.getRegions())
      for (Block &block : region) {
        Json body;
        write(block, body);
        if (op.getNumRegions() == 1 && region.hasOneBlock()) {
          json["body"] = body;
        } else {
          json["blocks"].push_back(body);
        }
      }
    return json;
  }

  Json values(ValueRange range) {
    Json list = Json::array();
    for (Value value : range) {
      Json one{{"value", number(value)}};
      if (std::optional<::torch::op::Type> type = toTypeIfAny(value.getType())) {
        one["dtype"] = ::torch::op::find_dtype(type->dtype)->ir_name;
        one["shape"] = std::vector<int64_t>(type->dims.begin(), type->dims.end());
      } else {
        one["type"] = text(value.getType());
      }
      list.push_back(one);
    }
    return list;
  }

  Json numbers(ValueRange range) {
    Json list = Json::array();
    for (Value value : range) list.push_back(number(value));
    return list;
  }

  size_t number(Value value) { return numbers_.try_emplace(value, numbers_.size()).first->second; }

  DenseMap<Value, size_t> numbers_;
};
// Lists of numbers stand on one line. Within a string there is no line break, so a list with one is
// not in a string.
std::string compact(const std::string &json) {
  std::string s;
  for (size_t i = 0; i < json.size(); ++i) {
    s += json[i];
    if (json[i] != '[') continue;
    const size_t end = json.find_first_not_of("0123456789-, \n", i + 1);
    if (end == std::string::npos || json[end] != ']' || json.find('\n', i) > end) continue;
    for (size_t k = i + 1; k < end; ++k) {
      if (json[k] == ' ' || json[k] == '\n') continue;
      s += json[k];
      if (json[k] == ',') s += ' ';
    }
    i = end - 1;
  }
  return s;
}
}  // namespace

Json toJson(func::FuncOp func) {
  Json json{{"function", func.getName().str()}};
  Writer writer;
  if (func.getBody().hasOneBlock()) {
    writer.write(func.getBody().front(), json);
  } else {
    for (Block &block : func.getBody()) writer.write(block, json["blocks"].emplace_back());
  }
  return json;
}

std::string toJsonText(ModuleOp module) {
  Json all = Json::array();
  for (auto func : module.getOps<func::FuncOp>()) all.push_back(toJson(func));
  // Text that is no UTF-8 (a file name can be anything) must not end in an exception.
  return compact(Json{{"functions", all}}.dump(1, ' ', false, Json::error_handler_t::replace)) +
         "\n";
}
}  // namespace mlir::weft
