/// Files that are there whole or not at all.
#pragma once
#include <cstdio>
#include <functional>
#include <string>

namespace torch {
namespace serialize {

/// Calls `write` with a new file in the folder of `path`, then brings it to the disk and gives it
/// its name: whoever is killed on the way leaves what was there before. What is no regular file (a
/// pipe, /dev/stdout) is written to directly. Throws std::system_error.
void write_atomically(const std::string& path, const std::function<void(std::FILE*)>& write);
/// Writes `bytes`, or throws std::system_error.
void put(std::FILE* file, const void* data, size_t bytes);
}  // namespace serialize
}  // namespace torch
