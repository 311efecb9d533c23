#include "runtime/cuda/library.h"

#include <dlfcn.h>
#include <link.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace torch {
namespace runtime {
namespace cuda {

Library open_library(const std::vector<std::string>& names) {
  Library library;
  for (const std::string& name : names) {
    library.handle = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library.handle) {
      link_map* map = nullptr;
      if (dlinfo(library.handle, RTLD_DI_LINKMAP, &map) == 0 && map) library.path = map->l_name;
      if (library.path.empty()) library.path = name;
      library.error.clear();
      return library;
    }
    const char* why = dlerror();
    if (library.error.empty()) library.error = why ? why : "cannot load " + name;
  }
  return library;
}

void* symbol(const Library& library, const char* name) { return dlsym(library.handle, name); }

std::vector<std::string> toolkit_folders() {
  namespace fs = std::filesystem;
  std::vector<std::string> roots, folders;
  for (const char* variable : {"CUDA_HOME", "CUDA_PATH"})
    if (const char* root = std::getenv(variable); root && *root) roots.push_back(root);
  const size_t named = roots.size();
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator("/usr/local", ignored))
    if (entry.path().filename().string().rfind("cuda", 0) == 0)
      roots.push_back(entry.path().string());
  std::sort(roots.begin() + static_cast<std::ptrdiff_t>(named), roots.end(), std::greater<>());
  for (const std::string& root : roots)
    for (const char* folder : {"/lib64", "/lib", "/targets/x86_64-linux/lib"})
      if (fs::is_directory(root + folder, ignored)) folders.push_back(root + folder);
  return folders;
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
