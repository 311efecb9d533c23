// A text as numbers, one a character.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

class Text {
 public:
  /// Reads a file; throws std::runtime_error with its name.
  explicit Text(const std::string& path);
  /// The characters that occur, in order; a character's number is its place here.
  const std::string& characters() const { return characters_; }
  const std::vector<int64_t>& numbers() const { return numbers_; }
  char character(int64_t number) const { return characters_[static_cast<size_t>(number)]; }

 private:
  std::string characters_;
  std::vector<int64_t> numbers_;
};
