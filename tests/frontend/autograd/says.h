/// Little programs that show sentences, too.
#pragma once
#include "tests/frontend/record/program.h"

namespace golden {
inline void says(const std::string& what, const std::string& text) {
  current(current_name + ", " + what + " says " + text, torch::zeros({}));
}
/// What libtorch objects to: its sentence, which ours holds.
inline void refused(const std::string& what, const std::function<void()>& function,
                    const std::string& sentence = "") {
  std::string got = "nothing";
  try {
    function();
  } catch (const c10::Error& e) {
    got = e.what_without_backtrace();
  } catch (const std::exception& e) {
    got = e.what();
  }
  const bool holds = got != "nothing" && got.find(sentence) != std::string::npos;
  says(what + " refused", holds ? sentence : "\"" + got + "\"; expected " + sentence);
}
}  // namespace golden
