/// Numbers that pytorch_paths.py wrote, a line a name: "Adam 0, step 3: 0.5 -1.25 ...".
#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace paths {
/// Called with the names in the order of the file.
class Expected {
 public:
  explicit Expected(const std::string& path) : file_(path) {
    if (!file_) ADD_FAILURE() << path;
  }
  ~Expected() {
    std::string line;
    EXPECT_FALSE(std::getline(file_, line)) << "PyTorch showed more: " << line;
  }
  void operator()(const std::string& name, const std::vector<double>& values, double tolerance) {
    std::string line;
    ASSERT_TRUE(std::getline(file_, line)) << "PyTorch did not show " << name;
    const std::string head = name + ":";
    ASSERT_EQ(line.substr(0, head.size()), head);
    std::istringstream words(line.substr(head.size()));
    double wanted;
    for (size_t i = 0; i < values.size(); ++i) {
      ASSERT_TRUE(words >> wanted) << name;
      EXPECT_NEAR(values[i], wanted, tolerance * std::max(1.0, std::fabs(wanted)))
          << name << " at " << i;
    }
    EXPECT_FALSE(words >> wanted) << name << ": PyTorch has more numbers";
  }

 private:
  std::ifstream file_;
};
}  // namespace paths
