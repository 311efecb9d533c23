/// Zip archives, on Debian's minizip. What is written is stored as it is, each entry's data at a
/// multiple of 64 bytes; what is read may be compressed, and is checked: sizes against the
/// archive's before anything is allocated, contents against their CRC.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace torch {
namespace serialize {

/// "not a zip archive".
struct ZipError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Bytes somewhere: reads up to `bytes` from `position` on and gives how many.
using ReadAt = std::function<size_t(uint64_t position, void* to, size_t bytes)>;

class ZipReader {
 public:
  ZipReader(ReadAt read, uint64_t size);
  ~ZipReader();
  ZipReader(const ZipReader&) = delete;
  const std::vector<std::string>& names() const;
  bool contains(const std::string& name) const;
  /// The bytes of an entry, uncompressed.
  uint64_t size(const std::string& name) const;
  void read(const std::string& name, void* to) const;
  std::string read(const std::string& name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Writes to memory that grows.
class ZipWriter {
 public:
  ZipWriter();
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  void add(const std::string& name, const void* data, size_t bytes);
  void add(const std::string& name, const std::string& text) {
    add(name, text.data(), text.size());
  }
  /// The whole archive; nothing is added afterwards.
  const std::string& finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};
}  // namespace serialize
}  // namespace torch
