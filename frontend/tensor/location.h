/// The line of the user's program that an op comes from. Free functions take it in their first
/// parameter, which converts (`In`), members in a defaulted last one; so `a + b` and
/// `Functional(torch::relu)` have one too.
#pragma once

// Code of the library itself is no user's line: it passes on what it was given, or has none.
#ifdef WEFT_INSIDE
#define WEFT_FILE nullptr
#define WEFT_LINE 0
#else
#define WEFT_FILE __builtin_FILE()
#define WEFT_LINE __builtin_LINE()
#endif

namespace c10 {}
namespace torch {
using namespace c10;
class Location {
 public:
  static constexpr Location current(const char* file = WEFT_FILE, int line = WEFT_LINE) {
    return at(file, line);
  }
  static constexpr Location at(const char* file, int line) { return Location(Key(), file, line); }
  /// No line.
  static constexpr Location none() { return at(nullptr, 0); }
  /// Null where nothing is known.
  constexpr const char* file() const { return file_; }
  constexpr int line() const { return line_; }
  constexpr explicit operator bool() const { return file_ != nullptr; }

 private:
  // Braces with numbers, as in `x.squeeze({0, 1})`, must never become a Location.
  class Key {
    friend class Location;
    constexpr Key() {}
  };
  constexpr Location(Key, const char* file, int line) : file_(file), line_(line) {}
  const char* file_;
  int line_;
};
}  // namespace torch
namespace weft = torch;
