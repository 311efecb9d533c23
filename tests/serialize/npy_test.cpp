// .npy files: round trips, byte and index orders, damaged ones, and files exchanged with numpy
// where it is installed.
#include "frontend/serialize/npy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "tests/serialize/mutated.h"

namespace {
using namespace torch;
using op::DType;
using op::Type;
using serialize::NpyError;
using testing::HasSubstr;

std::string scratch(const std::string& name) { return testing::TempDir() + "/" + name; }

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream s;
  s << file.rdbuf();
  return s.str();
}
std::string write_file(const std::string& name, const std::string& bytes) {
  const std::string path = scratch(name);
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

// A file of version 1.0 (or another) with this header and data.
std::string npy(const std::string& header, const std::string& data, char version = 1) {
  std::string file = std::string("\x93NUMPY") + version + '\0';
  for (int i = 0; i < (version == 1 ? 2 : 4); ++i)
    file += static_cast<char>(header.size() >> 8 * i);
  return file + header + data;
}
std::string header(const std::string& descr, const std::string& order, const std::string& shape) {
  return "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
}
template <class T> std::string bytes(std::initializer_list<T> values) {
  return std::string(reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(T));
}
template <class T> std::vector<T> values(const serialize::Array& a) {
  const T* p = static_cast<const T*>(a.buffer->data());
  return std::vector<T>(p, p + a.type.numel());
}
// The message of loading a file of these bytes.
std::string refused(const std::string& file) {
  const std::string path = write_file("refused.npy", file);
  try {
    serialize::load_npy(path);
  } catch (const NpyError& error) {
    std::string what = error.what();
    EXPECT_EQ(what.rfind(path + ": ", 0), 0u) << what;
    return what.substr(what.find(path) + path.size() + 2);
  }
  return "not refused";
}

TEST(Npy, EveryTypeComesBack) {
#define ROW(E, T, ...)                                                                  \
  if (DType::E != DType::BFloat16) { /* NumPy has none */                               \
    const std::vector<T> in = {0, 1, 1, 0, 1, 1};                                       \
    std::unique_ptr<T[]> raw(new T[6]);                                                 \
    std::copy(in.begin(), in.end(), raw.get());                                         \
    const std::string path = scratch("type.npy");                                       \
    serialize::save_npy(path, Type(DType::E, {2, 3}), raw.get());                       \
    serialize::Array out = serialize::load_npy(path);                                   \
    EXPECT_EQ(out.type, Type(DType::E, {2, 3}));                                        \
    EXPECT_EQ(values<T>(out), in) << #E;                                                \
  }
  WEFT_DTYPES(ROW)
#undef ROW
}

TEST(Npy, EveryRankComesBack) {
  const float data[24] = {1, 2, 3};
  for (const op::Dims& dims :
       {op::Dims{}, op::Dims{3}, op::Dims{0}, op::Dims{4, 0, 5}, op::Dims{1, 2, 3, 4, 1, 1, 1}}) {
    const Type type(DType::Float, dims);
    const std::string path = scratch("rank.npy");
    serialize::save_npy(path, type, data);
    serialize::Array out = serialize::load_npy(path);
    EXPECT_EQ(out.type, type);
    EXPECT_EQ(std::memcmp(out.buffer->data(), data, type.bytes()), 0);
    EXPECT_EQ((read_file(path).size() - type.bytes()) % 64, 0u)
        << "data begins at a multiple of 64";
  }
}

TEST(Npy, LongHeaderIsVersion2) {
  const Type type(DType::Byte, op::Dims(30000, 1));
  const char byte = 7;
  const std::string path = scratch("long.npy");
  serialize::save_npy(path, type, &byte);
  EXPECT_EQ(read_file(path)[6], 2);
  EXPECT_EQ(serialize::load_npy(path).type, type);
}

TEST(Npy, AllVersionsAndSpellings) {
  for (char version : {1, 2, 3}) {
    auto path = write_file("version.npy",
                           npy(header("<i4", "False", "(2,)"), bytes<int32_t>({-1, 5}), version));
    EXPECT_EQ(values<int32_t>(serialize::load_npy(path)), (std::vector<int32_t>{-1, 5}));
  }
  auto path = write_file(
      "spelling.npy",
      npy("{\"shape\":(1L,2L),\"descr\" : \"=f4\",'fortran_order' :False}", bytes<float>({1, 2})));
  EXPECT_EQ(serialize::load_npy(path).type, Type(DType::Float, {1, 2}));
}

TEST(Npy, BigEndianIsSwapped) {
  auto path =
      write_file("big.npy", npy(header(">i4", "False", "(2,)"), bytes<int32_t>({0x01020304, -1})));
  EXPECT_EQ(values<int32_t>(serialize::load_npy(path)), (std::vector<int32_t>{0x04030201, -1}));
}

TEST(Npy, FortranOrderIsConverted) {
  auto path = write_file("fortran.npy",
                         npy(header("<i4", "True", "(2, 3)"), bytes<int32_t>({1, 2, 3, 4, 5, 6})));
  EXPECT_EQ(values<int32_t>(serialize::load_npy(path)), (std::vector<int32_t>{1, 3, 5, 2, 4, 6}));
  path = write_file("fortran.npy", npy(header("<i4", "True", "(2, 1, 2, 2)"),
                                       bytes<int32_t>({0, 1, 2, 3, 4, 5, 6, 7})));
  EXPECT_EQ(values<int32_t>(serialize::load_npy(path)),
            (std::vector<int32_t>{0, 4, 2, 6, 1, 5, 3, 7}));
  path = write_file("fortran.npy", npy(header("<f8", "True", "(4611686018427387904, 0, 2)"), ""));
  EXPECT_THAT(refused(read_file(path)), HasSubstr("2^63"));
}

TEST(Npy, BoolsBecomeZeroAndOne) {
  auto path =
      write_file("bool.npy", npy(header("|b1", "False", "(3,)"), std::string("\x00\x02\xff", 3)));
  EXPECT_EQ(values<char>(serialize::load_npy(path)), (std::vector<char>{0, 1, 1}));
}

TEST(Npy, DamagedFiles) {
  const std::string good = npy(header("<f4", "False", "(3, 4)"), std::string(48, 'x'));
  EXPECT_THAT(refused(""), HasSubstr("not a .npy file: 0 bytes long"));
  EXPECT_THAT(refused("PK\x03\x04 a zip archive"), HasSubstr("does not begin with \\x93NUMPY"));
  EXPECT_THAT(refused(npy("{}", "", 4)),
              HasSubstr("version 4.0 of the format; known are 1.0, 2.0 and 3.0"));
  EXPECT_THAT(refused(good.substr(0, 9)), HasSubstr("ends within the header"));
  EXPECT_THAT(refused(good.substr(0, 30)), HasSubstr("ends within the header"));
  EXPECT_THAT(refused(good.substr(0, good.size() - 28)),
              HasSubstr("ends after 20 bytes of data; float(3, 4) has 48"));
  EXPECT_THAT(refused(good + "more"), HasSubstr("4 bytes follow the data of float(3, 4)"));
  EXPECT_THAT(refused(npy("{}", "")),
              HasSubstr("lacks one of 'descr', 'fortran_order' and 'shape'"));
  EXPECT_THAT(refused(npy("", "")), HasSubstr("damaged at byte 0: expected '{'"));
  EXPECT_THAT(refused(npy("{'descr': '<f4", "")), HasSubstr("a string without end"));
  EXPECT_THAT(refused(npy("{'descr': '<f4', 'descr': '<f4'}", "")),
              HasSubstr("unexpected key 'descr'"));
  EXPECT_THAT(refused(npy(header("<f4", "0", "(3,)"), "")), HasSubstr("expected True or False"));
  EXPECT_THAT(refused(npy(header("<f4", "False", "(3, -1)"), "")),
              HasSubstr("a size, an integer that is not negative"));
  EXPECT_THAT(refused(npy(header("<f4", "False", "(3 4)"), "")), HasSubstr("expected ',' or ')'"));
  EXPECT_THAT(refused(npy(header("<f4", "False", "(3,)") + "!", "")),
              HasSubstr("follows the closing brace"));
}

TEST(Npy, HeadersThatPromiseTooMuch) {
  EXPECT_THAT(refused(npy(header("<f4", "False", "(9223372036854775808,)"), "")),
              HasSubstr("a size beyond 2^63"));
  EXPECT_THAT(refused(npy(header("<f8", "False", "(4294967296, 4294967296)"), "")),
              HasSubstr("more bytes than 2^63"));
  EXPECT_THAT(refused(npy(header("<f8", "False", "(1125899906842624,)"), "")),
              HasSubstr("ends after 0 bytes of data"));
  std::string file = std::string("\x93NUMPY") + '\2' + '\0' + "\xff\xff\xff\xff" + "{";
  EXPECT_THAT(refused(file), HasSubstr("it has 4294967295 bytes, the file 1 more"));
}

TEST(Npy, TypesThatWeDoNotHave) {
  EXPECT_THAT(refused(npy(header("<c8", "False", "(3,)"), "")),
              HasSubstr("element type '<c8' is not supported; supported are f4 (float)"));
  EXPECT_THAT(refused(npy(header("|O", "False", "(3,)"), "")),
              HasSubstr("element type '|O' is not supported"));
  EXPECT_THAT(refused(npy(header("", "False", "(3,)"), "")),
              HasSubstr("element type '' is not supported"));
  EXPECT_THAT(refused(npy("{'descr': [('a', '<f4')], ", "")),
              HasSubstr("structured arrays are not supported"));
}

TEST(Npy, EveryPrefixOfAFileIsRefused) {
  const std::string good = npy(header("<f4", "True", "(3, 4)"), std::string(48, 'x'));
  for (size_t n = 0; n < good.size(); ++n)
    EXPECT_NE(refused(good.substr(0, n)), "not refused") << n;
}

TEST(Npy, NoFileAndNoFolder) {
  EXPECT_THAT([] { serialize::load_npy("/nowhere/x.npy"); },
              testing::ThrowsMessage<NpyError>(
                  "/nowhere/x.npy: cannot read it: No such file or directory"));
  EXPECT_THAT([] { serialize::load_npy("/"); },
              testing::ThrowsMessage<NpyError>(HasSubstr("not a regular file")));
  const float x = 1;
  EXPECT_THAT([&] { serialize::save_npy("/nowhere/x.npy", Type(DType::Float, {}), &x); },
              testing::ThrowsMessage<NpyError>(
                  "/nowhere/x.npy: cannot write it: No such file or directory"));
  EXPECT_THAT([&] { serialize::save_npy("/dev/full", Type(DType::Float, {}), &x); },
              testing::ThrowsMessage<NpyError>(HasSubstr("No space left on device")));
}

TEST(Npz, ThereAndBackAndDamaged) {
  const std::vector<float> x{1, 2, 3, 4, 5, 6};
  const int64_t y = 7;
  auto array = [](Type type, const void* data) {
    serialize::Array a{type, runtime::allocate(type.bytes())};
    std::memcpy(a.buffer->data(), data, type.bytes());
    return a;
  };
  const std::string path = scratch("all.npz");
  serialize::save_npz(path, {{"x", array(Type(DType::Float, {2, 3}), x.data())},
                             {"y", array(Type(DType::Long, {}), &y)}});
  const auto got = serialize::load_npz(path);
  ASSERT_EQ(got.size(), 2u);
  EXPECT_EQ(got[0].name, "x");
  EXPECT_EQ(values<float>(got[0].array), x);
  EXPECT_EQ(values<int64_t>(got[1].array)[0], 7);
  const std::string good = read_file(path);
  for (size_t n = 0; n + 2 < good.size(); n += 5)  // the last two bytes say how long a comment is
    EXPECT_THROW(serialize::load_npz(write_file("cut.npz", good.substr(0, n))), NpyError) << n;
  std::string wrong = good;
  wrong[good.find("NUMPY") + 128] ^= 1;  // of the first array's data
  EXPECT_THAT([&] { serialize::load_npz(write_file("wrong.npz", wrong)); },
              testing::ThrowsMessage<NpyError>(HasSubstr("checksum")));
}

// Loads, or is an error.
TEST(Npz, Mutated) {
  const std::vector<float> x{1, 2, 3, 4, 5, 6};
  serialize::save_npy(scratch("whole.npy"), Type(DType::Float, {2, 3}), x.data());
  serialize::Array array{Type(DType::Float, {3, 2}), runtime::allocate(24)};
  std::memcpy(array.buffer->data(), x.data(), 24);
  serialize::save_npz(scratch("whole.npz"), {{"x", array}, {"y", array}});
  Mutator one(read_file(scratch("whole.npy"))), two(read_file(scratch("whole.npz")));
  int refused = 0;
  for (int round = 0; round < 500; ++round) {
    try {
      const serialize::Array got = serialize::load_npy(write_file("mutated.npy", one()));
      EXPECT_LE(got.type.bytes(), 100000u);
      const char* data = static_cast<const char*>(got.buffer->data());
      EXPECT_EQ(std::string(data, got.type.bytes()).size(), got.type.bytes());
    } catch (const NpyError&) {
      ++refused;
    }
    try {
      serialize::load_npz(write_file("mutated.npz", two()));
    } catch (const NpyError&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 500);
}

TEST(Npy, ExchangedWithNumpy) {
  if (std::system("python3 -c 'import numpy' 2>/dev/null") != 0)
    GTEST_SKIP() << "numpy is not installed";
  const std::string script = R"(python3 -c '
import numpy as np, sys
folder = sys.argv[1]
x = np.arange(24).reshape(2, 3, 4) - 5
for name, dtype in dict(f4="f4", f8="f8", i4="i4", i8="i8", b1="?").items():
    np.save(f"{folder}/np_{name}.npy", x.astype(dtype))
np.save(f"{folder}/np_fortran.npy", np.asfortranarray(x))
np.save(f"{folder}/np_big.npy", x.astype(">f8"))
np.save(f"{folder}/np_scalar.npy", np.float32(1.5))
' )";
  ASSERT_EQ(std::system((script + testing::TempDir()).c_str()), 0);
  std::vector<int64_t> expected(24);
  for (int i = 0; i < 24; ++i) expected[i] = i - 5;
  const std::vector<double> doubles(expected.begin(), expected.end());
  EXPECT_EQ(values<float>(serialize::load_npy(scratch("np_f4.npy"))),
            (std::vector<float>(expected.begin(), expected.end())));
  EXPECT_EQ(values<double>(serialize::load_npy(scratch("np_f8.npy"))), doubles);
  EXPECT_EQ(values<double>(serialize::load_npy(scratch("np_big.npy"))), doubles);
  EXPECT_EQ(values<int32_t>(serialize::load_npy(scratch("np_i4.npy"))),
            (std::vector<int32_t>(expected.begin(), expected.end())));
  EXPECT_EQ(values<int64_t>(serialize::load_npy(scratch("np_i8.npy"))), expected);
  EXPECT_EQ(values<int64_t>(serialize::load_npy(scratch("np_fortran.npy"))), expected);
  EXPECT_EQ(values<char>(serialize::load_npy(scratch("np_b1.npy")))[5], 0);
  EXPECT_EQ(serialize::load_npy(scratch("np_scalar.npy")).type, Type(DType::Float, {}));

  serialize::save_npy(scratch("ours.npy"), Type(DType::Long, {2, 3, 4}), expected.data());
  const std::string check = R"(python3 -c '
import numpy as np, sys
x = np.load(sys.argv[1])
assert x.dtype == np.int64 and (x == np.arange(24).reshape(2, 3, 4) - 5).all(), x
' )";
  EXPECT_EQ(std::system((check + scratch("ours.npy")).c_str()), 0);
}
}  // namespace
