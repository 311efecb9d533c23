/// What weft.require asks of values, by what libtorch says of those that it refuses.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace torch {
namespace op {

// name, whether libtorch throws an IndexError, its sentence: % stands for the value.
#define WEFT_REQUIREMENTS(V)                                                                   \
  V(target_class, true, "Target % is out of bounds.")                                          \
  V(input_in_unit, false, "all elements of input should be between 0 and 1 (got %)")           \
  V(target_in_unit, false, "all elements of target should be between 0 and 1 (got %)")         \
  V(chance, false, "Expected p_in >= 0 && p_in <= 1 to be true, but got false: p is %")        \
  V(class_from_zero, false, "Class values must be non-negative. (got %)")                      \
  V(class_of_so_many, false, "Class values must be smaller than num_classes. (got %)")         \
  V(weight, false,                                                                             \
    "probability tensor contains either `inf`, `nan` or element < 0 (got %)")                  \
  V(weight_sum, false,                                                                         \
    "invalid multinomial distribution (sum of probabilities <= 0) (got %)")                    \
  V(margin_target, false, "target out of range (got %)")                                       \
  V(listed_target, false, "argument #2 'target' is out of range (got %)")                      \
  V(deviation, false, "normal expects all elements of std >= 0.0 (got %)")                     \
  V(row_of_table, true, "index out of range in self (got %)")                                  \
  V(place_in_volume, false, "Found an invalid max index: %")                                   \
  V(one_of_indices, true, "index % is out of bounds for one of several indexed dims")

enum class Requirement : int64_t {
#define WEFT_ENUMERATOR(name, ...) name,
  WEFT_REQUIREMENTS(WEFT_ENUMERATOR)
#undef WEFT_ENUMERATOR
      count
};
struct RequirementInfo {
  bool is_index;
  const char* sentence;
};
inline const RequirementInfo& info(Requirement r) {
  static constexpr RequirementInfo rows[] = {
#define WEFT_ROW(name, is_index, sentence) {is_index, sentence},
      WEFT_REQUIREMENTS(WEFT_ROW)
#undef WEFT_ROW
  };
  return rows[static_cast<size_t>(r)];
}
/// The sentence with the value in it.
inline std::string sentence(Requirement r, const std::string& value) {
  std::string text = info(r).sentence;
  const size_t at = text.find('%');
  return at == std::string::npos ? text : text.replace(at, 1, value);
}
}  // namespace op
}  // namespace torch
