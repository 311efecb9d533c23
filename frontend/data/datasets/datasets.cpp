#include <cstdint>
#include <fstream>

#include "frontend/data/datasets/chunk.h"
#include "frontend/data/datasets/mnist.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace data {
namespace datasets {

ChunkDatasetOptions::ChunkDatasetOptions(size_t preloader_count, size_t batch_size,
                                         size_t cache_size, size_t cross_chunk_shuffle_count,
                                         Location where)
    : preloader_count_(preloader_count),
      batch_size_(batch_size),
      cache_size_(cache_size),
      cross_chunk_shuffle_count_(cross_chunk_shuffle_count) {
  WEFT_CHECK_AT(where, preloader_count_ > 0,
              "Preloader count is 0. At least one preloader needs to be specified.");
  WEFT_CHECK_AT(where, batch_size_ > 0, "Batch size is 0. A positive batch size needs to be specified.");
  WEFT_CHECK_AT(where, cache_size_ > 0, "Cache size is 0. A positive cache size needs to be specified.");
  WEFT_CHECK_AT(where, cache_size_ >= batch_size_,
              "Cache size is less than batch size. Cache needs to be large enough to hold at least "
              "one batch.");
  WEFT_CHECK_AT(where, cross_chunk_shuffle_count_ > 0,
              "cross_chunk_shuffle_count needs to be greater than 0.");
}

namespace {
// The IDX format: two zero bytes, 8 for unsigned bytes, the number of dims; big-endian sizes; data.
Tensor read_idx(const std::string& path, const char* what, int64_t dims, Location where) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file)
    throw Error("Error opening " + std::string(what) + " file at " + path, where);
  const int64_t length = file.tellg();
  file.seekg(0);
  auto refuse = [&](const std::string& why) {
    throw Error(path + ": not an IDX file of " + what + ": " + why, where);
  };
  auto word = [&] {
    uint8_t bytes[4] = {};
    file.read(reinterpret_cast<char*>(bytes), 4);
    if (!file) refuse("it ends within its header");
    return int64_t(bytes[0]) << 24 | int64_t(bytes[1]) << 16 | int64_t(bytes[2]) << 8 | bytes[3];
  };
  const int64_t magic = word(), wanted = 0x800 + dims;
  if (magic != wanted) refuse(c10::str("got magic number ", magic, ", expected ", wanted));
  std::vector<int64_t> sizes;
  int64_t bytes = 1;
  for (int64_t d = 0; d < dims; ++d) {
    sizes.push_back(word());
    // no more than the file can hold, so that the product stays small
    if (sizes.back() != 0 && bytes > length / sizes.back()) bytes = length + 1;
    else bytes *= sizes.back();
  }
  const int64_t held = length - 4 - 4 * dims;
  if (bytes != held)
    refuse(c10::str("sizes ", IntArrayRef(sizes), " need ", bytes > length ? "more" : c10::str(bytes),
                    " bytes, got ", held));
  Tensor data = torch::empty(sizes, kByte);
  file.read(static_cast<char*>(data.mutable_data_ptr(Location::none())), bytes);
  if (!file) refuse("it can't be read");
  return data;
}
}  // namespace

MNIST::MNIST(const std::string& root, Mode mode, Location where)
    : is_train_(mode == Mode::kTrain) {
  const std::string start = root + (root.empty() || root.back() == '/' ? "" : "/") +
                            (is_train_ ? "train" : "t10k");
  const Tensor images = read_idx(start + "-images-idx3-ubyte", "images", 3, where),
               targets = read_idx(start + "-labels-idx1-ubyte", "targets", 1, where);
  if (images.size(0) != targets.size(0))
    throw Error(c10::str(start, "-...: ", images.size(0), " images, but ", targets.size(0),
                         " targets"),
                where);
  images_ = images.unsqueeze(1).to(kFloat).div(255);
  targets_ = targets.to(kLong);
}
Example<> MNIST::get(size_t index) {
  const int64_t i = static_cast<int64_t>(index);
  return {images_[i], targets_[i]};
}
std::optional<size_t> MNIST::size() const { return static_cast<size_t>(images_.size(0)); }
}  // namespace datasets
}  // namespace data
}  // namespace torch
