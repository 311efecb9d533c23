#include "frontend/torch/tempfile.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "frontend/tensor/error.h"

namespace c10 {
namespace {
std::string pattern(const std::string& prefix) {
  const char* folder = std::getenv("TMPDIR");
  return std::string(folder && *folder ? folder : "/tmp") + "/" + prefix + "XXXXXX";
}
[[noreturn]] void fail(const char* what, const std::string& name, torch::Location where) {
  throw Error(std::string("Error generating temporary ") + what + " " + name + ": " +
                  std::strerror(errno),
              where);
}
}  // namespace

TempFile& TempFile::operator=(TempFile&& other) noexcept {
  std::swap(fd, other.fd);
  std::swap(name, other.name);
  return *this;
}
TempFile::~TempFile() {
  if (fd < 0) return;
  unlink(name.c_str());
  close(fd);
}
TempDir& TempDir::operator=(TempDir&& other) noexcept {
  std::swap(name, other.name);
  return *this;
}
TempDir::~TempDir() {
  if (!name.empty()) rmdir(name.c_str());
}
TempFile make_tempfile(const std::string& name_prefix, torch::Location where) {
  std::string name = pattern(name_prefix);
  const int fd = mkstemp(name.data());
  if (fd < 0) fail("file", name, where);
  return TempFile(name, fd);
}
TempDir make_tempdir(const std::string& name_prefix, torch::Location where) {
  std::string name = pattern(name_prefix);
  if (!mkdtemp(name.data())) fail("directory", name, where);
  return TempDir(name);
}
}  // namespace c10
