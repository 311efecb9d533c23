/// Accuracy of every scalar function in both formats, and that formulas do not depend on the
/// instance.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "ir/scalar/elementwise.h"
#include "tests/scalar/functions.h"
#include "tests/scalar/oracle.h"
#include "tests/scalar/samples.h"

namespace scalar_test {
namespace {

struct Worst {
  double error = 0, x = 0, y = 0;
  void take(double e, double at_x, double at_y = 0) {
    if (!(e <= error)) error = e, x = at_x, y = at_y;
  }
  void report(const char* name, const char* format, double bound) const {
    std::printf("%-8s %s  %.4f ulp (bound %.2f) at %a, %a\n", name, format, error, bound, x, y);
    EXPECT_LE(error, bound) << name << " " << format << " at " << x << ", " << y;
  }
};

template <class T> std::vector<T> structured() {
  std::vector<T> values = special_values<T>(), critical = critical_points<T>();
  values.insert(values.end(), critical.begin(), critical.end());
  return values;
}

template <class T, class Function>
void against_mpfr(const Unary& function, Function f, const std::vector<T>& values, Worst& worst) {
  oracle::Exact x, want;
  for (T value : values) {
    mpfr_set_d(x.get(), value, MPFR_RNDN);
    function.exact(want.get(), x.get(), MPFR_RNDN);
    worst.take(oracle::ulps(f(value), want.get()), value);
  }
}

template <class T, class Function>
void against_mpfr(const Binary& function, Function f, T x, T y, Worst& worst) {
  static oracle::Exact exact_x, exact_y, want;
  mpfr_set_d(exact_x.get(), x, MPFR_RNDN);
  mpfr_set_d(exact_y.get(), y, MPFR_RNDN);
  function.exact(want.get(), exact_x.get(), exact_y.get(), MPFR_RNDN);
  worst.take(oracle::ulps(f(x, y), want.get()), x, y);
}

class UnaryTest : public testing::TestWithParam<Unary> {};

TEST_P(UnaryTest, SinglePrecision) {
  const Unary& function = GetParam();
  Worst worst;
  for (std::uint64_t word = 0; word < 1ull << 32; word += 4099) {
    const float x = from_word<float>(static_cast<std::uint32_t>(word));
    worst.take(oracle::ulps(function.f32(x), function.truth(x)), x);
  }
  for (float x : structured<float>())
    worst.take(oracle::ulps(function.f32(x), function.truth(x)), x);
  worst.report(function.name, "f32", function.bounds.f32);
}

TEST_P(UnaryTest, DoublePrecision) {
  const Unary& function = GetParam();
  Random random;
  Worst worst;
  against_mpfr(function, function.f64, structured<double>(), worst);
  against_mpfr(function, function.f64, random_values<double>(60000, random), worst);
  worst.report(function.name, "f64", function.bounds.f64);
}

/// Equal bits; one nan is as good as another.
template <class T> bool same(T a, T b) {
  return (std::isnan(a) && std::isnan(b)) || std::memcmp(&a, &b, sizeof a) == 0;
}

TEST_P(UnaryTest, InstancesAgree) {
  const Unary& function = GetParam();
  Random random;
  int operations[2] = {0, 0};
  auto narrow = structured<float>(), more = random_values<float>(2000, random);
  narrow.insert(narrow.end(), more.begin(), more.end());
  for (float x : narrow) {
    traced::operations = 0;
    EXPECT_TRUE(same(function.traced(traced::wrap(ts::Plain<float>{x})).f32.value, function.f32(x)))
        << x;
    operations[0] = std::max(operations[0], traced::operations);
  }
  auto wide = structured<double>(), wide_more = random_values<double>(2000, random);
  wide.insert(wide.end(), wide_more.begin(), wide_more.end());
  for (double x : wide) {
    traced::operations = 0;
    EXPECT_TRUE(
        same(function.traced(traced::wrap(ts::Plain<double>{x})).f64.value, function.f64(x)))
        << x;
    operations[1] = std::max(operations[1], traced::operations);
  }
  std::printf("%-8s operations: f32 %d, f64 %d\n", function.name, operations[0], operations[1]);
  EXPECT_LE(operations[0], function.bounds.operations_f32);
  EXPECT_LE(operations[1], function.bounds.operations_f64);
}

std::string unary_name(const testing::TestParamInfo<Unary>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Scalar, UnaryTest, testing::ValuesIn(unary_functions), unary_name);

class BinaryTest : public testing::TestWithParam<Binary> {};

/// All pairs of special values, random pairs, and for pow pairs whose result is finite.
template <class T, class Function>
Worst binary_errors(const Binary& function, Function f, int count) {
  Random random;
  Worst worst;
  for (T x : special_values<T>())
    for (T y : special_values<T>()) against_mpfr(function, f, x, y, worst);
  auto xs = random_values<T>(count, random), ys = random_values<T>(count, random);
  for (int i = 0; i < count; ++i)
    against_mpfr(function, f, xs[i], ys[(i * 7 + i / 3) % count], worst);
  const double range = std::numeric_limits<T>::max_exponent * 1.1;
  for (int i = 0; i < count; ++i) {
    const T x = std::fabs(xs[i]);
    const T y = T(range * 0x1p-63 * static_cast<double>(std::int64_t(random())) / std::log2(x));
    against_mpfr(function, f, x, y, worst);
  }
  return worst;
}

TEST_P(BinaryTest, SinglePrecision) {
  binary_errors<float>(GetParam(), GetParam().f32, 60000)
      .report(GetParam().name, "f32", GetParam().bounds.f32);
}

TEST_P(BinaryTest, DoublePrecision) {
  binary_errors<double>(GetParam(), GetParam().f64, 40000)
      .report(GetParam().name, "f64", GetParam().bounds.f64);
}

template <class T>
int instances_agree(const Binary& function, T (*f)(T, T), T (*read)(const traced::Traced&)) {
  Random random;
  int operations = 0;
  auto values = special_values<T>(), more = random_values<T>(60, random);
  values.insert(values.end(), more.begin(), more.end());
  for (T x : values)
    for (T y : values) {
      traced::operations = 0;
      auto traced = function.traced(traced::wrap(ts::Plain<T>{x}), traced::wrap(ts::Plain<T>{y}));
      EXPECT_TRUE(same(read(traced), f(x, y))) << x << " " << y;
      operations = std::max(operations, traced::operations);
    }
  return operations;
}

TEST_P(BinaryTest, InstancesAgree) {
  const Binary& function = GetParam();
  int narrow = instances_agree<float>(function, function.f32,
                                      [](const traced::Traced& v) { return v.f32.value; });
  int wide = instances_agree<double>(function, function.f64,
                                     [](const traced::Traced& v) { return v.f64.value; });
  std::printf("%-8s operations: f32 %d, f64 %d\n", function.name, narrow, wide);
  EXPECT_LE(narrow, function.bounds.operations_f32);
  EXPECT_LE(wide, function.bounds.operations_f64);
}

std::string binary_name(const testing::TestParamInfo<Binary>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Scalar, BinaryTest, testing::ValuesIn(binary_functions), binary_name);

/// Remainders are exact, however far apart the operands are.
template <class T> void expect_remainders() {
  Random random;
  auto values = special_values<T>(), more = random_values<T>(300, random);
  values.insert(values.end(), more.begin(), more.end());
  for (T a : values) {
    for (T b : values) {
      const T want = std::fmod(a, b), got = ts::fmod(ts::Plain<T>{a}, ts::Plain<T>{b}).value;
      ASSERT_TRUE(same(got, want) || (std::isnan(got) && std::isnan(want)))
          << a << " " << b << ": " << got;
      const T moved = want != 0 && (b < 0) != (want < 0) ? want + b : want;
      const T floored = ts::remainder(ts::Plain<T>{a}, ts::Plain<T>{b}).value;
      ASSERT_TRUE(same(floored, moved) || (std::isnan(floored) && std::isnan(moved)))
          << a << " " << b;
    }
  }
}
TEST(RemainderTest, IsExact) {
  expect_remainders<float>();
  expect_remainders<double>();
}

/// The oracle itself: it must see one place off, a wrong zero, a lost nan, an early infinity.
TEST(OracleTest, SeesErrors) {
  oracle::Exact want;
  mpfr_set_d(want.get(), 1.5, MPFR_RNDN);
  EXPECT_EQ(oracle::ulps(1.5f, want.get()), 0);
  EXPECT_EQ(oracle::ulps(std::nextafter(1.5f, 2.0f), want.get()), 1);
  EXPECT_EQ(oracle::ulps(std::nextafter(1.5f, 2.0f), 1.5), 1);
  EXPECT_EQ(oracle::ulps(std::nextafter(1.5, 2.0), want.get()), 1);
  EXPECT_EQ(oracle::ulps(std::nanf(""), want.get()), oracle::wrong);
  mpfr_set_d(want.get(), 0.0, MPFR_RNDN);
  EXPECT_EQ(oracle::ulps(-0.0f, want.get()), oracle::wrong);
  EXPECT_EQ(oracle::ulps(-0.0f, 0.0), oracle::wrong);
  mpfr_set_d(want.get(), 0x1.8p-149, MPFR_RNDN);
  EXPECT_EQ(oracle::ulps(0x1p-149f, want.get()), 0.5);
  EXPECT_EQ(oracle::ulps(0x1p-149f, 0x1.8p-149), 0.5);
  mpfr_set_d(want.get(), 0x1p127, MPFR_RNDN);
  EXPECT_GT(oracle::ulps(std::numeric_limits<float>::infinity(), want.get()), 1e6);
}

}  // namespace
}  // namespace scalar_test
