#include "frontend/tensor/warning.h"

#include <atomic>
#include <cstdio>

#include "frontend/record/scope.h"

namespace c10 {
namespace {
thread_local WarningHandler* chosen = nullptr;
std::atomic<bool> always_warns{false};
}  // namespace

Warning::Warning(warning_variant_t type, const SourceLocation& source_location, std::string msg,
                 bool verbatim)
    : type_(type), source_location_(source_location), msg_(std::move(msg)), verbatim_(verbatim) {}
void Warning::set_warning_handler(WarningHandler* handler) noexcept {
  WarningUtils::set_warning_handler(handler);
}
WarningHandler* Warning::get_warning_handler() noexcept {
  return WarningUtils::get_warning_handler();
}
void Warning::set_warnAlways(bool always) noexcept { WarningUtils::set_warnAlways(always); }
bool Warning::get_warnAlways() noexcept { return WarningUtils::get_warnAlways(); }
Warning::WarnAlways::WarnAlways(bool always) : before_(WarningUtils::get_warnAlways()) {
  WarningUtils::set_warnAlways(always);
}
Warning::WarnAlways::~WarnAlways() { WarningUtils::set_warnAlways(before_); }

void WarningHandler::process(const Warning& warning) {
  process(warning.source_location(), warning.msg(), warning.verbatim());
}
void WarningHandler::process(const SourceLocation& at, const std::string& msg, bool) {
  if (at.file) std::fprintf(stderr, "%s:%u: warning: %s\n", at.file, at.line, msg.c_str());
  else std::fprintf(stderr, "warning: %s\n", msg.c_str());
}
void warn(const Warning& warning) { WarningUtils::get_warning_handler()->process(warning); }

namespace WarningUtils {
void set_warning_handler(WarningHandler* handler) noexcept { chosen = handler; }
WarningHandler* get_warning_handler() noexcept {
  static WarningHandler printing;
  return chosen ? chosen : &printing;
}
void set_warnAlways(bool always) noexcept { always_warns = always; }
bool get_warnAlways() noexcept { return always_warns; }
}  // namespace WarningUtils

namespace detail {
void warn(Warning::warning_variant_t type, std::string message, torch::Location where) {
  where = torch::record::located(where);
  const SourceLocation at = {"", where.file(), static_cast<uint32_t>(where.line())};
  c10::warn(Warning(type, at, std::move(message), false));
}
}  // namespace detail
}  // namespace c10
