/// The part of Python's pickles that tensors are saved in: numbers, texts, lists, tuples, dicts,
/// tensors, and objects as a class's name with fields. Nothing is ever called: a pickle is data.
#pragma once
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "frontend/tensor/tensor.h"

namespace torch {
namespace serialize {

/// "the pickle is damaged at byte 17: ...".
struct PickleError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Value;
using Values = std::vector<Value>;
using Pairs = std::vector<std::pair<Value, Value>>;
/// A list; `type` is that of its elements in TorchScript ("int"), where it is known.
struct List {
  std::string type;
  Values values;
};
struct Tuple {
  Values values;
};
struct Dict {
  std::string type;  // "Dict[str, int]", where it is known
  Pairs pairs;
};
/// A class, or a function: "torch._utils", "_rebuild_tensor_v2".
struct Global {
  std::string module, name;
};
/// An instance of a class, with its fields.
struct Object {
  Global type;
  Pairs fields;
};
/// The memory of tensors: a record of the archive.
struct StoredMemory {
  ScalarType dtype;
  std::string key;
  int64_t numel;
  std::string device;  // where it was: "cpu", "cuda:0"
};
/// Copies share what is behind the pointers, as in Python.
struct Value {
  std::variant<std::monostate, bool, int64_t, double, std::string, Tensor, std::shared_ptr<List>,
               std::shared_ptr<Tuple>, std::shared_ptr<Dict>, std::shared_ptr<Object>,
               std::shared_ptr<Global>, std::shared_ptr<StoredMemory>>
      value;
  template <class T> const T* get() const {
    if constexpr (std::is_same<T, bool>::value || std::is_arithmetic<T>::value ||
                  std::is_same<T, std::string>::value || std::is_same<T, Tensor>::value) {
      return std::get_if<T>(&value);
    } else {
      const auto* shared = std::get_if<std::shared_ptr<T>>(&value);
      return shared ? shared->get() : nullptr;
    }
  }
  bool none() const { return value.index() == 0; }
};

/// The memory of a tensor, as it stands in an archive: `load` gives that of a record.
using LoadMemory = std::function<Tensor(const StoredMemory& memory)>;
std::shared_ptr<const Value> read_pickle(const std::string& bytes, const LoadMemory& load);

/// Gives the key under which the archive holds the tensor's memory.
using StoreMemory = std::function<StoredMemory(const Tensor& tensor)>;
std::string write_pickle(const Value& value, const StoreMemory& store);

/// "FloatStorage".
std::string storage_name(ScalarType dtype);
/// A tensor over a part of the memory (one-dimensional). Throws PickleError when that leaves it.
Tensor view_of_memory(const Tensor& memory, const std::vector<int64_t>& sizes,
                      const std::vector<int64_t>& strides, int64_t offset);
}  // namespace serialize
}  // namespace torch
