#include "frontend/serialize/npy.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <system_error>
#include <vector>

#include "frontend/serialize/atomic_file.h"
#include "frontend/serialize/npy_header.h"
#include "frontend/serialize/zip.h"

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "arrays are written as they lie in memory");

namespace torch {
namespace serialize {
namespace {

constexpr char magic[] = "\x93NUMPY";
constexpr size_t magic_bytes = 6, data_alignment = 64;

struct Close {
  void operator()(std::FILE* f) const { std::fclose(f); }
};
using File = std::unique_ptr<std::FILE, Close>;

uint64_t size_of(std::FILE* file) {
  struct stat status;
  if (fstat(fileno(file), &status) != 0)
    throw NpyError(std::string("cannot read it: ") + std::strerror(errno));
  if (!S_ISREG(status.st_mode)) throw NpyError("cannot read it: not a regular file");
  return static_cast<uint64_t>(status.st_size);
}
File open(const std::string& path) {
  File file(std::fopen(path.c_str(), "rb"));
  if (!file) throw NpyError(std::string("cannot read it: ") + std::strerror(errno));
  return file;
}

// What remains of the file, from where it is read.
class Reader {
 public:
  Reader(std::FILE* file, uint64_t bytes) : file_(file), left_(bytes) {}
  uint64_t left() const { return left_; }
  void read(void* to, size_t bytes) {
    if (bytes && std::fread(to, 1, bytes, file_) != bytes)
      throw NpyError("cannot read it to its end");
    left_ -= bytes;
  }

 private:
  std::FILE* file_;
  uint64_t left_;
};

std::string read_header(Reader& reader) {
  unsigned char start[magic_bytes + 2];
  if (reader.left() < sizeof start)
    throw NpyError("not a .npy file: " + std::to_string(reader.left()) + " bytes long");
  reader.read(start, sizeof start);
  if (std::memcmp(start, magic, magic_bytes) != 0)
    throw NpyError("not a .npy file: it does not begin with \\x93NUMPY");
  const int version = start[magic_bytes];
  if (version < 1 || version > 3 || start[magic_bytes + 1] != 0)
    throw NpyError("version " + std::to_string(version) + "." +
                   std::to_string(start[magic_bytes + 1]) +
                   " of the format; known are 1.0, 2.0 and 3.0");
  unsigned char size[4] = {};
  const size_t size_bytes = version == 1 ? 2 : 4;
  if (reader.left() < size_bytes) throw NpyError("ends within the header");
  reader.read(size, size_bytes);
  const uint64_t bytes =
      size[0] | uint64_t(size[1]) << 8 | uint64_t(size[2]) << 16 | uint64_t(size[3]) << 24;
  if (reader.left() < bytes)
    throw NpyError("ends within the header: it has " + std::to_string(bytes) + " bytes, the file " +
                   std::to_string(reader.left()) + " more");
  std::string text(bytes, 0);
  reader.read(&text[0], bytes);
  return text;
}

void swap_bytes(char* data, int64_t count, size_t element) {
  for (int64_t i = 0; i < count; ++i, data += element) std::reverse(data, data + element);
}

// Column-major `from` into row-major `to`.
void reorder(const op::Type& type, const char* from, char* to) {
  const size_t rank = type.rank(), element = op::dtype_bytes(type.dtype);
  std::vector<int64_t> index(rank, 0), stride(rank, static_cast<int64_t>(element));
  for (size_t d = 1; d < rank; ++d) stride[d] = stride[d - 1] * type.dims[d - 1];
  for (int64_t i = 0, n = type.numel(); i < n; ++i, to += element) {
    std::memcpy(to, from, element);
    for (size_t d = rank; d-- > 0;) {
      from += stride[d];
      if (++index[d] < type.dims[d]) break;
      from -= stride[d] * index[d];
      index[d] = 0;
    }
  }
}

Array read_array(Reader& reader) {
  const NpyHeader header = parse_npy_header(read_header(reader));
  const op::Type& type = header.type;
  const size_t bytes = type.bytes();
  if (reader.left() < bytes)
    throw NpyError("ends after " + std::to_string(reader.left()) + " bytes of data; " +
                   op::to_string(type) + " has " + std::to_string(bytes));
  if (reader.left() > bytes)
    throw NpyError(std::to_string(reader.left() - bytes) + " bytes follow the data of " +
                   op::to_string(type));
  Array array{type, runtime::allocate(bytes)};
  char* data = static_cast<char*>(array.buffer->data());
  reader.read(data, bytes);
  if (header.swapped) swap_bytes(data, type.numel(), op::dtype_bytes(type.dtype));
  if (type.dtype == op::DType::Bool)  // a bool of ours is 0 or 1
    for (size_t i = 0; i < bytes; ++i) data[i] = data[i] != 0;
  if (header.fortran_order && type.rank() > 1 && bytes != 0) {
    runtime::BufferRef rows = runtime::allocate(bytes);
    reorder(type, data, static_cast<char*>(rows->data()));
    array.buffer = std::move(rows);
  }
  return array;
}

void write_array(std::FILE* file, const op::Type& type, const void* data) {
  std::string header = write_npy_header(type);
  const int version = magic_bytes + 4 + header.size() + data_alignment < 65536 ? 1 : 2;
  const size_t size_bytes = version == 1 ? 2 : 4;
  const size_t before = magic_bytes + 2 + size_bytes;
  header.resize(
      (before + header.size() + 1 + data_alignment - 1) / data_alignment * data_alignment - before,
      ' ');
  header.back() = '\n';
  put(file, magic, magic_bytes);
  const unsigned char numbers[] = {static_cast<unsigned char>(version), 0};
  put(file, numbers, 2);
  unsigned char size[4];
  for (int i = 0; i < 4; ++i) size[i] = static_cast<unsigned char>(header.size() >> 8 * i);
  put(file, size, size_bytes);
  put(file, header.data(), header.size());
  put(file, data, type.bytes());
}

// Whatever goes wrong names the file.
template <class F> auto guarded(const std::string& path, F&& f) {
  try {
    return f();
  } catch (const NpyError& error) {
    throw NpyError(path + ": " + error.what());
  } catch (const ZipError& error) {
    throw NpyError(path + ": " + error.what());
  } catch (const std::system_error& error) {
    throw NpyError(path + ": cannot write it: " + error.code().message());
  }
}

Array read_entry(const ZipReader& zip, const std::string& name) {
  std::string bytes = zip.read(name);
  if (bytes.empty()) throw NpyError("not a .npy file: 0 bytes long");
  File memory(fmemopen(bytes.data(), bytes.size(), "rb"));
  if (!memory) throw NpyError("cannot read it");
  Reader reader(memory.get(), bytes.size());
  return read_array(reader);
}
std::string npy_bytes(const op::Type& type, const void* data) {
  char* text = nullptr;
  size_t size = 0;
  {
    File memory(open_memstream(&text, &size));
    if (!memory) throw NpyError("no memory to write it");
    write_array(memory.get(), type, data);
  }
  std::string bytes(text, size);
  std::free(text);
  return bytes;
}
}  // namespace

Array load_npy(const std::string& path) {
  return guarded(path, [&] {
    File file = open(path);
    Reader reader(file.get(), size_of(file.get()));
    return read_array(reader);
  });
}

void save_npy(const std::string& path, const op::Type& type, const void* data) {
  guarded(path, [&] {
    write_npy_header(type);  // refuses before there is a file
    write_atomically(path, [&](std::FILE* file) { write_array(file, type, data); });
  });
}

std::vector<NamedArray> load_npz(const std::string& path) {
  return guarded(path, [&] {
    File file = open(path);
    const ReadAt read = [&](uint64_t position, void* to, size_t bytes) -> size_t {
      if (std::fseek(file.get(), static_cast<long>(position), SEEK_SET) != 0) return 0;
      return std::fread(to, 1, bytes, file.get());
    };
    ZipReader zip(read, size_of(file.get()));
    std::vector<NamedArray> arrays;
    const std::string ending = ".npy";
    for (const std::string& name : zip.names()) {
      if (name.size() < ending.size() ||
          name.compare(name.size() - ending.size(), ending.size(), ending) != 0)
        continue;
      arrays.push_back({name.substr(0, name.size() - ending.size()), read_entry(zip, name)});
    }
    return arrays;
  });
}

void save_npz(const std::string& path, const std::vector<NamedArray>& arrays) {
  guarded(path, [&] {
    ZipWriter zip;
    for (const NamedArray& a : arrays)
      zip.add(a.name + ".npy", npy_bytes(a.array.type, a.array.buffer->data()));
    const std::string& bytes = zip.finish();
    write_atomically(path, [&](std::FILE* file) { put(file, bytes.data(), bytes.size()); });
  });
}
}  // namespace serialize
}  // namespace torch

