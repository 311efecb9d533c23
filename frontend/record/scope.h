/// Whose ops are being recorded: the user's line that called into the library, and the module path
/// it works for.
///
/// The library's own code has no lines (WEFT_INSIDE): what it records belongs to the line that
/// called it. An entry point that records more than one op (a module's forward, a loss, an
/// optimizer's step) opens a `Call` with the location it was given; ops without a line of their own
/// take that of the innermost `Call`. Code of the user's that the library calls back (a module of
/// his in a Sequential, a closure) has lines and keeps them. `Scope` adds the module path, such as
/// "conv1 (Conv2d)".
#pragma once
#include <string>

#include "frontend/tensor/location.h"

namespace torch {
namespace op {
enum class Requirement : int64_t;
}
namespace record {
struct TensorImpl;

/// What recording needs to know of the code around it; one a thread, of the library and of the
/// program that uses it.
struct Surroundings {
  Location call = Location::none();
  const std::string* scope = nullptr;  // lives as long as the process (see intern)
  const char* composite = nullptr;     // a literal: what autograd calls all that is recorded now
  // what an index out of range is called: the function knows it by another name than the op
  int8_t index_error = -1;
  // what an in-place op that is made of several writes to: torch's node saves a copy of it
  const TensorImpl* written = nullptr;
};
Surroundings& surroundings();

/// The location of an op, or of an error, whose own line is `own`.
inline Location located(Location own) { return own ? own : surroundings().call; }

/// While it lives, ops of this thread that have no line of their own belong to `where`, if that is
/// a line.
class Call {
 public:
  explicit Call(Location where) : saved_(surroundings().call) {
    if (where) surroundings().call = where;
  }
  ~Call() { surroundings().call = saved_; }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

 private:
  Location saved_;
};

/// The default argument `false` of a virtual function whose signature programs override, so that it
/// can take no line: until the call's full expression ends, ops belong to the line of the call.
class FalseAt {
 public:
  explicit FalseAt(Location where = Location::current()) : call_(where) {}
  operator bool() const { return false; }

 private:
  Call call_;
};

/// While it lives, ops belong to `name`, an interned string; null leaves the scope as it is.
class Scope {
 public:
  explicit Scope(const std::string* name) : saved_(surroundings().scope) {
    if (name) surroundings().scope = name;
  }
  ~Scope() { surroundings().scope = saved_; }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

 private:
  const std::string* saved_;
};

/// While it lives, ops say of an index that is out of range what the function says of it.
class IndexErrors {
 public:
  explicit IndexErrors(op::Requirement said) : saved_(surroundings().index_error) {
    surroundings().index_error = static_cast<int8_t>(said);
  }
  ~IndexErrors() { surroundings().index_error = saved_; }
  IndexErrors(const IndexErrors&) = delete;
  IndexErrors& operator=(const IndexErrors&) = delete;

 private:
  int8_t saved_;
};

/// One string object for equal texts, for the rest of the process. Thread-safe.
const std::string* intern(const std::string& text);

/// What a function of the library opens that is made of several ops: they belong to the caller's
/// line, and to the function's name where no module stands around it.
class Composite {
 public:
  /// `grad_name` is what autograd calls the whole, as libtorch does ("GeluBackward0", a literal);
  /// the outermost counts. Null: its ops by their names.
  Composite(const char* name, const char* grad_name, Location where)
      : call_(where),
        scope_(surroundings().scope ? nullptr : intern(name)),
        saved_(surroundings().composite) {
    if (!saved_) surroundings().composite = grad_name;
  }
  /// With no name of its own.
  Composite(Location where, const char* grad_name)
      : call_(where), scope_(nullptr), saved_(surroundings().composite) {
    if (!saved_) surroundings().composite = grad_name;
  }
  ~Composite() { surroundings().composite = saved_; }
  Composite(const Composite&) = delete;
  Composite& operator=(const Composite&) = delete;

 private:
  Call call_;
  Scope scope_;
  const char* saved_;
};
}  // namespace record
}  // namespace torch
