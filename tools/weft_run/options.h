/// weft-run's command line.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace weft_run {

struct Options {
  enum class Tier { reference, compile, both };

  std::string file, function = "main";
  std::vector<std::string> inputs, outputs;
  Tier tier = Tier::compile;
  int repeat = 1;
  int threads = 0;  // 0: as the knob says
  bool print = false;
  std::string dump_folder;
};

/// None when the process shall end with `exit_code`: help was asked for, or a message about a
/// mistake was printed.
std::optional<Options> parse_options(int argc, char** argv, int& exit_code);
}  // namespace weft_run
