#include "frontend/serialize/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <system_error>

namespace torch {
namespace serialize {
namespace {
[[noreturn]] void fail(const std::string& path) {
  throw std::system_error(errno, std::generic_category(), "cannot write " + path);
}
struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

// The file that a name leads to, through links.
std::string target(const std::string& path) {
  char* real = ::realpath(path.c_str(), nullptr);
  if (!real) return path;
  std::string result = real;
  std::free(real);
  return result;
}
std::string folder(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}
mode_t mode_of_new_files() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}
void sync_folder(const std::string& path) {
  const int fd = ::open(folder(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

// The new file, until it has its name.
class Temporary {
 public:
  explicit Temporary(const std::string& beside) : name_(beside + ".XXXXXX") {
    const int fd = ::mkostemp(name_.data(), O_CLOEXEC);
    if (fd < 0) fail(beside);
    file_.reset(::fdopen(fd, "wb"));
  }
  ~Temporary() {
    if (!name_.empty()) ::unlink(name_.c_str());
  }
  std::FILE* file() const { return file_.get(); }
  void become(const std::string& path, mode_t mode) {
    std::FILE* file = file_.get();
    if (std::fflush(file) != 0 || ::fchmod(::fileno(file), mode) != 0 ||
        ::fsync(::fileno(file)) != 0 || std::fclose(file_.release()) != 0 ||
        ::rename(name_.c_str(), path.c_str()) != 0)
      fail(path);
    name_.clear();
  }

 private:
  std::string name_;
  File file_;
};
}  // namespace

void put(std::FILE* file, const void* data, size_t bytes) {
  if (bytes && std::fwrite(data, 1, bytes, file) != bytes)
    throw std::system_error(errno, std::generic_category(), "cannot write");
}

void write_atomically(const std::string& name, const std::function<void(std::FILE*)>& write) {
  const std::string path = target(name);
  struct stat before;
  const bool exists = ::stat(path.c_str(), &before) == 0;
  if (exists && !S_ISREG(before.st_mode)) {
    File file(std::fopen(path.c_str(), "wb"));
    if (!file) fail(path);
    write(file.get());
    if (std::fclose(file.release()) != 0) fail(path);
    return;
  }
  Temporary temporary(path);
  write(temporary.file());
  temporary.become(path, exists ? before.st_mode & 07777 : mode_of_new_files());
  sync_folder(path);
}
}  // namespace serialize
}  // namespace torch
