#include "frontend/record/scope.h"

#include <mutex>
#include <unordered_set>

namespace torch {
namespace record {

Surroundings& surroundings() {
  static constinit thread_local Surroundings current;
  return current;
}

const std::string* intern(const std::string& text) {
  // Never destroyed: modules that outlive main still hold scopes.
  static auto& strings = *new std::unordered_set<std::string>;
  static auto& mutex = *new std::mutex;
  std::lock_guard<std::mutex> lock(mutex);
  return &*strings.insert(text).first;
}
}  // namespace record
}  // namespace torch
