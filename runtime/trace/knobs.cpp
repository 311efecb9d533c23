#include "runtime/trace/knobs.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <vector>

namespace torch {
namespace runtime {
namespace {

[[noreturn]] void refuse(const char* name, const std::string& got, const char* expected) {
  throw std::invalid_argument(std::string(name) + ": got \"" + got + "\", expected " + expected);
}

/// Position of `text` among `names`.
template <size_t N>
size_t choice(const char* name, const std::string& text, const char* const (&names)[N],
              const char* expected) {
  for (size_t i = 0; i < N; ++i)
    if (text == names[i]) return i;
  refuse(name, text, expected);
}

int parse_threads(const char* text) {
  char* end = nullptr;
  long n = std::strtol(text, &end, 10);
  if (end == text || *end || n < 1 || n > 1024)
    refuse("WEFT_THREADS", text, "a number from 1 to 1024");
  return static_cast<int>(n);
}

std::string parse_log(const std::string& text) {
  static const char* const names[] = {"compiles", "barriers", "kernels", "memory", "cuda", "all"};
  for (size_t at = 0; at <= text.size();) {
    size_t comma = std::min(text.find(',', at), text.size());
    if (comma > at)
      choice("WEFT_LOG", text.substr(at, comma - at), names,
             "a comma separated list of compiles barriers kernels memory cuda all");
    at = comma + 1;
  }
  return text;
}

std::string parse_cpu(std::string text) {
  if (text.size() == 2 && text[0] == 'v') text = "x86-64-" + text;
  choice("WEFT_CPU", text, {"native", "x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"},
         "native, x86-64, x86-64-v2, x86-64-v3 or x86-64-v4");
  return text;
}

/// Replaced, never freed: a reader may hold a reference for ever.
std::atomic<const Knobs*> current{nullptr};
std::mutex replacing;

const Knobs* publish(const Knobs& value) {
  static auto* all = new std::vector<std::unique_ptr<const Knobs>>();
  all->push_back(std::make_unique<const Knobs>(value));
  current.store(all->back().get(), std::memory_order_release);
  return all->back().get();
}
}  // namespace

bool Knobs::logs(const char* what) const {
  if (log.empty()) return false;
  std::string list = "," + log + ",";
  return list.find(std::string(",") + what + ",") != std::string::npos ||
         list.find(",all,") != std::string::npos;
}

Knobs parse_knobs(const char* (*lookup)(const char*)) {
  auto get = [&](const char* name) {
    const char* text = lookup(name);
    return text && *text ? text : nullptr;
  };
  Knobs k;
  if (auto* t = get("WEFT_THREADS")) k.threads = parse_threads(t);
  if (auto* t = get("WEFT_TIER"))
    k.tier = static_cast<Knobs::Tier>(
        choice("WEFT_TIER", t, {"auto", "reference", "compile"}, "auto, reference or compile"));
  if (auto* t = get("WEFT_CPU")) k.cpu = parse_cpu(t);
  if (auto* t = get("WEFT_VERIFY"))
    k.verify = static_cast<Knobs::Verify>(
        choice("WEFT_VERIFY", t, {"off", "end", "each"}, "off, end or each"));
  if (auto* t = get("WEFT_FUSE")) k.fuse = choice("WEFT_FUSE", t, {"0", "1"}, "0 or 1") == 1;
  if (auto* t = get("WEFT_GUARD"))
    k.guard = static_cast<Knobs::Guard>(choice("WEFT_GUARD", t, {"0", "1", "2"}, "0, 1 or 2"));
  if (auto* t = get("WEFT_CUDA"))
    k.cuda = static_cast<Knobs::Cuda>(
        choice("WEFT_CUDA", t, {"auto", "off", "emulate"}, "auto, off or emulate"));
  if (auto* t = get("WEFT_DEVICE")) k.device = t;
  if (auto* t = get("WEFT_CUDA_GRAPHS"))
    k.cuda_graphs = choice("WEFT_CUDA_GRAPHS", t, {"0", "1"}, "0 or 1") == 1;
  if (auto* t = get("WEFT_CUDA_CACHE")) k.cuda_cache = t;
  if (auto* t = get("WEFT_MATMUL"))
    k.matmul = static_cast<Knobs::Matmul>(
        choice("WEFT_MATMUL", t, {"auto", "own", "cublaslt"}, "auto, own or cublaslt"));
  if (auto* t = get("WEFT_TUNE")) k.tune = choice("WEFT_TUNE", t, {"0", "1"}, "0 or 1") == 1;
  if (auto* t = get("WEFT_LOG")) k.log = parse_log(t);
  if (auto* t = get("WEFT_DUMP")) k.dump = t;
  return k;
}

const Knobs& knobs() {
  if (const Knobs* k = current.load(std::memory_order_acquire)) return *k;
  Knobs parsed = parse_knobs([](const char* name) -> const char* { return std::getenv(name); });
  std::lock_guard<std::mutex> lock(replacing);
  const Knobs* k = current.load(std::memory_order_acquire);
  return k ? *k : *publish(parsed);
}

void set_knobs(const Knobs& value) {
  if (value.threads != 0) parse_threads(std::to_string(value.threads).c_str());
  parse_cpu(value.cpu);
  parse_log(value.log);
  std::lock_guard<std::mutex> lock(replacing);
  publish(value);
}
}  // namespace runtime
}  // namespace torch
