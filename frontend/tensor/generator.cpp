#include "frontend/tensor/generator.h"

#include <cstring>
#include <mutex>
#include <random>

#include "frontend/record/read.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/random_inside.h"

namespace torch {
namespace detail {
struct Sequence {
  std::mutex mutex;
  uint64_t seed = default_seed, offset = 0;
  record::Home home = record::kHost;
};

Generator createCPUGenerator(uint64_t seed) {
  Generator g(std::make_shared<Sequence>());
  g.set_current_seed(seed);
  return g;
}

namespace {
Generator sequence_for(record::Home home, uint64_t seed) {
  auto sequence = std::make_shared<Sequence>();
  sequence->seed = seed;
  sequence->home = home;
  return Generator(std::move(sequence));
}

// Those of the process, one a home. Never destroyed.
struct Defaults {
  std::mutex mutex;
  uint64_t seed = default_seed;  // the last of manual_seed: of those that nobody has used yet
  Generator host = sequence_for(record::kHost, default_seed), gpus[64];
};
Defaults& defaults() {
  static Defaults& all = *new Defaults;
  return all;
}
const Generator& default_of(record::Home home) {
  Defaults& all = defaults();
  if (!record::is_gpu(home)) return all.host;
  std::lock_guard<std::mutex> lock(all.mutex);
  Generator& g = all.gpus[home];
  if (!g.defined()) g = sequence_for(home, all.seed);
  return g;
}
record::Home gpu(c10::DeviceIndex index) {
  return home_for(Device(kCUDA, index), How(Location::none(), nullptr, "generator"));
}
}  // namespace

const Generator& getDefaultCPUGenerator() { return default_of(record::kHost); }
const Generator& getDefaultCUDAGenerator(c10::DeviceIndex index) { return default_of(gpu(index)); }
Generator createCUDAGenerator(c10::DeviceIndex index) {
  return sequence_for(gpu(index), default_seed);
}
}  // namespace detail

namespace {
detail::Sequence& sequence_of(const Generator& g) {
  if (!g.defined()) throw c10::Error("Generator with undefined implementation is not allowed");
  return *g.unsafeGetGeneratorImpl();
}
}  // namespace

void Generator::set_current_seed(uint64_t seed) {
  detail::Sequence& s = sequence_of(*this);
  std::lock_guard<std::mutex> lock(s.mutex);
  s.seed = seed;
  s.offset = 0;
}
uint64_t Generator::current_seed() const {
  detail::Sequence& s = sequence_of(*this);
  std::lock_guard<std::mutex> lock(s.mutex);
  return s.seed;
}
uint64_t Generator::seed() {
  std::random_device device;
  const uint64_t seed = (static_cast<uint64_t>(device()) << 32 | device()) & 0x1FFFFFFFFFFFFF;
  set_current_seed(seed);
  return seed;
}
uint64_t Generator::get_offset() const {
  detail::Sequence& s = sequence_of(*this);
  std::lock_guard<std::mutex> lock(s.mutex);
  return s.offset;
}
void Generator::set_offset(uint64_t offset) {
  detail::Sequence& s = sequence_of(*this);
  std::lock_guard<std::mutex> lock(s.mutex);
  s.offset = offset;
}
Generator Generator::clone() const {
  Generator copy = detail::sequence_for(sequence_of(*this).home, current_seed());
  copy.set_offset(get_offset());
  return copy;
}
Device Generator::device() const { return device_at(sequence_of(*this).home); }

namespace {
constexpr int64_t kStateBytes = 2 * sizeof(uint64_t);
}
Tensor Generator::get_state() const {
  const uint64_t words[] = {current_seed(), get_offset()};
  return torch::from_blob(const_cast<uint64_t*>(words), kStateBytes, kByte).clone();
}
void Generator::set_state(const TensorBase& state) {
  const How how(Location::none(), nullptr, "set_state");
  if (!state.is_cpu() || state.scalar_type() != kByte)
    refuse<c10::TypeError>(how.where, how.what, "RNG state must be a torch.ByteTensor");
  if (state.numel() != kStateBytes)
    refuse(how.where, how.what, "RNG state is wrong size: expected ", kStateBytes, " bytes, got ",
           state.numel());
  uint64_t words[2];
  const record::Values bytes(Tensor(state), how.what, how.where);
  std::memcpy(words, bytes.data(), sizeof words);
  set_current_seed(words[0]);
  set_offset(words[1]);
}

RandomState draw(int64_t count, const optional<Generator>& generator, const How& how) {
  const bool given = generator && generator->defined();
  detail::Sequence& s = sequence_of(given ? *generator : detail::default_of(how.home));
  if (given && how.home != record::kAnywhere && s.home != how.home)
    refuse(how.where, how.what, "Expected a '", device_at(how.home),
           "' device type for generator but found '", device_at(s.home), "'");
  std::lock_guard<std::mutex> lock(s.mutex);
  const RandomState state{s.seed, s.offset};
  s.offset += static_cast<uint64_t>(count);
  return state;
}
void manual_seed(uint64_t seed) {
  detail::Defaults& all = detail::defaults();
  all.host.set_current_seed(seed);
  std::lock_guard<std::mutex> lock(all.mutex);
  all.seed = seed;
  for (Generator& g : all.gpus)
    if (g.defined()) g.set_current_seed(seed);
}
}  // namespace torch
