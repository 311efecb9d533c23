// What the tests of GPUs share.
#pragma once
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <string>
#include <vector>

inline const torch::Device cuda0(torch::kCUDA, 0), cuda1(torch::kCUDA, 1);

/// What `f` throws says all of these.
template <class F> void refuses(F f, std::initializer_list<const char*> parts) {
  try {
    f();
    ADD_FAILURE() << "nothing was refused; expected: " << *parts.begin();
  } catch (const c10::Error& e) {
    const std::string what = e.what();
    for (const char* part : parts)
      EXPECT_NE(what.find(part), std::string::npos) << what << "\nexpected: " << part;
  }
}
/// The same elements, wherever they are.
inline void expect_equal(const torch::Tensor& a, const torch::Tensor& b) {
  ASSERT_EQ(a.sizes(), b.sizes());
  ASSERT_EQ(a.scalar_type(), b.scalar_type());
  EXPECT_TRUE(torch::equal(a.cpu(), b.cpu())) << a << "\n" << b;
}
inline void expect_on(const torch::Tensor& t, const torch::Device& device) {
  EXPECT_EQ(t.device(), device);
}
