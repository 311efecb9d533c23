#include "runtime/cuda/cublaslt.h"

#include <mutex>
#include <stdexcept>
#include <type_traits>

#include "runtime/cuda/cublaslt_api.h"
#include "runtime/cuda/device.h"
#include "runtime/cuda/emulate/emulate.h"
#include "runtime/cuda/library.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {

/// What Hopper's algorithms like to have.
constexpr size_t kWorkspace = size_t(32) << 20;

FoundCublasLt find() {
  if (!driver()) return {nullptr, absence()};
  if (knobs().cuda == Knobs::Cuda::emulate) return {emulated_cublaslt(), ""};
  std::vector<std::string> names{"libcublasLt.so.13", "libcublasLt.so.12"};
  for (const std::string& folder : toolkit_folders()) names.push_back(folder + "/libcublasLt.so");
  FoundCublasLt found = find_cublaslt(names);
  log(found.table ? "cuBLASLt is there" : found.absence);
  return found;
}
const FoundCublasLt& found() {
  static const FoundCublasLt* once = new FoundCublasLt(find());
  return *once;
}

/// cuBLASLt's handle of a device; null when it makes none.
cublasLtHandle_t handle_of(int device) {
  static std::mutex mutex;
  static auto* handles = new std::vector<cublasLtHandle_t>();
  std::lock_guard<std::mutex> lock(mutex);
  const auto at = static_cast<size_t>(device);
  if (handles->size() <= at) handles->resize(at + 1);
  if (!(*handles)[at]) {
    Device::get(device).activate();
    found().table->cublasLtCreate(&(*handles)[at]);
  }
  return (*handles)[at];
}

/// A description of cuBLASLt's that ends with this.
template <class T> using Owned = std::unique_ptr<std::remove_pointer_t<T>, cublasStatus_t (*)(T)>;

Owned<cublasLtMatrixLayout_t> layout(const Product& p, cudaDataType_t type, int64_t rows,
                                     int64_t columns, int64_t leading, int64_t matrix) {
  const CublasLt& lt = *found().table;
  cublasLtMatrixLayout_t made = nullptr;
  lt.cublasLtMatrixLayoutCreate(&made, type, static_cast<uint64_t>(rows),
                                static_cast<uint64_t>(columns), leading);
  const auto batch = static_cast<int32_t>(p.batch);
  if (made && p.batch > 1) {
    lt.cublasLtMatrixLayoutSetAttribute(made, CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT, &batch,
                                        sizeof batch);
    lt.cublasLtMatrixLayoutSetAttribute(made, CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET, &matrix,
                                        sizeof matrix);
  }
  return {made, lt.cublasLtMatrixLayoutDestroy};
}

cudaDataType_t type_of(op::DType type) {
  switch (type) {
    case op::DType::Double: return CUDA_R_64F;
    case op::DType::Half: return CUDA_R_16F;
    case op::DType::BFloat16: return CUDA_R_16BF;
    default: return CUDA_R_32F;
  }
}
Owned<cublasLtMatmulDesc_t> description(const Product& p) {
  const CublasLt& lt = *found().table;
  const bool wide = p.type == op::DType::Double;
  const bool tf32 = p.type == op::DType::Float && p.tf32;
  cublasLtMatmulDesc_t made = nullptr;
  lt.cublasLtMatmulDescCreate(&made,
                              wide   ? CUBLAS_COMPUTE_64F
                              : tf32 ? CUBLAS_COMPUTE_32F_FAST_TF32
                                     : CUBLAS_COMPUTE_32F,
                              wide ? CUDA_R_64F : CUDA_R_32F);
  // Its matrices are column-major, ours seen so are transposed: c' = b' a'.
  const cublasOperation_t first = p.transposed_b ? CUBLAS_OP_T : CUBLAS_OP_N;
  const cublasOperation_t second = p.transposed_a ? CUBLAS_OP_T : CUBLAS_OP_N;
  if (made) {
    lt.cublasLtMatmulDescSetAttribute(made, CUBLASLT_MATMUL_DESC_TRANSA, &first, sizeof first);
    lt.cublasLtMatmulDescSetAttribute(made, CUBLASLT_MATMUL_DESC_TRANSB, &second, sizeof second);
  }
  return {made, lt.cublasLtMatmulDescDestroy};
}

class Made : public LtProduct {
 public:
  Made(int device, const Product& p)
      : handle_(handle_of(device)),
        wide_(p.type == op::DType::Double),
        description_(description(p)),
        a_(layout(p, type_of(p.type), p.transposed_a ? p.m : p.k, p.transposed_a ? p.k : p.m, p.row_a,
                  p.matrix_a)),
        b_(layout(p, type_of(p.type), p.transposed_b ? p.k : p.n, p.transposed_b ? p.n : p.k, p.row_b,
                  p.matrix_b)),
        c_(layout(p, type_of(p.result), p.n, p.m, p.row_c, p.matrix_c)) {}

  /// Whether there is an algorithm.
  bool choose(uint32_t alignment) {
    if (!handle_ || !description_ || !a_ || !b_ || !c_) return false;
    const CublasLt& lt = *found().table;
    cublasLtMatmulPreference_t preference = nullptr;
    if (lt.cublasLtMatmulPreferenceCreate(&preference)) return false;
    const Owned<cublasLtMatmulPreference_t> owned(preference, lt.cublasLtMatmulPreferenceDestroy);
    lt.cublasLtMatmulPreferenceSetAttribute(preference, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES,
                                            &kWorkspace, sizeof kWorkspace);
    for (auto which :
         {CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES,
          CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES})
      lt.cublasLtMatmulPreferenceSetAttribute(preference, which, &alignment, sizeof alignment);
    cublasLtMatmulHeuristicResult_t result{};
    int count = 0;
    const cublasStatus_t failed =
        lt.cublasLtMatmulAlgoGetHeuristic(handle_, description_.get(), b_.get(), a_.get(), c_.get(),
                                          c_.get(), preference, 1, &result, &count);
    if (failed || count < 1 || result.state != CUBLAS_STATUS_SUCCESS) return false;
    algorithm_ = result.algo;
    workspace_bytes = result.workspaceSize;
    return true;
  }

  void enqueue(CUstream stream, const void* a, const void* b, void* c,
               void* workspace) const override {
    static constexpr float one = 1, zero = 0;
    static constexpr double wide_one = 1, wide_zero = 0;
    const void* alpha = wide_ ? static_cast<const void*>(&wide_one) : &one;
    const void* beta = wide_ ? static_cast<const void*>(&wide_zero) : &zero;
    const cublasStatus_t failed = found().table->cublasLtMatmul(
        handle_, description_.get(), alpha, b, b_.get(), a, a_.get(), beta, c, c_.get(), c,
        c_.get(), &algorithm_, workspace, workspace_bytes, stream);
    if (failed)
      throw std::runtime_error("cuBLASLt refuses a product of matrices: status " +
                               std::to_string(static_cast<int>(failed)));
  }

 private:
  cublasLtHandle_t handle_;
  const bool wide_;
  Owned<cublasLtMatmulDesc_t> description_;
  Owned<cublasLtMatrixLayout_t> a_, b_, c_;
  cublasLtMatmulAlgo_t algorithm_{};
};
}  // namespace

FoundCublasLt find_cublaslt(const std::vector<std::string>& libraries) {
  const Library library = open_library(libraries);
  if (!library.handle) return {nullptr, "no cuBLASLt: " + library.error};
  auto* table = new CublasLt();
  FoundCublasLt found{table, ""};
#define WEFT_RESOLVE(name, parameters)                                           \
  table->name = reinterpret_cast<decltype(table->name)>(symbol(library, #name)); \
  if (!table->name) found = {nullptr, "cuBLASLt too old: " + library.path + " has no " #name};
  WEFT_CUBLASLT(WEFT_RESOLVE)
#undef WEFT_RESOLVE
  if (!found.table) delete table;
  return found;
}

bool has_cublaslt() { return found().table != nullptr; }
const std::string& cublaslt_absence() { return found().absence; }

std::shared_ptr<const LtProduct> make_lt_product(int device, const Product& product) {
  if (!has_cublaslt()) return nullptr;
  Device::get(device).activate();
  auto made = std::make_shared<Made>(device, product);
  return made->choose(product.alignment) ? made : nullptr;
}
std::function<void(void*, void* const*)> enqueued(std::shared_ptr<const LtProduct> product) {
  return [p = std::move(product)](void* stream, void* const* b) {
    p->enqueue(static_cast<CUstream>(stream), b[0], b[1], b[2], b[3]);
  };
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
