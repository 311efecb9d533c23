/// Whose ops are being recorded: the user's line that called into the library, and the module path it works for.
///
/// An op's location is the line that called its function. Inside the library that line says nothing to the user: an
/// entry point (a module's forward, a loss, an optimizer's step) opens a `Call` with the line of *its* caller, and ops
/// recorded while it lives take that line. Where the library calls back into user code (a user's module in a
/// Sequential, a closure), `UserCode` suspends it. `Scope` adds the module path, such as "conv1 (Conv2d)".
#pragma once
#include <string>

namespace torch {
namespace record {

/// A line of the program. The last parameter of members that record: `Site site = Site::here()`.
struct Site {
  const char* file = nullptr;
  int line = 0;
  static constexpr Site here(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    return Site{file, line};
  }
};

/// What recording needs to know of the code around it; one a thread.
struct Surroundings {
  Site call;                           // of the outermost library call; no file: ops tell their own line
  Site outer;                          // of the library call that user code was called from
  const std::string* scope = nullptr;  // lives as long as the process (see intern)
};
inline Surroundings& surroundings() {
  thread_local Surroundings current;
  return current;
}

/// The location of an op whose own line is `own`.
inline Site site_of(Site own) {
  const Site& call = surroundings().call;
  return call.file ? call : own;
}

/// While it lives, ops of this thread belong to the line `site`. The outermost one counts; a `site` without a file
/// takes the line of the library call around it.
class Call {
 public:
  explicit Call(Site site) : saved_(surroundings().call) {
    Surroundings& now = surroundings();
    if (!now.call.file) now.call = site.file ? site : now.outer;
  }
  ~Call() { surroundings().call = saved_; }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

 private:
  Site saved_;
};

/// While it lives, ops tell their own lines again.
class UserCode {
 public:
  UserCode() : saved_(surroundings()) {
    Surroundings& now = surroundings();
    if (now.call.file) now.outer = now.call;
    now.call = Site();
  }
  ~UserCode() {
    surroundings().call = saved_.call;
    surroundings().outer = saved_.outer;
  }
  UserCode(const UserCode&) = delete;
  UserCode& operator=(const UserCode&) = delete;

 private:
  Surroundings saved_;
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

/// One string object for equal texts, for the rest of the process. Thread-safe.
const std::string* intern(const std::string& text);
}  // namespace record
}  // namespace torch
