#include "examples/char_gpt/text.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

Text::Text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + path + ": " + std::strerror(errno));
  const std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (file.bad() || content.empty()) throw std::runtime_error(path + ": nothing to read");
  std::array<int64_t, 256> number;
  number.fill(-1);
  for (char c : content) number[static_cast<unsigned char>(c)] = 0;
  for (size_t c = 0; c < number.size(); ++c) {
    if (number[c] < 0) continue;
    number[c] = static_cast<int64_t>(characters_.size());
    characters_ += static_cast<char>(c);
  }
  for (char c : content) numbers_.push_back(number[static_cast<unsigned char>(c)]);
}
