/// Damage for files: the same in every run.
#pragma once
#include <cstdint>
#include <string>

/// Gives copies of a file with bytes changed, left out, repeated, put elsewhere or cut off.
class Mutator {
 public:
  explicit Mutator(std::string whole) : whole_(std::move(whole)) {}
  std::string operator()() {
    std::string bytes = whole_;
    for (size_t changes = 1 + random(4); changes-- > 0 && !bytes.empty();) {
      const size_t at = random(bytes.size()), length = 1 + random(16);
      switch (random(6)) {
        case 0: bytes[at] = static_cast<char>(random(256)); break;
        case 1: bytes[at] = static_cast<char>(bytes[at] ^ 1 << random(8)); break;
        case 2: bytes.erase(at, length); break;
        case 3: bytes.insert(at, bytes.substr(random(bytes.size()), length)); break;
        case 4:
          bytes.replace(at, length, std::string(length, static_cast<char>(random(256))));
          break;
        default: bytes.resize(at); break;
      }
    }
    return bytes;
  }

 private:
  size_t random(size_t below) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<size_t>((state_ >> 33) % below);
  }
  const std::string whole_;
  uint64_t state_ = 1;
};
