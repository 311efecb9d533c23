#include "frontend/tensor/generator.h"

#include <mutex>
#include <random>

#include "frontend/tensor/factories.h"
#include "frontend/tensor/random_inside.h"

namespace torch {
namespace detail {
struct Sequence {
  std::mutex mutex;
  uint64_t seed = default_seed, offset = 0;
};

Generator createCPUGenerator(uint64_t seed) {
  Generator g(std::make_shared<Sequence>());
  g.set_current_seed(seed);
  return g;
}
const Generator& getDefaultCPUGenerator() {
  static const Generator& process = *new Generator(createCPUGenerator());
  return process;
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
  Generator copy = detail::createCPUGenerator(current_seed());
  copy.set_offset(get_offset());
  return copy;
}

RandomState draw(int64_t count, const optional<Generator>& generator) {
  const bool given = generator && generator->defined();
  detail::Sequence& s = sequence_of(given ? *generator : detail::getDefaultCPUGenerator());
  std::lock_guard<std::mutex> lock(s.mutex);
  const RandomState state{s.seed, s.offset};
  s.offset += static_cast<uint64_t>(count);
  return state;
}
void manual_seed(uint64_t seed) {
  Generator process = detail::getDefaultCPUGenerator();
  process.set_current_seed(seed);
}
}  // namespace torch
