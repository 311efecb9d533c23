#include "runtime/cuda/nvrtc.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "runtime/cuda/driver.h"
#include "runtime/cuda/emulate/emulate.h"
#include "runtime/cuda/library.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

constexpr const char* kNames[] = {"libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so"};

/// $WEFT_NVRTC alone, or the names of the loader's path, then those of the toolkits.
std::vector<std::string> candidates() {
  if (const char* set = std::getenv("WEFT_NVRTC"); set && *set) return {set};
  std::vector<std::string> all(std::begin(kNames), std::end(kNames));
  for (const std::string& folder : toolkit_folders())
    for (const char* name : kNames)
      if (std::filesystem::exists(folder + "/" + name)) all.push_back(folder + "/" + name);
  return all;
}

FoundNvrtc find() {
  if (knobs().cuda == Knobs::Cuda::emulate) return {emulated_nvrtc(), ""};
  return find_nvrtc(candidates());
}
const FoundNvrtc& found() {
  static const FoundNvrtc* once = new FoundNvrtc(find());
  return *once;
}

/// NVRTC opens its second half by name, and the loader does not look beside the first.
std::string load_builtins(const Library& library, const Nvrtc& n) {
  const std::string name =
      "libnvrtc-builtins.so." + std::to_string(n.major) + "." + std::to_string(n.minor);
  const std::filesystem::path folder = std::filesystem::path(library.path).parent_path();
  const Library builtins = open_library({(folder / name).string(), name});
  if (builtins.handle) return "";
  return "no NVRTC: " + library.path + " is there, but its " + name + " is not (" + builtins.error +
         ")";
}
}  // namespace

FoundNvrtc find_nvrtc(const std::vector<std::string>& libraries) {
  FoundNvrtc result;
  const Library library = open_library(libraries);
  if (!library.handle) {
    result.absence = "no NVRTC: " + library.error + " (WEFT_NVRTC names the library)";
    return result;
  }
  auto* n = new Nvrtc();
  auto resolve = [&](auto& member, const char* name) {
    member = reinterpret_cast<std::decay_t<decltype(member)>>(symbol(library, name));
    if (!member && result.absence.empty())
      result.absence = "NVRTC too old: " + library.path + " has no " + name;
  };
#define WEFT_RESOLVE(name, parameters) resolve(n->name, #name);
  WEFT_NVRTC(WEFT_RESOLVE)
#undef WEFT_RESOLVE
  resolve(n->nvrtcGetErrorString, "nvrtcGetErrorString");
  if (result.absence.empty()) {
    int count = 0;
    n->nvrtcVersion(&n->major, &n->minor);
    n->nvrtcGetNumSupportedArchs(&count);
    n->archs.resize(static_cast<size_t>(count));
    n->nvrtcGetSupportedArchs(n->archs.data());
    std::sort(n->archs.begin(), n->archs.end());
    result.absence = load_builtins(library, *n);
  }
  if (!result.absence.empty()) {
    delete n;
    return result;
  }
  n->identity = "NVRTC " + std::to_string(n->major) + "." + std::to_string(n->minor);
  log(n->identity + ", " + library.path);
  result.nvrtc = n;
  return result;
}

const Nvrtc* nvrtc() { return found().nvrtc; }
const std::string& nvrtc_absence() { return found().absence; }
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
