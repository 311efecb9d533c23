// Values of several kinds: what goes in comes out, and nothing else does.
#include <ATen/core/ivalue.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <sstream>

namespace {
using c10::IValue;

std::string text(const IValue& v) {
  std::ostringstream out;
  out << v;
  return out.str();
}

template <class F> std::string refused(F f) {
  try {
    f();
  } catch (const c10::Error& e) {
    return e.what_without_backtrace();
  }
  return "nothing";
}

TEST(IValue, GivesWhatItWasGiven) {
  const torch::Tensor t = torch::ones({2});
  EXPECT_TRUE(IValue().isNone());
  EXPECT_TRUE(IValue(t).toTensor().is_same(t));
  EXPECT_EQ(IValue(3).toInt(), 3);
  EXPECT_EQ(IValue(2.5).toDouble(), 2.5);
  EXPECT_TRUE(IValue(true).toBool());
  EXPECT_TRUE(IValue(true).isBool());
  EXPECT_EQ(IValue("hi").toStringRef(), "hi");
  EXPECT_EQ(IValue(c10::Scalar(4)).toScalar().toLong(), 4);
  EXPECT_EQ(IValue(std::vector<int64_t>{1, 2}).toIntVector(), (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(IValue(std::vector<double>{.5}).toDoubleVector(), std::vector<double>{.5});
  const std::vector<torch::Tensor> list{t, t};
  EXPECT_TRUE(IValue(list).isTensorList());
  EXPECT_TRUE(IValue(list).toTensorVector()[1].is_same(t));
  const std::unordered_map<std::string, int64_t> dict{{"a", 1}};
  EXPECT_EQ(IValue(dict).toGenericDict().at("a").toInt(), 1);
  EXPECT_TRUE(IValue(std::optional<int64_t>()).isNone());
  EXPECT_EQ(IValue(std::optional<int64_t>(5)).to<int64_t>(), 5);
  EXPECT_FALSE(IValue().toOptional<double>().has_value());
}

TEST(IValue, RefusesOtherKinds) {
  EXPECT_EQ(refused([] { IValue(3).toTensor(); }), "Expected Tensor but got Int");
  EXPECT_EQ(refused([] { IValue().toTensor(); }), "Expected Tensor but got None");
  EXPECT_EQ(refused([] { IValue(true).toInt(); }), "Expected Int but got Bool");
  EXPECT_EQ(refused([] { IValue(3).toStringRef(); }), "Expected String but got Int");
  EXPECT_EQ(refused([] { IValue(std::vector<double>{1}).toIntVector(); }),
            "Expected IntList but got GenericList");
  EXPECT_EQ(refused([] { IValue("x").toScalar(); }), "IValue is not a Scalar: got String");
}

TEST(IValue, IsComparedAndPrinted) {
  EXPECT_EQ(IValue(3), IValue(3));
  EXPECT_NE(IValue(3), IValue(3.0));
  EXPECT_EQ(text(IValue()), "None");
  EXPECT_EQ(text(2.0), "2.");
  EXPECT_EQ(text(true), "True");
  EXPECT_EQ(text(std::vector<int64_t>{1, 2}), "[1, 2]");
  EXPECT_EQ(text(IValue::Dict{{"a", 1}}), "{a: 1}");
  EXPECT_EQ(IValue(std::vector<bool>{true}).tagKind(), "GenericList");
}
}  // namespace
