// Every function of a list on every operand of a menu (sizes, types, layouts, mistakes): whether it
// throws; else types, sizes and a sum over the elements that no two of them share. Compiled against
// libtorch 2.15 (scripts/golden) it writes its answers, against Weft it is compared with them.
#pragma once
#include <algorithm>
#include <string_view>
#include <tuple>

#include "tests/frontend/golden.h"

namespace sweep {
using golden::wave;
using torch::Tensor;
using Outputs = std::vector<Tensor>;

inline Outputs outputs(const Tensor& t) { return {t}; }
inline Outputs outputs(const std::vector<Tensor>& t) { return t; }
inline Outputs outputs(bool value) { return {torch::tensor(value)}; }
inline Outputs outputs(int64_t value) { return {torch::tensor(value)}; }
inline Outputs outputs(double value) { return {torch::tensor(value, torch::kDouble)}; }
template <class... T> Outputs outputs(const std::tuple<T...>& all) {
  return std::apply([](const auto&... t) { return Outputs{t...}; }, all);
}

/// In another type; integers from -4 to 4.
inline Tensor typed(const Tensor& x, torch::Dtype dtype) {
  if (dtype == torch::kBool) return x > 0;
  if (torch::isFloatingType(dtype)) return x.to(dtype);
  return (dtype == torch::kByte ? (x * 3).abs() : (x * 3).round()).to(dtype);
}

/// "Float[2,3]1.2345": no spaces.
inline std::string answer(const Tensor& t) {
  if (!t.defined()) return "undefined";
  std::string text = std::string(c10::toString(t.scalar_type())) + "[";
  for (int64_t size : t.sizes()) text += std::to_string(size) + ",";
  const Tensor values = t.detach().to(torch::kCPU, torch::kDouble).contiguous().reshape(-1);
  double sum = 0;
  for (int64_t i = 0; i < values.numel(); ++i) {
    const double v = values.data_ptr<double>()[i], weight = std::cos(static_cast<double>(i)) + 1.5;
    sum += weight * (std::isnan(v) ? 7 : std::isinf(v) ? (v > 0 ? 11 : -11) : v);
  }
  char number[32];
  std::snprintf(number, sizeof number, "]%.5g", sum);
  return text + number;
}
/// An error of Weft says where in the program it was made.
inline bool is_located(const std::exception& error) {
#ifdef WEFT_GOLDEN_WRITER
  return true;
#else
  return std::string_view(error.what()).find("tests/frontend/sweep/") != std::string_view::npos;
#endif
}
/// The answers to one call, "+" between several outputs; "throws".
inline std::string call(const std::function<Outputs()>& function) {
  try {
    std::string text;
    for (const Tensor& t : function()) text += (text.empty() ? "" : "+") + answer(t);
    return text.empty() ? "none" : text;
  } catch (const std::exception& error) {
    return is_located(error) ? "throws" : std::string("throws nowhere ") + error.what();
  }
}

struct Line {
  std::string function;
  std::vector<std::string> operands, answers;
};

/// A line for each function: `ask(function, operand)` for each operand of the menu, an answer.
template <class Functions, class Menu, class Ask>
std::vector<Line> lines_of(const Functions& functions, const Menu& menu, Ask ask) {
  std::vector<Line> all;
  for (const auto& f : functions) {
    Line line{f.name, {}, {}};
    for (const auto& o : menu()) {
      line.operands.push_back(o.name);
      line.answers.push_back(call([&] { return ask(f, o); }));
    }
    all.push_back(line);
  }
  return all;
}

/// A function that refuses other operands here than there, and which.
struct Difference {
  const char* function;
  const char* operands;
};

#ifdef WEFT_GOLDEN_WRITER
inline void write(const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    std::printf("%s:", line.function.c_str());
    for (const std::string& a : line.answers) std::printf(" %s", a.c_str());
    std::printf("\n");
  }
}
#define WEFT_GOLDEN_SWEEP(suite, lines, differences, path) \
  int main() { sweep::write(lines()); }
#else
// The same up to the last "]" of each output; behind it numbers that are nearly the same.
inline bool alike(const std::string& got, const std::string& expected) {
  std::istringstream a(got), b(expected);
  std::string x, y;
  while (true) {
    const bool more = static_cast<bool>(std::getline(a, x, '+')),
               wanted = static_cast<bool>(std::getline(b, y, '+'));
    if (!more || !wanted) return more == wanted;
    const size_t at = x.rfind(']');
    if (x == y) continue;
    if (at == std::string::npos || at != y.rfind(']') || x.substr(0, at) != y.substr(0, at))
      return false;
    const double v = std::stod(x.substr(at + 1)), w = std::stod(y.substr(at + 1));
    const bool half = x[0] == 'H' || x[0] == 'B';
    if (!(std::fabs(v - w) <= (half ? 2e-2 : 1e-4) * (1 + std::fabs(w)))) return false;
  }
}

inline void compare(const std::vector<Line>& lines, const std::vector<Difference>& differences,
                    const char* path) {
  std::ifstream file(path);
  ASSERT_TRUE(file) << path;
  for (const Line& line : lines) {
    std::string text;
    ASSERT_TRUE(std::getline(file, text)) << "libtorch did not try " << line.function;
    const std::string head = line.function + ":";
    ASSERT_EQ(text.substr(0, head.size()), head);
    const auto listed = std::find_if(
        differences.begin(), differences.end(),
        [&](const Difference& d) { return line.function == d.function; });
    bool differs = false;
    std::istringstream words(text.substr(head.size()));
    for (size_t i = 0; i < line.answers.size(); ++i) {
      std::string expected;
      words >> expected;
      if (listed != differences.end() &&
          line.answers[i].find("nowhere") == std::string::npos &&
          (line.answers[i] == "throws") != (expected == "throws")) {
        differs = true;
        continue;
      }
      EXPECT_TRUE(alike(line.answers[i], expected))
          << line.function << " of " << line.operands[i] << ": got " << line.answers[i]
          << ", libtorch says " << expected;
    }
    EXPECT_EQ(differs, listed != differences.end()) << line.function << " is listed as different";
    EXPECT_FALSE(words >> text) << "libtorch tried more operands of " << line.function;
  }
  std::string more;
  EXPECT_FALSE(std::getline(file, more)) << "libtorch tried more: " << more;
}
#define WEFT_GOLDEN_SWEEP(suite, lines, differences, path) \
  TEST(suite, AnswersAsLibtorch) { sweep::compare(lines(), differences, path); }
#endif
}  // namespace sweep
