// The life of a small function, phase by phase: what was recorded, its gradient, what is simplified
// and fused away, the loops of its kernels, and the beginning of their machine code.
#include <torch/torch.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {
struct Phase {
  const char *name, *title, *about;
};
const Phase phases[] = {
    {"record", "record",
     "What the program did, op by op, with its lines; `weft.grad` stands for loss.backward()."},
    {"autodiff", "autodiff", "Each op's gradient rule in place of `weft.grad`."},
    {"simplify", "simplify", "Folded, deduplicated, what nobody reads removed."},
    {"fuse", "fuse", "Ops that run together are one `weft.kernel`."},
    {"loops", "loops", "Kernels as loops over vectors; extents and scalars are arguments."},
    {"llvm", "llvm", "The same as LLVM IR, optimised for this processor."},
    {"launch", "launch", "And as machine code."},
};

// The program of the tour: a layer, a loss, the gradient of its weights.
void program() {
  torch::manual_seed(0);
  const torch::Tensor x = torch::randn({64, 8}), target = torch::randn({64, 4});
  const torch::Tensor w = torch::randn({8, 4}).requires_grad_(),
                      b = torch::zeros({4}).requires_grad_();
  weft::eval(x, target, w, b);
  torch::Tensor loss = (torch::tanh(x.matmul(w) + b) - target).pow(2).mean();
  loss.backward();
  weft::eval(loss, w.grad(), b.grad());
  std::printf("loss %.6f, w.grad of %lld numbers\n", loss.item<double>(),
              static_cast<long long>(w.grad().numel()));
}

// The dump of a phase that mentions the program's product; dumps of the initialisers lie beside it.
fs::path dump_of(const fs::path& folder, const std::string& phase) {
  fs::path best;
  uintmax_t size = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.find("." + phase + ".") == std::string::npos || entry.file_size() <= size) continue;
    best = entry.path();
    size = entry.file_size();
  }
  return best;
}

// MLIR writes ` loc(#loc3)` behind an op and `#loc3 = loc("main.cpp":41:0)` at the end of the file.
// Here the line stands behind the op as a comment, or not at all.
std::vector<std::string> readable(const fs::path& file, bool with_lines) {
  static const std::regex definition("^(#loc[0-9]*) = loc\\(\"([^\"]*)\":([0-9]+).*"),
      use(" loc\\((#loc[0-9]*|unknown)\\)");
  std::vector<std::string> lines, result;
  std::map<std::string, std::string> places;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::smatch match;
    if (std::regex_match(line, match, definition))
      places[match[1]] = fs::path(match[2].str()).filename().string() + ":" + match[3].str();
    if (line.rfind("#loc", 0) != 0) lines.push_back(line);
  }
  for (const std::string& line : lines) {
    std::smatch match;
    const bool known = std::regex_search(line, match, use) && places.count(match[1]) &&
                       line.find('=') != std::string::npos;
    const std::string place = known && with_lines ? "  // " + places[match[1]] : "";
    result.push_back(std::regex_replace(line, use, "") + place);
  }
  return result;
}

void show(const fs::path& file, size_t most_lines, bool with_lines) {
  const std::vector<std::string> lines = readable(file, with_lines);
  for (size_t i = 0; i < std::min(lines.size(), most_lines); ++i)
    std::cout << "    " << lines[i] << "\n";
  if (lines.size() > most_lines)
    std::cout << "    ... " << lines.size() - most_lines << " more lines\n";
}

void tour(const std::string& folder, size_t most_lines) {
  fs::create_directories(folder);
  setenv("WEFT_DUMP", folder.c_str(), 1);
  // else a function as small as this would run without being compiled
  setenv("WEFT_TIER", "compile", 1);
  program();
  for (const Phase& phase : phases) {
    std::cout << "\n== " << phase.title << "\n" << phase.about << "\n\n";
    const fs::path file = dump_of(folder, phase.name);
    if (file.empty()) std::cout << "    (no file in " << folder << ")\n";
    else show(file, most_lines, phase.name == std::string("record"));
  }
  std::cout << "\nAll files: " << folder << "\n";
}
}  // namespace

int main(int argc, char** argv) {
  if (argc > 3 || (argc > 1 && argv[1][0] == '-')) {
    std::cerr << "usage: dump_ir [FOLDER [LINES]]: shows LINES (40) of each phase, writes all to "
                 "FOLDER\n";
    return 2;
  }
  try {
    const std::string folder =
        argc > 1 ? argv[1] : (fs::temp_directory_path() / "weft-dump").string();
    tour(folder, argc > 2 ? std::stoul(argv[2]) : 40);
  } catch (const std::exception& error) {
    std::cerr << "dump_ir: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
