#include "examples/digits/gzip.h"

#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

std::string read_gzip(const std::string& path) {
  errno = 0;
  gzFile file = gzopen(path.c_str(), "rb");
  if (!file)
    throw std::runtime_error("cannot open " + path + ": " + std::strerror(errno ? errno : ENOMEM));
  std::string content;
  char block[1 << 16];
  int got = 0;
  while ((got = gzread(file, block, sizeof block)) > 0)
    content.append(block, static_cast<size_t>(got));
  int status = Z_OK;
  std::string problem = gzerror(file, &status);
  if (status == Z_ERRNO) problem = path + ": " + std::strerror(errno);
  gzclose(file);
  if (got < 0 || status != Z_OK)
    throw std::runtime_error("cannot read " + problem + " (after " +
                             std::to_string(content.size()) + " bytes of content)");
  return content;
}
