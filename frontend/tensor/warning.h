/// Warnings: sentences for the user that stop nothing. A thread's handler decides what becomes of
/// them; the default one prints them with the user's line to stderr.
#pragma once
#include <variant>

#include "frontend/tensor/error.h"

namespace c10 {
class WarningHandler;

/// One warning, and as libtorch 1.13 had it the place of the settings, too.
class Warning {
 public:
  class UserWarning {};
  class DeprecationWarning {};
  using warning_variant_t = std::variant<UserWarning, DeprecationWarning>;

  Warning(warning_variant_t type, const SourceLocation& source_location, std::string msg,
          bool verbatim);
  warning_variant_t type() const { return type_; }
  const SourceLocation& source_location() const { return source_location_; }
  const std::string& msg() const { return msg_; }
  bool verbatim() const { return verbatim_; }

  static void set_warning_handler(WarningHandler* handler) noexcept;
  static WarningHandler* get_warning_handler() noexcept;
  static void set_warnAlways(bool always) noexcept;
  static bool get_warnAlways() noexcept;
  /// While it lives, what is said once is said always.
  class WarnAlways {
   public:
    explicit WarnAlways(bool always = true);
    ~WarnAlways();
    WarnAlways(const WarnAlways&) = delete;
    WarnAlways& operator=(const WarnAlways&) = delete;

   private:
    bool before_;
  };

 private:
  warning_variant_t type_;
  SourceLocation source_location_;
  std::string msg_;
  bool verbatim_;
};
using UserWarning = Warning::UserWarning;
using DeprecationWarning = Warning::DeprecationWarning;

/// Override one of the two; the first calls the second, the second prints.
class WarningHandler {
 public:
  virtual ~WarningHandler() = default;
  virtual void process(const Warning& warning);
  virtual void process(const SourceLocation& source_location, const std::string& msg,
                       bool verbatim);
};

/// Gives the warning to this thread's handler.
void warn(const Warning& warning);

namespace WarningUtils {
/// Of this thread; null is the default one. The handler stays the caller's.
void set_warning_handler(WarningHandler* handler) noexcept;
WarningHandler* get_warning_handler() noexcept;
/// Whether TORCH_WARN_ONCE warns each time. Of the process.
void set_warnAlways(bool always) noexcept;
bool get_warnAlways() noexcept;
using WarnAlways = Warning::WarnAlways;

class WarningHandlerGuard {
 public:
  explicit WarningHandlerGuard(WarningHandler* handler) : before_(get_warning_handler()) {
    set_warning_handler(handler);
  }
  ~WarningHandlerGuard() { set_warning_handler(before_); }
  WarningHandlerGuard(const WarningHandlerGuard&) = delete;
  WarningHandlerGuard& operator=(const WarningHandlerGuard&) = delete;

 private:
  WarningHandler* before_;
};
}  // namespace WarningUtils

namespace detail {
void warn(Warning::warning_variant_t type, std::string message, torch::Location where);
}  // namespace detail
}  // namespace c10

#define WEFT_WARN_AS(type, ...)                              \
  ::c10::detail::warn(type(), ::c10::str(__VA_ARGS__), \
                      ::torch::Location::at(WEFT_FILE, WEFT_LINE))
#define TORCH_WARN(...) WEFT_WARN_AS(::c10::UserWarning, __VA_ARGS__)
#define TORCH_WARN_DEPRECATION(...) WEFT_WARN_AS(::c10::DeprecationWarning, __VA_ARGS__)
#define TORCH_WARN_ONCE(...)                                                                 \
  do {                                                                                       \
    static bool weft_warned = false;                                                         \
    if (!weft_warned || ::c10::WarningUtils::get_warnAlways()) TORCH_WARN(__VA_ARGS__);      \
    weft_warned = true;                                                                      \
  } while (false)
