/// Every float through every f32 function (or those named): a few minutes each, one core. Prints
/// the largest error in ulp against double-precision libm, and where. Not part of CI: run it when
/// a formula changes. --nonnegative: half of them, enough for odd and even functions. --stride=N:
/// every Nth.
#include <cstdio>
#include <cstring>

#include "tests/scalar/functions.h"
#include "tests/scalar/oracle.h"
#include "tests/scalar/samples.h"

namespace {

bool run(const scalar_test::Unary& function, std::uint64_t stride, std::uint64_t end) {
  double worst = 0;
  float where = 0;
  for (std::uint64_t word = 0; word < end; word += stride) {
    const float x = scalar_test::from_word<float>(static_cast<std::uint32_t>(word));
    const double error = oracle::ulps(function.f32(x), function.truth(x));
    if (error > worst) worst = error, where = x;
  }
  std::printf("%-8s %.4f ulp at %a (%g)\n", function.name, worst, where, where);
  std::fflush(stdout);
  return worst <= function.bounds.f32;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t stride = 1, end = 1ull << 32;
  bool ok = true;
  int named = 0;
  for (int i = 1; i < argc; ++i) {
    if (std::strncmp(argv[i], "--stride=", 9) == 0)
      stride = std::strtoull(argv[i] + 9, nullptr, 10);
    else if (std::strcmp(argv[i], "--nonnegative") == 0)
      end = 1ull << 31;
    else
      ++named;
  }
  for (const auto& function : scalar_test::unary_functions) {
    bool wanted = named == 0;
    for (int i = 1; i < argc; ++i) wanted |= std::strcmp(argv[i], function.name) == 0;
    if (wanted) ok &= run(function, stride, end);
  }
  return ok ? 0 : 1;
}
