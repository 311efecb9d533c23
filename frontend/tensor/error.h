/// Errors: exceptions of libtorch's classes, raised at the line that recorded the op.
#pragma once
#include <cstdint>
#include <exception>
#include <sstream>
#include <string>

#include "frontend/tensor/location.h"

namespace c10 {
struct SourceLocation {
  const char* function;
  const char* file;
  uint32_t line;
};

/// What a program did wrong. `what()` names the user's line; `what_without_backtrace()` is the
/// sentence alone.
class Error : public std::exception {
 public:
  explicit Error(std::string message, torch::Location where = torch::Location::current());
  Error(SourceLocation where, std::string message);
  const char* what() const noexcept override { return what_.c_str(); }
  const char* what_without_backtrace() const noexcept { return message_.c_str(); }
  const std::string& msg() const { return message_; }
  const char* file() const { return file_; }
  int line() const { return line_; }

 private:
  std::string message_, what_;
  const char* file_;
  int line_;
};

#define WEFT_ERROR_CLASS(Name) \
  class Name : public Error {  \
   public:                     \
    using Error::Error;        \
  };
/// An index out of range.
WEFT_ERROR_CLASS(IndexError)
/// A right type with a wrong value.
WEFT_ERROR_CLASS(ValueError)
/// A wrong type.
WEFT_ERROR_CLASS(TypeError)
/// What this build cannot do.
WEFT_ERROR_CLASS(NotImplementedError)
/// A matrix that has no answer (singular, not positive definite).
WEFT_ERROR_CLASS(LinAlgError)
/// No memory of the size that was asked for.
WEFT_ERROR_CLASS(OutOfMemoryError)
/// A non-finite loss or gradient where a finite one was required.
WEFT_ERROR_CLASS(EnforceFiniteError)
/// What we did wrong; the message names the phase and a file that replays it.
WEFT_ERROR_CLASS(InternalError)
#undef WEFT_ERROR_CLASS

/// Streams its arguments together.
template <class... Args> std::string str(const Args&... args) {
  std::ostringstream out;
  (void)(out << ... << args);
  return out.str();
}
inline std::string str() { return std::string(); }
inline std::string str(const std::string& s) { return s; }
/// The elements, streamed, with the delimiter between them.
template <class Container> std::string Join(const std::string& delimiter, const Container& list) {
  std::ostringstream out;
  const char* before = "";
  for (const auto& element : list) {
    out << before << element;
    before = delimiter.c_str();
  }
  return out.str();
}

namespace detail {
template <class E, class... Args>
[[noreturn]] void fail(const char* condition, const char* file, int line, const Args&... args) {
  std::string message = str(args...);
  if (message.empty())
    message = std::string("Expected ") + condition + " to be true, but got false.";
  throw E(std::move(message), torch::Location::at(file, line));
}
}  // namespace detail
}  // namespace c10

// In the library these have no line of their own: the error takes the line of the op being
// recorded.
#define WEFT_CHECK_AS(E, condition, ...)                                                     \
  do {                                                                                       \
    if (!(condition))                                                                        \
      ::c10::detail::fail<E>(#condition, WEFT_FILE, WEFT_LINE, ##__VA_ARGS__);               \
  } while (false)
// For templates of the library's headers, whose own lines say nothing to the user.
#define WEFT_CHECK_AT(where, condition, ...)                                                 \
  do {                                                                                       \
    if (!(condition))                                                                        \
      ::c10::detail::fail<::c10::Error>(#condition, (where).file(), (where).line(),          \
                                        ##__VA_ARGS__);                                      \
  } while (false)
#define WEFT_FAIL_AT(where, ...) \
  ::c10::detail::fail<::c10::Error>("", (where).file(), (where).line(), ##__VA_ARGS__)
#define TORCH_CHECK(condition, ...) WEFT_CHECK_AS(::c10::Error, condition, ##__VA_ARGS__)
#define TORCH_CHECK_INDEX(condition, ...) WEFT_CHECK_AS(::c10::IndexError, condition, ##__VA_ARGS__)
#define TORCH_CHECK_VALUE(condition, ...) WEFT_CHECK_AS(::c10::ValueError, condition, ##__VA_ARGS__)
#define TORCH_CHECK_TYPE(condition, ...) WEFT_CHECK_AS(::c10::TypeError, condition, ##__VA_ARGS__)
#define TORCH_CHECK_NOT_IMPLEMENTED(condition, ...) \
  WEFT_CHECK_AS(::c10::NotImplementedError, condition, ##__VA_ARGS__)
#define TORCH_INTERNAL_ASSERT(condition, ...) WEFT_CHECK_AS(::c10::Error, condition, ##__VA_ARGS__)
#define AT_ERROR(...) ::c10::detail::fail<::c10::Error>("", WEFT_FILE, WEFT_LINE, ##__VA_ARGS__)
#define AT_ASSERT(condition) TORCH_INTERNAL_ASSERT(condition)
