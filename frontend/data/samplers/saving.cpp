// Where samplers are, in archives: under libtorch's names.
#include "frontend/data/samplers/distributed.h"
#include "frontend/data/samplers/random.h"
#include "frontend/data/samplers/sequential.h"
#include "frontend/data/samplers/stream.h"
#include "frontend/serialize/archive.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace data {
namespace samplers {
namespace {
template <class Number>
void write(serialize::OutputArchive& archive, const char* key, Number number) {
  archive.write(key, torch::tensor(static_cast<int64_t>(number)), /*is_buffer=*/true);
}
template <class Number>
void read(serialize::InputArchive& archive, const char* key, Number& number) {
  Tensor tensor = torch::empty({1}, kLong);
  archive.read(key, tensor, /*is_buffer=*/true);
  number = static_cast<Number>(tensor.item<int64_t>());
}
}  // namespace

void RandomSampler::save(serialize::OutputArchive& archive) const {
  write(archive, "index", index_);
  archive.write("indices", indices_, /*is_buffer=*/true);
}
void RandomSampler::load(serialize::InputArchive& archive) {
  read(archive, "index", index_);
  archive.read("indices", indices_, /*is_buffer=*/true);
}
void SequentialSampler::save(serialize::OutputArchive& archive) const {
  write(archive, "index", index_);
}
void SequentialSampler::load(serialize::InputArchive& archive) { read(archive, "index", index_); }
void StreamSampler::save(serialize::OutputArchive& archive) const {
  write(archive, "examples_retrieved_so_far", examples_retrieved_so_far_);
}
void StreamSampler::load(serialize::InputArchive& archive) {
  read(archive, "examples_retrieved_so_far", examples_retrieved_so_far_);
}
void DistributedListSampler::save(serialize::OutputArchive& archive) const {
  write(archive, "sample_index_", sample_index_);
  write(archive, "epoch_", epoch_);
}
void DistributedListSampler::load(serialize::InputArchive& archive) {
  read(archive, "epoch_", epoch_);
  make_list();
  read(archive, "sample_index_", sample_index_);
}
}  // namespace samplers
}  // namespace data
}  // namespace torch
