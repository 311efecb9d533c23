#include <cctype>
#include <set>

#include "frontend/serialize/script_inside.h"

namespace torch {
namespace serialize {
namespace {
// What may stand as a name in the code; other names go into a dict of annotations.
bool is_identifier(const std::string& name) {
  static const std::set<std::string> words{
      "False", "None",   "True",    "and",    "as",   "assert", "async", "await",    "break",
      "class", "continue", "def",   "del",    "elif", "else",   "except", "finally", "for",
      "from",  "global", "if",      "import", "in",   "is",     "lambda", "nonlocal", "not",
      "or",    "pass",   "raise",   "return", "try",  "while",  "with",  "yield",    "print"};
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) || words.count(name))
    return false;
  for (char c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_') return false;
  return true;
}
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') out += "\\n";
    else out += c;
  }
  return out + "\"";
}

class Scripter {
 public:
  Script run(const Tree& tree) {
    script_.root = module(tree);
    return std::move(script_);
  }

 private:
  // A class of its own for each module: the first is __torch__.Module, others have a number.
  Value module(const Tree& tree) {
    const int number = count_++;
    const std::string place =
        number ? "__torch__.___torch_mangle_" + std::to_string(number - 1) : "__torch__";
    auto object = std::make_shared<Object>();
    object->type = {place, "Module"};
    const size_t at = script_.code.size();
    script_.code.emplace_back();  // its code stands before that of its parts
    std::string parameters, buffers, attributes;
    for (const Tree::Entry& entry : tree.entries) {
      const Value value = entry.kind == Tree::submodule ? module(*entry.nested) : entry.value;
      if (entry.kind == Tree::parameter) parameters += quoted(entry.key) + ", ";
      if (entry.kind == Tree::buffer) buffers += quoted(entry.key) + ", ";
      const std::string type = type_name(value);
      if (is_identifier(entry.key)) {
        attributes += "  " + entry.key + " : " + type + "\n";
      } else {
        if (attributes.empty()) attributes = "  __annotations__ = []\n";
        attributes += "  __annotations__[" + quoted(entry.key) + "] = " + type + "\n";
      }
      object->fields.emplace_back(Value{entry.key}, value);
    }
    script_.code[at] = {number ? "__torch__/___torch_mangle_" + std::to_string(number - 1) + ".py"
                               : "__torch__.py",
                        "class Module(Module):\n  __parameters__ = [" + parameters +
                            "]\n  __buffers__ = [" + buffers + "]\n" + attributes};
    return {std::move(object)};
  }
  Script script_;
  int count_ = 0;
};

struct TypeOf {
  std::string operator()(std::monostate) const { return "NoneType"; }
  std::string operator()(bool) const { return "bool"; }
  std::string operator()(int64_t) const { return "int"; }
  std::string operator()(double) const { return "float"; }
  std::string operator()(const std::string&) const { return "str"; }
  std::string operator()(const Tensor&) const { return "Tensor"; }
  std::string operator()(const std::shared_ptr<List>& v) const { return "List[" + v->type + "]"; }
  std::string operator()(const std::shared_ptr<Dict>& v) const { return v->type; }
  std::string operator()(const std::shared_ptr<Tuple>& v) const {
    std::string all;
    for (const Value& element : v->values) all += (all.empty() ? "" : ", ") + type_name(element);
    return "Tuple[" + (all.empty() ? "()" : all) + "]";
  }
  std::string operator()(const std::shared_ptr<Object>& v) const {
    return v->type.module + "." + v->type.name;
  }
  template <class Other> std::string operator()(const Other&) const {
    throw PickleError("a value of a kind that cannot be saved");
  }
};
}  // namespace

void Tree::put(Entry entry) {
  for (Entry& old : entries)
    if (old.key == entry.key) {
      old = std::move(entry);
      return;
    }
  entries.push_back(std::move(entry));
}
std::string type_name(const Value& value) { return std::visit(TypeOf(), value.value); }
Script to_script(const Tree& tree) { return Scripter().run(tree); }
}  // namespace serialize
}  // namespace torch
