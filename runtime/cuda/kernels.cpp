#include "runtime/cuda/kernels.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "runtime/cuda/cubin_cache.h"
#include "runtime/cuda/device.h"
#include "runtime/executable/kernel_cache.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

constexpr size_t kKernelsPerProgram = 16;

/// A module in a context, unloaded when nobody has a kernel of it.
struct Module {
  Device& device;
  CUmodule handle = nullptr;

  Module(Device& device, const std::string& image, const std::string& arch) : device(device) {
    device.activate();
    const CUresult failed = device.driver.cuModuleLoadData(&handle, image.c_str());
    if (!failed) return;
    int version = 0;
    device.driver.cuDriverGetVersion(&version);
    throw_error(failed, "loading kernels for " + arch + " that NVRTC " +
                            std::to_string(nvrtc()->major) + "." + std::to_string(nvrtc()->minor) +
                            " made; the driver is for CUDA " + std::to_string(version / 1000) +
                            "." + std::to_string(version % 1000 / 10));
  }
  /// What was launched must be done.
  ~Module() {
    if (device.driver.cuCtxSetCurrent(device.context)) return;
    device.driver.cuStreamSynchronize(device.stream);
    device.driver.cuModuleUnload(handle);
  }
};

std::atomic<size_t> compiled_kernels{0}, compiled_programs{0}, kernels_on_disk{0};

/// The programs of one call of load().
class Loading {
 public:
  Loading(int device, const std::vector<KernelSource>& kernels)
      : device_(Device::get(device)),
        kernels_(kernels),
        arch_(arch_for(*nvrtc(), device_.properties.major, device_.properties.minor)),
        modules_(kernels.size()),
        start_(nvrtc()->identity) {
    for (const std::string& option : compile_options(arch_)) start_ += '\n' + option;
    start_ += '\n';
  }

  std::vector<LoadedKernel> run() {
    std::vector<size_t> missing;
    for (size_t i = 0; i < kernels_.size(); ++i)
      if (!find(i)) missing.push_back(i);
    compile(divide(missing));
    std::vector<LoadedKernel> loaded;
    for (size_t i = 0; i < kernels_.size(); ++i) loaded.push_back(kernel(i));
    return loaded;
  }

 private:
  using Group = std::vector<size_t>;

  std::string key(const Group& group) const {
    std::vector<KernelSource> sources;
    for (size_t i : group) sources.push_back(kernels_[i]);
    return start_ + program_text(sources);
  }
  /// Under a kernel's own key lies that of the program it was compiled in.
  std::string name_key(size_t i) const { return "program of " + key({i}); }

  bool find(size_t i) {
    const std::optional<std::string> program = CubinCache::get().find(name_key(i));
    if (!program) return false;
    auto [at, is_new] = on_disk_.try_emplace(*program);
    if (is_new)
      if (auto image = CubinCache::get().find(*program))
        at->second = std::make_shared<Module>(device_, *image, arch_);
    modules_[i] = at->second;
    if (modules_[i]) ++kernels_on_disk;
    return modules_[i] != nullptr;
  }

  /// So many programs that every core has one, but no longer ones than is good.
  std::vector<Group> divide(const std::vector<size_t>& missing) const {
    const size_t cores = std::max(1u, std::thread::hardware_concurrency());
    const size_t each =
        std::clamp<size_t>((missing.size() + cores - 1) / cores, 1, kKernelsPerProgram);
    std::vector<Group> groups;
    std::set<std::string> names;
    for (size_t i : missing) {
      if (groups.empty() || groups.back().size() == each || names.count(kernels_[i].name)) {
        groups.emplace_back();
        names.clear();
      }
      groups.back().push_back(i);
      names.insert(kernels_[i].name);
    }
    return groups;
  }

  void compile(const std::vector<Group>& groups) {
    std::atomic<size_t> next{0};
    std::exception_ptr error;
    std::mutex mutex;
    auto work = [&] {
      for (size_t g; (g = next++) < groups.size();) try {
          compile(groups[g]);
        } catch (...) {
          std::lock_guard<std::mutex> lock(mutex);
          if (!error) error = std::current_exception();
        }
    };
    const size_t threads = std::min<size_t>(groups.size(), std::thread::hardware_concurrency());
    std::vector<std::thread> others;
    for (size_t t = 1; t < threads; ++t) others.emplace_back(work);
    work();
    for (std::thread& t : others) t.join();
    if (error) std::rethrow_exception(error);
  }

  void compile(const Group& group) {
    std::vector<KernelSource> sources;
    for (size_t i : group) sources.push_back(kernels_[i]);
    const auto begun = std::chrono::steady_clock::now();
    Compiled made;
    try {
      made = compile_for(*nvrtc(), arch_, sources);
    } catch (const std::runtime_error&) {
      if (group.size() == 1) throw;
      for (size_t i : group) compile(Group{i});  // the one that is wrong says so
      return;
    }
    const double ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
    log("compiled " + std::to_string(group.size()) + " kernels (" + sources[0].name +
        (group.size() > 1 ? ", ..." : "") + ") for " + arch_ + " in " +
        std::to_string(static_cast<int>(ms)) + " ms");
    ++compiled_programs;
    compiled_kernels += group.size();
    auto module = std::make_shared<Module>(device_, made.image, arch_);
    for (size_t i : group) modules_[i] = module;
    keep(group, made.image);
  }

  void keep(const Group& group, const std::string& image) const {
    const KernelKey hash = kernel_key(key(group));
    const std::string program =
        "cubin " + std::to_string(hash.high) + " " + std::to_string(hash.low);
    CubinCache::get().keep(program, image);
    for (size_t i : group) CubinCache::get().keep(name_key(i), program);
  }

  LoadedKernel kernel(size_t i) const {
    const std::string& name = kernels_[i].name;
    LoadedKernel loaded;
    const CUfunction f = function(i, name);
    loaded.function = f;
    if (const std::string many = name + "_many"; kernels_[i].text.find(many) != std::string::npos)
      loaded.many = function(i, many);
    loaded.keep_alive = modules_[i];
    loaded.registers = attribute(f, CU_FUNC_ATTRIBUTE_NUM_REGS);
    loaded.spill_bytes = attribute(f, CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES);
    loaded.static_shared_bytes = attribute(f, CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES);
    return loaded;
  }
  CUfunction function(size_t i, const std::string& name) const {
    const Driver& d = device_.driver;
    device_.activate();
    CUfunction f = nullptr;
    if (CUresult failed = d.cuModuleGetFunction(&f, modules_[i]->handle, name.c_str()))
      throw_error(failed, "looking for the kernel " + name);
    const int most = static_cast<int>(device_.properties.shared_bytes) -
                     attribute(f, CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES);
    check(d.cuFuncSetAttribute(f, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, most),
          "allowing a kernel all shared memory");
    return f;
  }
  int attribute(CUfunction f, CUfunction_attribute which) const {
    int value = 0;
    check(device_.driver.cuFuncGetAttribute(&value, which, f),
          "asking for an attribute of a kernel");
    return value;
  }

  Device& device_;
  const std::vector<KernelSource>& kernels_;
  const std::string arch_;
  std::vector<std::shared_ptr<Module>> modules_;
  std::map<std::string, std::shared_ptr<Module>> on_disk_;
  std::string start_;  // of every key: who compiles, and how
};
}  // namespace

std::vector<LoadedKernel> load(int device, const std::vector<KernelSource>& kernels) {
  return Loading(device, kernels).run();
}

LoadStatistics load_statistics() { return {compiled_kernels, compiled_programs, kernels_on_disk}; }
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
