// Philox 4x32-10 written out from its paper, and what ir/scalar/philox.h says of its words.
#include <cmath>

#include "tests/reference/oracle_ops.h"

namespace torch {
namespace reference {
namespace {

struct Block {
  uint32_t w[4];
};

Block philox(Block c, uint32_t k0, uint32_t k1) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t a = uint64_t(0xD2511F53) * c.w[0], b = uint64_t(0xCD9E8D57) * c.w[2];
    c = {{static_cast<uint32_t>(b >> 32) ^ c.w[1] ^ k0, static_cast<uint32_t>(b),
          static_cast<uint32_t>(a >> 32) ^ c.w[3] ^ k1, static_cast<uint32_t>(a)}};
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  return c;
}

long double uniform53(uint32_t first, uint32_t second) {
  return std::ldexp(static_cast<long double>((uint64_t(first >> 5) << 26) + (second >> 6)), -53);
}
}  // namespace

void oracle_random(const op::GraphNode& node, const Operands& operands, Results& results) {
  const uint64_t seed = static_cast<uint64_t>(static_cast<int64_t>((*operands[0])[0]));
  const uint64_t offset = static_cast<uint64_t>(static_cast<int64_t>((*operands[1])[0]));
  OracleTensor& y = results[0];
  for (uint64_t i = 0; i < y.values.size(); ++i) {
    const Block x = philox({{static_cast<uint32_t>(i), static_cast<uint32_t>(i >> 32),
                             static_cast<uint32_t>(offset), static_cast<uint32_t>(offset >> 32)}},
                           static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32));
    const bool narrow = y.type.dtype == op::DType::Float;
    const long double u =
        narrow ? std::ldexp(static_cast<long double>(x.w[0] >> 8), -24) : uniform53(x.w[0], x.w[1]);
    const long double v =
        narrow ? std::ldexp(static_cast<long double>(x.w[1] >> 8), -24) : uniform53(x.w[2], x.w[3]);
    long double value = u;
    if (node.op == op::Op::random_normal)
      value = std::sqrt(-2 * std::log(1 - u)) * std::cos(2 * acosl(-1) * v);
    if (node.op == op::Op::random_bits)
      value = y.type.dtype == op::DType::Int
                  ? static_cast<long double>(static_cast<int32_t>(x.w[0]))
                  : static_cast<long double>((uint64_t(x.w[1] & 0x7fffffff) << 32) + x.w[0]);
    y.values[i] = value;
  }
}
}  // namespace reference
}  // namespace torch
