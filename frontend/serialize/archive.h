/// Archives: trees of named tensors and values in files, in the format of libtorch's: a zip of a
/// pickle and the tensors' bytes. Files of libtorch's `torch::save` load here and the other way
/// round. A file is written whole or not at all; a damaged one is a c10::Error that costs no more
/// memory than the file has bytes.
#pragma once
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "frontend/tensor/ivalue.h"

namespace torch {
namespace jit {
/// libtorch's archives share one; here it is nothing.
struct CompilationUnit {};
}  // namespace jit
namespace serialize {
struct Value;
struct Tree;
struct Loaded;
using Writer = std::function<size_t(const void* data, size_t bytes)>;
using Reader = std::function<size_t(uint64_t position, void* to, size_t bytes)>;

class OutputArchive final {
 public:
  OutputArchive();
  explicit OutputArchive(std::shared_ptr<jit::CompilationUnit>) : OutputArchive() {}
  OutputArchive(OutputArchive&&) noexcept;
  OutputArchive& operator=(OutputArchive&&) noexcept;
  ~OutputArchive();
  std::shared_ptr<jit::CompilationUnit> compilation_unit() const { return nullptr; }

  /// Puts a tensor under a name; a buffer is one that is not trained.
  void write(const std::string& key, const Tensor& tensor, bool is_buffer = false);
  /// Puts what another archive has so far under a name.
  void write(const std::string& key, OutputArchive& nested_archive);
  void write(const std::string& key, const c10::IValue& ivalue);
  void put(const std::string& key, const Value& value);

  void save_to(const std::string& filename, WEFT_WHERE);
  void save_to(std::ostream& stream, WEFT_WHERE);
  void save_to(const Writer& func, WEFT_WHERE);

  template <typename... Ts> void operator()(Ts&&... ts) { write(std::forward<Ts>(ts)...); }

 private:
  std::shared_ptr<Tree> tree_;
};

class InputArchive final {
 public:
  InputArchive();
  InputArchive(InputArchive&&) noexcept;
  InputArchive& operator=(InputArchive&&) noexcept;
  ~InputArchive();

  /// Gives the tensor of that name: into the memory's place of a tensor that is defined. False when
  /// there is none.
  bool try_read(const std::string& key, Tensor& tensor, bool is_buffer = false);
  /// The same; an error when there is none.
  void read(const std::string& key, Tensor& tensor, bool is_buffer = false);
  bool try_read(const std::string& key, c10::IValue& ivalue);
  void read(const std::string& key, c10::IValue& ivalue);
  bool try_read(const std::string& key, InputArchive& archive);
  void read(const std::string& key, InputArchive& archive);
  /// Null when there is none.
  const Value* find(const std::string& key) const;

  /// Reads a file whole. Also Python's torch.save of a dict of tensors.
  void load_from(const std::string& filename, optional<Device> device = nullopt, WEFT_WHERE);
  void load_from(std::istream& stream, optional<Device> device = nullopt, WEFT_WHERE);
  void load_from(const char* data, size_t size, optional<Device> device = nullopt, WEFT_WHERE);
  void load_from(const Reader& read_func, const std::function<size_t()>& size_func,
                 optional<Device> device = nullopt, WEFT_WHERE);
  std::vector<std::string> keys();

  template <typename... Ts> void operator()(Ts&&... ts) { read(std::forward<Ts>(ts)...); }

  /// Runs `load`; if it throws, tensors that were read into have their old values again.
  void all_or_nothing(const std::function<void()>& load);

 private:
  std::string full_name(const std::string& key) const;
  std::shared_ptr<Loaded> loaded_;  // shared with archives that were read from this one
  std::shared_ptr<const Value> node_;
  std::string prefix_;
};
}  // namespace serialize

serialize::OutputArchive& operator<<(serialize::OutputArchive& archive, const Tensor& tensor);
serialize::InputArchive& operator>>(serialize::InputArchive& archive, Tensor& tensor);
}  // namespace torch
