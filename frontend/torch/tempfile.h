/// Temporary files that go with their objects.
#pragma once
#include <string>

#include "frontend/tensor/location.h"

namespace c10 {
/// An open file in $TMPDIR (or /tmp), removed by the destructor.
struct TempFile {
  TempFile(std::string name, int fd) : fd(fd), name(std::move(name)) {}
  TempFile(TempFile&& other) noexcept : fd(other.fd), name(std::move(other.name)) { other.fd = -1; }
  TempFile& operator=(TempFile&& other) noexcept;
  ~TempFile();
  int fd;
  std::string name;
};
/// An empty folder, removed by the destructor when it is empty then.
struct TempDir {
  explicit TempDir(std::string name) : name(std::move(name)) {}
  TempDir(TempDir&& other) noexcept : name(std::move(other.name)) { other.name.clear(); }
  TempDir& operator=(TempDir&& other) noexcept;
  ~TempDir();
  std::string name;
};
TempFile make_tempfile(const std::string& name_prefix = "torch-file-",
                       torch::Location where = torch::Location::current());
TempDir make_tempdir(const std::string& name_prefix = "torch-dir-",
                     torch::Location where = torch::Location::current());
}  // namespace c10
