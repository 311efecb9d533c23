// Tensors print as libtorch 2.15 prints them, to the character.
#include <gtest/gtest.h>

#include <fstream>
#include <iomanip>
#include <sstream>

#include "tests/frontend/print/cases.h"

namespace {
using torch::Tensor;

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}
std::string printed(const Tensor& tensor) {
  std::ostringstream out;
  out << tensor;
  return out.str();
}

TEST(Print, AsLibtorch) {
  const std::string expected = read_file("tests/frontend/print/expected.txt");
  ASSERT_FALSE(expected.empty());
  size_t at = 0;
  print_cases([&](const char* name, const Tensor& tensor) {
    const std::string head = std::string("=== ") + name + "\n";
    ASSERT_EQ(expected.substr(at, head.size()), head);
    at += head.size();
    const size_t end = std::min(expected.find("=== ", at), expected.size());
    EXPECT_EQ(printed(tensor) + "\n", expected.substr(at, end - at)) << name;
    at = end;
  });
  EXPECT_EQ(at, expected.size()) << "cases that libtorch printed and we did not";
}

TEST(Print, LeavesTheStreamAsItWas) {
  std::ostringstream out;
  out << std::scientific << std::setprecision(2) << std::setfill('*') << std::showpos;
  out << floats({0.5, 1.25}, {2}) << " " << 1.5;
  EXPECT_EQ(out.str(), " 0.5000\n 1.2500\n[ CPUFloatType{2} ] +1.50e+00");
}

TEST(Print, NarrowLines) {
  std::ostringstream out;
  torch::print(out, floats({1.5, 2.5, 3.5}, {1, 3}), 16);
  EXPECT_EQ(out.str(),
            "Columns 1 to 2 1.5000  2.5000\n\nColumns 3 to 3 3.5000\n[ CPUFloatType{1,3} ]");
}

TEST(Print, ListsAndOptions) {
  std::ostringstream out;
  out << torch::ones({2, 3}).sizes() << " " << torch::ones({2}).dtype() << " "
      << torch::ones({2}).device() << " " << torch::ones({2}).scalar_type();
  EXPECT_EQ(out.str(), "[2, 3] float cpu Float");
  std::ostringstream options;
  options << torch::ones({2}).options();
  EXPECT_EQ(options.str(),
            "TensorOptions(dtype=float, device=cpu, layout=Strided, requires_grad=false (default), "
            "pinned_memory=false (default), memory_format=(nullopt))");
}

TEST(Print, IsABarrierAtItsLine) {
  using namespace torch::indexing;  // whose indices are printed, too
  std::ostringstream out;
  const torch::Tensor x = torch::ones({2}) + 1;
  torch::clear_ledger();
  const int line = __LINE__ + 1;
  out << x << Slice(1, 2) << TensorIndex(3);
  EXPECT_EQ(out.str(), " 2\n 2\n[ CPUFloatType{2} ]1:2:13");
  ASSERT_EQ(torch::ledger().barriers.size(), 1u);
  const std::string where = torch::ledger().barriers[0].where;
  EXPECT_NE(where.find("print_test.cpp:" + std::to_string(line)), std::string::npos) << where;
}
}  // namespace
