// The picture of a training: loss and accuracy over time, and which digits are taken for which.
#pragma once
#include <string>

#include "examples/digits/train.h"

/// Writes an SVG; throws std::runtime_error if it cannot.
void write_chart(const std::string& path, const std::string& title, const Course& course);
