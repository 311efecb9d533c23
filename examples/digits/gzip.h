#pragma once
#include <string>

/// The content of a file, gzipped or plain. Throws std::runtime_error: no such file, truncated,
/// damaged.
std::string read_gzip(const std::string& path);
