#include "codegen/compile/choose.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>

#include "codegen/compile/made.h"
#include "codegen/compile/way_time.h"
#include "ir/interface/convert.h"
#include "runtime/cuda/cubin_cache.h"
#include "runtime/cuda/device.h"
#include "runtime/trace/knobs.h"

namespace mlir::weft {
namespace {
namespace rt = ::torch::runtime;
using rt::Knobs;

// Another way than the first must be so much faster: clocks are not better than that.
constexpr double kFaster = 0.97;

struct Known {
  std::mutex mutex;
  Stopwatch stopwatch;
  std::map<std::string, std::string> lines;  // what came out, by key
};
Known& known() {
  static auto* one = new Known();
  return *one;
}

// A library's launches get algorithms; false: there is none.
bool makeLibrary(KernelOp op, Lowered& way, int device) {
  for (LoweredLaunch& l : way.launches) {
    if (!l.library) continue;
    auto product = rt::cuda::make_lt_product(device, *l.library);
    if (!product) return false;
    way.temporaryBytes[l.buffers.back().index] = std::max<size_t>(product->workspace_bytes, 1);
    rt::Kernel kernel;
    kernel.enqueue = rt::cuda::enqueued(std::move(product));
    l.kernel = named(kernel, op, l);
  }
  return true;
}
bool isLibrarys(const Lowered& way) {
  return llvm::any_of(way.launches, [](const LoweredLaunch& l) { return l.library.has_value(); });
}
void take(Lowered& lowered, size_t number) {
  std::vector<Lowered> others = std::move(lowered.others);
  lowered.others.clear();
  if (number > 0) lowered = std::move(others[number - 1]);
}
const Lowered& wayOf(const Lowered& lowered, size_t number) {
  return number == 0 ? lowered : lowered.others[number - 1];
}

// Where nothing is measured: the library, where nothing but a product is to be done.
size_t byRule(const Lowered& lowered) {
  if (rt::knobs().cuda == Knobs::Cuda::emulate) return 0;
  for (size_t i = 0; i < lowered.others.size(); ++i)
    if (isLibrarys(lowered.others[i]) && lowered.others[i].launches.size() == 1) return i + 1;
  return 0;
}

std::string productOf(KernelOp op) {
  std::string text = kernelName(op);
  for (Operation& o : op.getBody().front()) {
    if (!isa<MatmulOp>(o)) continue;
    for (Value v : o.getOperands()) text += " " + ::torch::op::to_string(toType(v.getType()));
  }
  return text;
}
std::string textOf(const rt::cuda::Product& p) {
  std::string text;
  for (int64_t n : {static_cast<int64_t>(p.type), static_cast<int64_t>(p.result), p.batch, p.m, p.n,
                    p.k, int64_t(p.transposed_a), int64_t(p.transposed_b), p.row_a, p.row_b,
                    p.row_c, p.matrix_a, p.matrix_b, p.matrix_c, int64_t(p.alignment),
                    int64_t(p.tf32)})
    text += " " + std::to_string(n);
  return text;
}
// All that the times follow from.
std::string keyOf(const Lowered& lowered, int device) {
  const rt::cuda::Device& d = rt::cuda::Device::get(device);
  int version = 0;
  d.driver.cuDriverGetVersion(&version);
  std::string key = "way on " + d.properties.name + " " + std::to_string(version);
  for (size_t i = 0; i <= lowered.others.size(); ++i) {
    const Lowered& way = wayOf(lowered, i);
    key += "\n" + way.way;
    for (const LoweredLaunch& l : way.launches) {
      key += "\n" + l.key + " " + std::to_string(l.tasks);
      for (int64_t p : l.params) key += " " + std::to_string(p);
      if (l.library) key += textOf(*l.library);
    }
  }
  return key;
}

std::string microseconds(double ms) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f us", ms * 1000);
  return text;
}

class Chooser {
 public:
  using Make = llvm::function_ref<void(llvm::MutableArrayRef<LoweredKernel>)>;
  Chooser(int device, CodeTexts* texts, Make make) : device_(device), texts_(texts), make_(make) {
    std::lock_guard<std::mutex> lock(known().mutex);
    stopwatch_ = known().stopwatch;
  }

  void run(llvm::MutableArrayRef<LoweredKernel> kernels) {
    collect(kernels);
    const Knobs& knobs = rt::knobs();
    const bool asked = knobs.matmul == Knobs::Matmul::cublaslt;
    if (!asked && knobs.tune && (stopwatch_ || knobs.cuda != Knobs::Cuda::emulate)) measureNew();
    for (LoweredKernel* k : open_) {
      Lowered& l = k->lowered;
      take(l, asked ? librarys(l) : measured(l).value_or(byRule(l)));
    }
  }

 private:
  // Kernels with a choice; ways that cannot be gone are none.
  void collect(llvm::MutableArrayRef<LoweredKernel> kernels) {
    for (LoweredKernel& k : kernels) {
      for (LoweredLaunch& l : k.lowered.launches)
        if (l.loop) collect(l.loop->kernels);
      std::vector<Lowered>& others = k.lowered.others;
      llvm::erase_if(others, [&](Lowered& way) { return !makeLibrary(k.op, way, device_); });
      if (librarys(k.lowered) == 0) others.clear();
      if (!others.empty()) open_.push_back(&k);
    }
  }
  static size_t librarys(const Lowered& lowered) {
    for (size_t i = 0; i < lowered.others.size(); ++i)
      if (isLibrarys(lowered.others[i])) return i + 1;
    return 0;
  }

  // All ways of the products that nobody knows yet, compiled together.
  void measureNew() {
    std::map<std::string, LoweredKernel*> unknown;
    for (LoweredKernel* k : open_)
      if (std::string key = keyOf(k->lowered, device_); !isKnown(key, k->lowered))
        unknown.emplace(std::move(key), k);
    std::vector<LoweredKernel> trials;
    for (auto& [key, k] : unknown)
      for (size_t i = 0; i <= k->lowered.others.size(); ++i)
        trials.push_back({k->op, wayOf(k->lowered, i)});
    make_(trials);
    llvm::ArrayRef<LoweredKernel> left(trials);
    for (auto& [key, k] : unknown) {
      const size_t ways = k->lowered.others.size() + 1;
      measure(key, left.take_front(ways));
      left = left.drop_front(ways);
    }
  }
  static bool isKnown(const std::string& key, const Lowered& lowered) {
    std::lock_guard<std::mutex> lock(known().mutex);
    if (known().lines.count(key)) return true;
    const std::optional<std::string> line = rt::cuda::CubinCache::get().find(key);
    if (!line || !parse(*line, lowered)) return false;
    rt::cuda::log(*line + " (known)");
    known().lines[key] = *line;
    return true;
  }
  void measure(const std::string& key, llvm::ArrayRef<LoweredKernel> ways) {
    const std::string product = productOf(ways[0].op);
    std::string line = product;
    const std::string* best = nullptr;
    double least = 0;
    for (const LoweredKernel& k : ways) {
      const std::string& way = k.lowered.way;
      std::optional<double> ms = stopwatch_ ? stopwatch_(product, way) : -1;
      if (*ms < 0) ms = timed(k, &k == &ways.front());
      if (!ms) continue;
      line += (best ? ", " : ": ") + way + " " + microseconds(*ms);
      if (!best || *ms < (best == &ways[0].lowered.way ? kFaster : 1) * least)
        best = &way, least = *ms;
    }
    // Without memory to measure in, our kernel, for as long as this process lives.
    line += ": " + (best ? *best : ways[0].lowered.way);
    std::lock_guard<std::mutex> lock(known().mutex);
    if (!known().lines.emplace(key, line).second) return;  // another thread was first
    rt::cuda::log(line);
    if (best) rt::cuda::CubinCache::get().keep(key, line);
  }
  // Nothing: there is no memory for it, or another way than the first cannot be gone.
  std::optional<double> timed(const LoweredKernel& k, bool isFirst) const {
    try {
      static std::mutex one;  // measures at a time
      std::lock_guard<std::mutex> lock(one);
      return timeOf(k.op, k.lowered, device_);
    } catch (const std::runtime_error& error) {
      if (isFirst) throw;
      rt::cuda::log(productOf(k.op) + ": " + k.lowered.way + " fails: " + error.what());
      return std::nullopt;
    }
  }

  // The number of the way that a line ends with.
  static std::optional<size_t> parse(llvm::StringRef line, const Lowered& lowered) {
    for (size_t i = 0; i <= lowered.others.size(); ++i)
      if (line.ends_with(": " + wayOf(lowered, i).way)) return i;
    return std::nullopt;
  }
  std::optional<size_t> measured(const Lowered& lowered) {
    std::lock_guard<std::mutex> lock(known().mutex);
    const auto found = known().lines.find(keyOf(lowered, device_));
    if (found == known().lines.end()) return std::nullopt;
    if (texts_) texts_->cuda.push_back("// " + found->second + "\n");
    return parse(found->second, lowered);
  }

  const int device_;
  CodeTexts* const texts_;
  const Make make_;
  Stopwatch stopwatch_;
  std::vector<LoweredKernel*> open_;
};
}  // namespace

void chooseWays(llvm::MutableArrayRef<LoweredKernel> kernels, int device, CodeTexts* texts,
                llvm::function_ref<void(llvm::MutableArrayRef<LoweredKernel>)> make) {
  Chooser(device, texts, make).run(kernels);
}

void setStopwatch(Stopwatch stopwatch) {
  std::lock_guard<std::mutex> lock(known().mutex);
  known().stopwatch = std::move(stopwatch);
  known().lines.clear();
}
}  // namespace mlir::weft
