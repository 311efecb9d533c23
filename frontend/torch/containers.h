/// The standard containers under the names that libtorch had for them.
#pragma once
#include <unordered_map>
#include <variant>

namespace ska {
template <typename K, typename V, typename H = std::hash<K>, typename E = std::equal_to<K>>
using flat_hash_map = std::unordered_map<K, V, H, E>;
}  // namespace ska
namespace c10 {
using std::get;
using std::get_if;
using std::holds_alternative;
using std::variant;
using std::visit;
}  // namespace c10
