#include "runtime/cuda/cubin_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <vector>

#include "runtime/cuda/driver.h"
#include "runtime/executable/kernel_cache.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace runtime {
namespace cuda {
namespace {
namespace fs = std::filesystem;

/// A file: this, the length of what follows, and what follows.
constexpr char kMagic[8] = {'w', 'e', 'f', 't', 'c', 'u', 'b', '1'};
constexpr size_t kHeader = sizeof kMagic + sizeof(uint64_t);

std::string default_folder() {
  if (const std::string& set = knobs().cuda_cache; !set.empty()) return set == "off" ? "" : set;
  if (const char* caches = std::getenv("XDG_CACHE_HOME"); caches && *caches)
    return std::string(caches) + "/weft/cuda";
  const char* home = std::getenv("HOME");
  return home && *home ? std::string(home) + "/.cache/weft/cuda" : "";
}

std::optional<std::string> read(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  std::string all;
  struct stat status{};
  if (fstat(file, &status) == 0) all.resize(static_cast<size_t>(status.st_size));
  size_t done = 0;
  for (ssize_t n; done < all.size() && (n = ::read(file, &all[done], all.size() - done)) > 0;)
    done += static_cast<size_t>(n);
  uint64_t length = 0;
  if (done >= kHeader) std::memcpy(&length, &all[sizeof kMagic], sizeof length);
  const bool whole = done >= kHeader && !std::memcmp(all.data(), kMagic, sizeof kMagic) &&
                     done == kHeader + length;
  if (whole) futimens(file, nullptr);  // used now
  close(file);
  if (!whole) return std::nullopt;
  return all.substr(kHeader);
}

bool write(const std::string& path, const std::string& content) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return false;
  const uint64_t length = content.size();
  std::string all(kMagic, sizeof kMagic);
  all.append(reinterpret_cast<const char*>(&length), sizeof length);
  all += content;
  size_t done = 0;
  for (ssize_t n; done < all.size() && (n = ::write(file, &all[done], all.size() - done)) > 0;)
    done += static_cast<size_t>(n);
  return close(file) == 0 && done == all.size();
}
}  // namespace

CubinCache::CubinCache(std::string folder, size_t limit)
    : folder_(std::move(folder)), limit_(limit), kept_(limit) {
  std::error_code failed;
  if (!folder_.empty()) fs::create_directories(folder_, failed);
  if (failed) log("no cache of kernels in " + folder_ + ": " + failed.message());
  else if (!folder_.empty()) log("cache of kernels in " + folder_);
}

CubinCache& CubinCache::get() {
  static auto* cache = new CubinCache(default_folder());
  return *cache;
}

std::string CubinCache::path_of(const std::string& key) const {
  const KernelKey k = kernel_key(key);
  char name[48];
  std::snprintf(name, sizeof name, "/%016llx%016llx.cubin", static_cast<unsigned long long>(k.high),
                static_cast<unsigned long long>(k.low));
  return folder_ + name;
}

std::optional<std::string> CubinCache::find(const std::string& key) const {
  if (folder_.empty()) return std::nullopt;
  return read(path_of(key));
}

void CubinCache::keep(const std::string& key, const std::string& content) {
  if (folder_.empty()) return;
  static std::atomic<unsigned> number{0};
  const std::string path = path_of(key);
  const std::string own =
      path + "." + std::to_string(getpid()) + "." + std::to_string(++number) + ".new";
  if (!write(own, content) || std::rename(own.c_str(), path.c_str()) != 0) {
    unlink(own.c_str());
    return;
  }
  static std::mutex mutex;
  std::lock_guard<std::mutex> lock(mutex);
  kept_ += content.size() + kHeader;
  if (kept_ < limit_ / 16) return;
  kept_ = 0;
  shrink();
}

void CubinCache::shrink() const {
  struct File {
    fs::file_time_type used;
    size_t bytes;
    fs::path path;
  };
  std::vector<File> files;
  size_t all = 0;
  std::error_code failed;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, failed)) {
    File file{entry.last_write_time(failed), 0, entry.path()};
    if (failed) continue;  // another process removed it
    const std::string ending = file.path.extension().string();
    if (ending != ".cubin" && ending != ".new") continue;
    file.bytes = entry.file_size(failed);
    if (failed) continue;
    all += file.bytes;
    files.push_back(std::move(file));
  }
  if (all <= limit_) return;
  std::sort(files.begin(), files.end(),
            [](const File& a, const File& b) { return a.used < b.used; });
  for (const File& file : files) {
    if (all <= limit_ - limit_ / 5) break;
    fs::remove(file.path, failed);
    all -= file.bytes;
  }
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
