#include "runtime/cuda/emulate/compile.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "runtime/cuda/prelude/prelude.h"
#include "runtime/device/poison.h"

extern char** environ;

namespace torch {
namespace runtime {
namespace cuda {
namespace emulate {
namespace {

// A file of its own name that is gone at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content) {
    const char* folder = std::getenv("TMPDIR");
    path_ = std::string(folder && *folder ? folder : "/tmp") + "/weft_emulate_XXXXXX";
    const int file = mkstemp(path_.data());
    if (file < 0) throw std::runtime_error("cannot make a file " + path_ + ": " + strerror(errno));
    size_t done = 0;
    while (done < content.size()) {
      const ssize_t n = write(file, content.data() + done, content.size() - done);
      if (n <= 0) break;
      done += static_cast<size_t>(n);
    }
    close(file);
    if (done < content.size()) {
      unlink(path_.c_str());
      throw std::runtime_error("cannot write " + path_);
    }
  }
  ~TemporaryFile() { unlink(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }
  std::string content() const {
    std::string all;
    const int file = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    char part[1 << 16];
    for (ssize_t n; file >= 0 && (n = read(file, part, sizeof part)) > 0;)
      all.append(part, static_cast<size_t>(n));
    if (file >= 0) close(file);
    return all;
  }

 private:
  std::string path_;
};

// Runs it with stdout and stderr in a file; its exit status, or -1.
int run(const std::vector<std::string>& command, const std::string& log) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  pid_t child;
  const int failed = posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (failed) return -1;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool is_on_path(const std::string& program) {
  if (program.find('/') != std::string::npos) return access(program.c_str(), X_OK) == 0;
  const char* path = std::getenv("PATH");
  for (std::string rest = path ? path : ""; !rest.empty();) {
    const size_t end = rest.find(':');
    if (access((rest.substr(0, end) + "/" + program).c_str(), X_OK) == 0) return true;
    rest = end == std::string::npos ? "" : rest.substr(end + 1);
  }
  return false;
}

std::vector<std::string> find_compiler() {
  std::vector<std::string> candidates{"clang++-19", "clang++", "g++", "c++"};
  if (const char* wanted = std::getenv("WEFT_EMULATE_CXX"); wanted && *wanted)
    candidates = {wanted};
  std::string all;
  for (const std::string& candidate : candidates) {
    all += (all.empty() ? "" : ", ") + candidate;
    if (!is_on_path(candidate)) continue;
    std::vector<std::string> command{
        candidate,         "-xc++",           "-std=c++20",           "-O1",
        "-fPIC",           "-shared",         "-fvisibility=hidden",  "-ffp-contract=off",
        "-fno-math-errno", "-fno-exceptions", "-fno-strict-aliasing", "-w"};
    // one instruction for an fma
    if (__builtin_cpu_supports("x86-64-v3")) command.push_back("-march=x86-64-v3");
#ifdef WEFT_ASAN
    command.push_back("-fsanitize=address");
#endif
    return command;
  }
  throw std::runtime_error(
      "WEFT_CUDA=emulate needs a C++ compiler: WEFT_EMULATE_CXX names it; looked for " + all);
}
const std::vector<std::string>& command() {
  static const std::vector<std::string> found = find_compiler();
  return found;
}

// The names of the functions that `__global__` stands before.
std::vector<std::string> kernels_of(const std::string& text) {
  const auto in_name = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  std::vector<std::string> names;
  for (size_t at = 0; (at = text.find("__global__", at)) != std::string::npos;) {
    at += strlen("__global__");
    size_t open = text.find('(', at);
    const size_t bounds = text.find("__launch_bounds__", at);
    if (bounds < open) open = text.find('(', text.find(')', open));
    if (open == std::string::npos) break;
    size_t end = open;
    while (end > at && !in_name(text[end - 1])) --end;
    size_t begin = end;
    while (begin > at && in_name(text[begin - 1])) --begin;
    names.push_back(text.substr(begin, end - begin));
  }
  return names;
}
}  // namespace

const std::string& compiler() {
  static const std::string all = [] {
    std::string words;
    for (const std::string& word : command()) words += (words.empty() ? "" : " ") + word;
    return words;
  }();
  return all;
}

std::string compile(const std::string& kernels) {
  std::string text(prelude_emulated());
  text += "\n#line 1 \"kernels\"\n" + kernels + "\n";
  for (const std::string& name : kernels_of(kernels))
    text += "extern \"C\" __attribute__((visibility(\"default\"))) void weft_entry_" + name +
            "(void** arguments) { weft_call(&" + name + ", arguments); }\n" +
            "extern \"C\" __attribute__((visibility(\"default\"))) int weft_sizes_" + name +
            "(int* sizes) { return weft_sizes(&" + name + ", sizes); }\n";
  const TemporaryFile source(text), image(""), log("");
  std::vector<std::string> words = command();
  words.insert(words.end(), {source.path(), "-o", image.path(), "-lm"});
  if (run(words, log.path()) != 0)
    throw std::runtime_error("the host's compiler refuses a kernel: " + compiler() + "\n" +
                             log.content());
  return image.content();
}

Module::Module(const std::string& image) {
  const TemporaryFile file(image);
  handle_ = dlopen(file.path().c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle_) throw std::runtime_error(std::string("cannot load a kernel: ") + dlerror());
}
Module::~Module() { dlclose(handle_); }
Entry Module::function(const std::string& name) const {
  return reinterpret_cast<Entry>(dlsym(handle_, ("weft_entry_" + name).c_str()));
}
std::vector<size_t> Module::argument_sizes(const std::string& name) const {
  auto sizes = reinterpret_cast<int (*)(int*)>(dlsym(handle_, ("weft_sizes_" + name).c_str()));
  std::vector<int> all(sizes ? static_cast<size_t>(sizes(nullptr)) : 0);
  if (sizes) sizes(all.data());
  return {all.begin(), all.end()};
}
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
