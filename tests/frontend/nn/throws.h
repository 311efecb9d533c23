#pragma once
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <string>

/// `function` throws a c10::Error whose sentence contains `part`.
template <class Function>
void expect_throw(const std::string& part, Function function) {
  try {
    function();
    ADD_FAILURE() << "nothing thrown; expected: " << part;
  } catch (const c10::Error& error) {
    EXPECT_NE(std::string(error.what_without_backtrace()).find(part), std::string::npos)
        << error.what_without_backtrace() << "\nexpected: " << part;
  }
}
