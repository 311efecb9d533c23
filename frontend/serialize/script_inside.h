/// Archives as TorchScript sees them: each level is a class named Module, whose code lists the types
/// of its attributes.
#pragma once
#include <map>

#include "frontend/autograd/grad_mode.h"
#include "frontend/record/eval.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/serialize/pickle.h"

namespace torch {
namespace serialize {

/// What an archive that is written holds, in order.
struct Tree {
  enum Kind { attribute, parameter, buffer, submodule };
  struct Entry {
    std::string key;
    Kind kind;
    Value value;
    std::shared_ptr<Tree> nested;  // of a submodule
  };
  std::vector<Entry> entries;
  /// In the place of an entry of that name, or at the end.
  void put(Entry entry);
};

struct Script {
  Value root;
  std::vector<std::pair<std::string, std::string>> code;  // file below code/, text
};
Script to_script(const Tree& tree);
/// "Tuple[float, float]".
std::string type_name(const Value& value);
}  // namespace serialize
}  // namespace torch
