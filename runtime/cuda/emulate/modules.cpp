// Modules, functions, launches.
#include <cstring>
#include <memory>
#include <stdexcept>

#include "runtime/cuda/emulate/compile.h"
#include "runtime/cuda/emulate/driver_state.h"

namespace torch {
namespace runtime {
namespace cuda {

struct CUfunc_st {
  std::string name;
  emulate::Entry entry;
  std::vector<size_t> sizes;  // of the parameters
};
struct CUmod_st {
  explicit CUmod_st(const std::string& image) : code(image) {}
  emulate::Module code;
  std::map<std::string, std::unique_ptr<CUfunc_st>> functions;
};

namespace emulate {

CUresult argument_sizes(CUfunction function, std::vector<size_t>* sizes) {
  *sizes = function->sizes;
  return CUDA_SUCCESS;
}

CUresult cuModuleLoadData(CUmodule* module, const void* image) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (s.lost) return s.lost;
  if (!current_context()) return CUDA_ERROR_INVALID_CONTEXT;
  std::string code;
  if (!read_image(static_cast<const char*>(image), &code)) return CUDA_ERROR_INVALID_IMAGE;
  try {
    *module = new CUmod_st(code);
  } catch (const std::runtime_error& e) {
    s.message = e.what();
    return CUDA_ERROR_INVALID_IMAGE;
  }
  s.modules.insert(*module);
  return CUDA_SUCCESS;
}

CUresult cuModuleUnload(CUmodule module) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.modules.count(module)) return CUDA_ERROR_INVALID_HANDLE;
  catch_up();
  s.modules.erase(module);
  delete module;
  return s.lost;
}

CUresult cuModuleGetFunction(CUfunction* function, CUmodule module, const char* name) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (!s.modules.count(module)) return CUDA_ERROR_INVALID_HANDLE;
  std::unique_ptr<CUfunc_st>& known = module->functions[name];
  if (!known) {
    const Entry entry = module->code.function(name);
    if (!entry) return CUDA_ERROR_NOT_FOUND;
    known.reset(new CUfunc_st{name, entry, module->code.argument_sizes(name)});
  }
  *function = known.get();
  return CUDA_SUCCESS;
}

CUresult cuFuncGetAttribute(int* value, CUfunction_attribute attribute, CUfunction) {
  switch (attribute) {
    case CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK: *value = kMaxThreads; break;
    case CU_FUNC_ATTRIBUTE_NUM_REGS: *value = 32; break;
    case CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES:
    case CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES: *value = 0; break;
    default: return CUDA_ERROR_INVALID_VALUE;
  }
  return CUDA_SUCCESS;
}
CUresult cuFuncSetAttribute(CUfunction, CUfunction_attribute attribute, int value) {
  if (attribute != CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES || value < 0)
    return CUDA_ERROR_INVALID_VALUE;
  return static_cast<size_t>(value) > kMaxShared ? CUDA_ERROR_INVALID_VALUE : CUDA_SUCCESS;
}
CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, CUfunction, int threads,
                                                     size_t shared_bytes) {
  if (threads < 1 || threads > static_cast<int>(kMaxThreads)) return CUDA_ERROR_INVALID_VALUE;
  const size_t by_memory = kMaxShared / (shared_bytes + 1024);
  *blocks = static_cast<int>(std::min<size_t>(2048 / static_cast<size_t>(threads), by_memory));
  return CUDA_SUCCESS;
}

CUresult cuLaunchKernel(CUfunction f, unsigned grid_x, unsigned grid_y, unsigned grid_z,
                        unsigned block_x, unsigned block_y, unsigned block_z, unsigned shared_bytes,
                        CUstream stream, void** parameters, void** extra) {
  State& s = state();
  std::lock_guard<std::recursive_mutex> lock(s.mutex);
  if (s.lost) return s.lost;
  if (!current_context()) return CUDA_ERROR_INVALID_CONTEXT;
  if (!s.streams.count(stream)) return CUDA_ERROR_INVALID_HANDLE;
  if (grid_x == 0 || grid_x > 0x7fffffffu || grid_y != 1 || grid_z != 1 || block_x == 0 ||
      block_x > kMaxThreads || block_y != 1 || block_z != 1 || shared_bytes > kMaxShared || extra)
    return CUDA_ERROR_INVALID_VALUE;
  if (happens(s.faults.launch)) return CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES;
  std::vector<std::vector<char>> arguments;
  for (size_t i = 0; i < f->sizes.size(); ++i) {
    const char* from = static_cast<const char*>(parameters[i]);
    arguments.emplace_back(from, from + f->sizes[i]);
  }
  return enqueue(stream, [=]() mutable {
    std::vector<void*> addresses;
    for (std::vector<char>& a : arguments) addresses.push_back(a.data());
    ++state().calls.kernels;
    const std::string wrong = launch(f->entry, grid_x, block_x, shared_bytes, addresses.data());
    if (wrong.empty()) return CUDA_SUCCESS;
    state().message = f->name + ": " + wrong;
    return state().lost = CUDA_ERROR_LAUNCH_FAILED;
  });
}
}  // namespace emulate
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
