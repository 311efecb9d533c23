// Archives of machines that have other devices.
#pragma once
#include <cstring>
#include <string>

#include "frontend/serialize/zip.h"

/// The archive as if its tensors had been on the device `to`, not on `from`.
inline std::string on_another_device(const std::string& archive, const std::string& from,
                                     const std::string& to) {
  const auto text = [](const std::string& s) {  // as a pickle has it
    return std::string("X") + static_cast<char>(s.size()) + std::string(3, '\0') + s;
  };
  const auto read = [&](uint64_t position, void* into, size_t bytes) {
    return archive.copy(static_cast<char*>(into), bytes, position);
  };
  const torch::serialize::ZipReader reader(read, archive.size());
  torch::serialize::ZipWriter writer;
  for (const std::string& name : reader.names()) {
    std::string entry = reader.read(name);
    const size_t at = entry.find(text(from));
    if (name.find("data.pkl") != std::string::npos && at != std::string::npos)
      entry.replace(at, text(from).size(), text(to));
    writer.add(name, entry);
  }
  return writer.finish();
}
