// Values of archives as IValues, and back.
#include "frontend/serialize/archive.h"
#include "frontend/serialize/field_values_inside.h"
#include "frontend/serialize/script_inside.h"

namespace torch {
namespace serialize {
namespace {
constexpr int deepest = 100;
constexpr int64_t most = 10'000'000;  // a few bytes of a pickle may stand for any number

class ToIValue {
 public:
  IValue operator()(std::monostate) { return {}; }
  IValue operator()(bool v) { return v; }
  IValue operator()(int64_t v) { return v; }
  IValue operator()(double v) { return v; }
  IValue operator()(const std::string& v) { return v; }
  IValue operator()(const Tensor& v) { return v; }
  IValue operator()(const std::shared_ptr<Tuple>& v) { return list(v->values); }
  IValue operator()(const std::shared_ptr<List>& v) {
    if (v->type == "int") return typed<int64_t>(*v);
    if (v->type == "float") return typed<double>(*v);
    if (v->type == "Tensor") return typed<Tensor>(*v);
    if (v->type == "str") return typed<std::string>(*v);
    return list(v->values);
  }
  IValue operator()(const std::shared_ptr<Dict>& v) {
    IValue::Dict dict;
    for (const auto& [key, value] : v->pairs) {
      const std::string* name = key.get<std::string>();
      if (!name) throw PickleError("a dict whose keys are no texts");
      dict[*name] = convert(value);
    }
    return dict;
  }
  template <class Other> IValue operator()(const Other&) {
    throw PickleError("a module, not a value");
  }
  IValue convert(const Value& value) {
    if (++depth_ > deepest || ++count_ > most) throw PickleError("values are nested too deeply");
    IValue result = std::visit(*this, value.value);
    --depth_;
    return result;
  }

 private:
  IValue list(const Values& values) {
    IValue::List all;
    for (const Value& v : values) all.push_back(convert(v));
    return all;
  }
  template <class T> IValue typed(const List& list) {
    std::vector<T> all;
    for (const Value& v : list.values) {
      if (!v.get<T>()) throw PickleError("a list of " + list.type + " holds something else");
      all.push_back(*v.get<T>());
    }
    return all;
  }
  int depth_ = 0;
  int64_t count_ = 0;
};
}  // namespace

IValue to_ivalue(const Value& value) { return ToIValue().convert(value); }

Value from_ivalue(const IValue& v) {
  if (v.isNone()) return {};
  if (v.isTensor()) return {v.toTensor()};
  if (v.isDouble()) return {v.toDouble()};
  if (v.isInt()) return {v.toInt()};
  if (v.isBool()) return {v.toBool()};
  if (v.isString()) return {v.toStringRef()};
  if (v.isList()) {
    List list;
    for (const IValue& element : v.toListRef()) list.values.push_back(from_ivalue(element));
    list.type = v.isTensorList()          ? "Tensor"
                : v.isIntList()           ? "int"
                : v.isDoubleList()        ? "float"
                : v.isBoolList()          ? "bool"
                : list.values.empty()     ? "Tensor"
                                          : type_name(list.values[0]);
    return {std::make_shared<List>(std::move(list))};
  }
  if (v.isGenericDict()) {
    Dict dict;
    for (const auto& [key, value] : v.toGenericDict())
      dict.pairs.emplace_back(Value{key}, from_ivalue(value));
    dict.type = "Dict[str, " + (dict.pairs.empty() ? "Tensor" : type_name(dict.pairs[0].second)) +
                "]";
    return {std::make_shared<Dict>(std::move(dict))};
  }
  throw PickleError("an IValue of kind " + v.tagKind() + " cannot be saved");
}

void OutputArchive::write(const std::string& key, const IValue& ivalue) {
  try {
    put(key, from_ivalue(ivalue));
  } catch (const PickleError& e) {
    TORCH_CHECK(false, "'", key, "': ", e.what());
  }
}
bool InputArchive::try_read(const std::string& key, IValue& ivalue) {
  const Value* value = find(key);
  if (!value) return false;
  try {
    ivalue = to_ivalue(*value);
  } catch (const PickleError& e) {
    TORCH_CHECK(false, "'", full_name(key), "': ", e.what());
  }
  return true;
}
void InputArchive::read(const std::string& key, IValue& ivalue) {
  TORCH_CHECK(try_read(key, ivalue), "the archive does not have a field with name '",
              full_name(key), "'");
}
}  // namespace serialize
}  // namespace torch
