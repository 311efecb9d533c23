// The picture of a training: loss and accuracy over time, and which digits are taken for which.
#pragma once
#include <string>

#include "examples/digits/train.h"

/// Throws std::runtime_error if `path` cannot be written: better before a training than after it.
void check_writable(const std::string& path);

/// Writes an SVG; throws std::runtime_error if it cannot.
void write_chart(const std::string& path, const std::string& title, const Course& course);
