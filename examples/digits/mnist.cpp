// MNIST's IDX format: a big-endian header (magic number, sizes), then bytes.
#include <sys/stat.h>

#include <stdexcept>

#include "examples/digits/dataset.h"
#include "examples/digits/gzip.h"

namespace {
bool exists(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0;
}

// Reads FOLDER/NAME or FOLDER/NAME.gz; checks the header; returns what follows it.
std::string read_idx(const std::string& folder, const std::string& name,
                     std::vector<int64_t> expected_sizes, int64_t& count) {
  std::string path = folder + "/" + name;
  if (!exists(path)) path += ".gz";
  if (!exists(path))
    throw std::runtime_error("no file " + folder + "/" + name + " (nor " + name + ".gz)");
  const std::string content = read_gzip(path);
  const size_t rank = 1 + expected_sizes.size(), header = 4 * (1 + rank);
  auto word = [&](size_t i) {
    uint32_t value = 0;
    for (size_t b = 0; b < 4; ++b)
      value = value << 8 | static_cast<unsigned char>(content[4 * i + b]);
    return static_cast<int64_t>(value);
  };
  const int64_t magic = 0x800 + static_cast<int64_t>(rank);
  if (content.size() < header || word(0) != magic)
    throw std::runtime_error(path + ": not an IDX file of bytes with " + std::to_string(rank) +
                             " dims");
  count = word(1);
  int64_t each = 1;
  for (size_t d = 0; d < expected_sizes.size(); ++d) {
    each *= expected_sizes[d];
    if (word(2 + d) != expected_sizes[d])
      throw std::runtime_error(path + ": images have size " + std::to_string(word(2 + d)) +
                               " in dim " + std::to_string(d) + ", expected " +
                               std::to_string(expected_sizes[d]));
  }
  const int64_t got = static_cast<int64_t>(content.size() - header);
  if (count <= 0 || got != count * each)
    throw std::runtime_error(path + ": " + std::to_string(got) + " bytes of data, expected " +
                             std::to_string(count * each) + " for " + std::to_string(count) +
                             " items");
  return content.substr(header);
}

Images read_part(const std::string& folder, const std::string& prefix) {
  int64_t images = 0, labels = 0;
  const std::string pixels =
      read_idx(folder, prefix + "-images-idx3-ubyte", {Images::side, Images::side}, images);
  const std::string classes = read_idx(folder, prefix + "-labels-idx1-ubyte", {}, labels);
  if (images != labels)
    throw std::runtime_error(folder + ": " + std::to_string(images) + " " + prefix +
                             " images, but " + std::to_string(labels) + " labels");
  Images part;
  part.values.reserve(pixels.size());
  for (unsigned char p : pixels) part.values.push_back(static_cast<float>(p) / 255);
  for (unsigned char c : classes) {
    if (c > 9)
      throw std::runtime_error(folder + ": label " + std::to_string(c) + ", expected 0 to 9");
    part.labels.push_back(c);
  }
  return part;
}
}  // namespace

Dataset read_mnist(const std::string& folder) {
  if (!exists(folder)) throw std::runtime_error("no folder " + folder);
  return {"MNIST", read_part(folder, "train"), read_part(folder, "t10k")};
}
