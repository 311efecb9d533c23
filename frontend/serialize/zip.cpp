#include "frontend/serialize/zip.h"

#include <minizip/unzip.h>
#include <minizip/zip.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace torch {
namespace serialize {
namespace {
constexpr uint64_t alignment = 64;

// minizip sees a file through these: an opaque, a position, reads or writes.
struct Input {
  ReadAt read;
  uint64_t size = 0, at = 0;
};
struct Output {
  std::string bytes;
  uint64_t at = 0;
};
template <class File> uint64_t size_of(const File& f);
template <> uint64_t size_of(const Input& f) { return f.size; }
template <> uint64_t size_of(const Output& f) { return f.bytes.size(); }

voidpf open_file(voidpf file, const void*, int) { return file; }
int close_file(voidpf, voidpf) { return 0; }
int no_error(voidpf, voidpf) { return 0; }
template <class File> ZPOS64_T tell(voidpf, voidpf file) { return static_cast<File*>(file)->at; }
template <class File> long seek(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
  File& file = *static_cast<File*>(stream);
  const uint64_t from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? file.at
                        : origin == ZLIB_FILEFUNC_SEEK_END ? size_of(file)
                                                           : 0;
  if (offset > size_of(file) - std::min(from, size_of(file))) return -1;
  file.at = from + offset;
  return 0;
}
uLong read_bytes(voidpf, voidpf stream, void* to, uLong bytes) {
  Input& file = *static_cast<Input*>(stream);
  const size_t wanted = static_cast<size_t>(std::min<uint64_t>(bytes, file.size - file.at));
  const size_t got = wanted ? std::min(wanted, file.read(file.at, to, wanted)) : 0;
  file.at += got;
  return got;
}
uLong write_bytes(voidpf, voidpf stream, const void* from, uLong bytes) {
  Output& file = *static_cast<Output*>(stream);
  if (file.at + bytes > file.bytes.size()) file.bytes.resize(file.at + bytes);
  std::memcpy(&file.bytes[file.at], from, bytes);
  file.at += bytes;
  return bytes;
}
uLong read_back(voidpf, voidpf stream, void* to, uLong bytes) {
  Output& file = *static_cast<Output*>(stream);
  const size_t got = static_cast<size_t>(std::min<uint64_t>(bytes, file.bytes.size() - file.at));
  std::memcpy(to, file.bytes.data() + file.at, got);
  file.at += got;
  return got;
}
uLong no_write(voidpf, voidpf, const void*, uLong) { return 0; }

template <class File>
zlib_filefunc64_def functions(File* file, read_file_func read, write_file_func write) {
  return {open_file, read, write, tell<File>, seek<File>, close_file, no_error, file};
}
struct Entry {
  unz64_file_pos position;
  uint64_t compressed, size;
};
}  // namespace

struct ZipReader::State {
  Input input;
  unzFile file = nullptr;
  std::vector<std::string> names;
  std::map<std::string, Entry> entries;
  ~State() {
    if (file) unzClose(file);
  }
  void list();
  const Entry& find(const std::string& name) const {
    const auto found = entries.find(name);
    if (found == entries.end()) throw ZipError("no entry '" + name + "'");
    return found->second;
  }
};

// Entries that lay over each other would make a small file a large memory.
void ZipReader::State::list() {
  uint64_t all = 0;
  for (int status = unzGoToFirstFile(file); status != UNZ_END_OF_LIST_OF_FILE;
       status = unzGoToNextFile(file)) {
    unz_file_info64 info;
    char name[4096];
    Entry entry;
    if (status != UNZ_OK ||
        unzGetCurrentFileInfo64(file, &info, name, sizeof name, nullptr, 0, nullptr, 0) != UNZ_OK ||
        unzGetFilePos64(file, &entry.position) != UNZ_OK)
      throw ZipError("the directory of the archive is damaged");
    if (info.size_filename >= sizeof name) throw ZipError("the name of an entry is too long");
    entry.compressed = info.compressed_size;
    entry.size = info.uncompressed_size;
    // What deflate can blow up at most is a little below 1032 times.
    if (entry.compressed > input.size || entry.size / 1032 > entry.compressed ||
        (info.compression_method == 0 && entry.size != entry.compressed))
      throw ZipError(std::string("the size of '") + name + "' cannot be");
    all += entry.compressed;
    if (all > input.size) throw ZipError("its entries have more bytes than the archive");
    if (entries.emplace(name, entry).second) names.push_back(name);
  }
}

ZipReader::ZipReader(ReadAt read, uint64_t size) : state_(new State) {
  state_->input = {std::move(read), size, 0};
  zlib_filefunc64_def all = functions(&state_->input, read_bytes, no_write);
  // minizip hands what it "opens" to the other functions.
  state_->file = unzOpen2_64(&state_->input, &all);
  if (!state_->file) throw ZipError("not a zip archive, or its end is missing");
  state_->list();
}
ZipReader::~ZipReader() = default;
const std::vector<std::string>& ZipReader::names() const { return state_->names; }
bool ZipReader::contains(const std::string& name) const { return state_->entries.count(name) > 0; }
uint64_t ZipReader::size(const std::string& name) const { return state_->find(name).size; }

void ZipReader::read(const std::string& name, void* to) const {
  Entry entry = state_->find(name);
  unzFile file = state_->file;
  if (unzGoToFilePos64(file, &entry.position) != UNZ_OK || unzOpenCurrentFile(file) != UNZ_OK)
    throw ZipError("the entry '" + name + "' is damaged");
  char* at = static_cast<char*>(to);
  uint64_t left = entry.size;
  while (left > 0) {
    const unsigned most = static_cast<unsigned>(std::min<uint64_t>(left, 1u << 30));
    const int got = unzReadCurrentFile(file, at, most);
    if (got <= 0) break;
    at += got;
    left -= static_cast<uint64_t>(got);
  }
  // Closing compares the checksum.
  if (unzCloseCurrentFile(file) != UNZ_OK || left > 0)
    throw ZipError("the entry '" + name + "' is damaged: " +
                   (left ? std::to_string(left) + " bytes are missing" : "its checksum is wrong"));
}
std::string ZipReader::read(const std::string& name) const {
  std::string bytes(size(name), 0);
  read(name, bytes.data());
  return bytes;
}

struct ZipWriter::State {
  Output output;
  zipFile file = nullptr;
  ~State() {
    if (file) zipClose(file, nullptr);
  }
};
ZipWriter::ZipWriter() : state_(new State) {
  zlib_filefunc64_def all = functions(&state_->output, read_back, write_bytes);
  state_->file = zipOpen2_64(&state_->output, APPEND_STATUS_CREATE, nullptr, &all);
  if (!state_->file) throw ZipError("cannot begin an archive");
}
ZipWriter::~ZipWriter() = default;

void ZipWriter::add(const std::string& name, const void* data, size_t bytes) {
  // An extra field "FB" fills up to where the data shall begin. Large entries have another one, of
  // 20 bytes, before it.
  constexpr uint64_t header = 30, field = 4, large_field = 20;
  const bool large = bytes >= 0xffffffff;
  const uint64_t before =
      state_->output.at + header + name.size() + field + (large ? large_field : 0);
  std::string extra(field + (alignment - before % alignment) % alignment, 'Z');
  const size_t fill = extra.size() - field;
  extra[0] = 'F', extra[1] = 'B';
  extra[2] = static_cast<char>(fill), extra[3] = static_cast<char>(fill >> 8);
  const zip_fileinfo info = {};
  bool written = zipOpenNewFileInZip64(state_->file, name.c_str(), &info, extra.data(),
                                       static_cast<uInt>(extra.size()), nullptr, 0, nullptr, 0, 0,
                                       large) == ZIP_OK;
  const char* at = static_cast<const char*>(data);
  for (size_t left = bytes; written && left > 0;) {
    const unsigned part = static_cast<unsigned>(std::min<size_t>(left, 1u << 30));
    written = zipWriteInFileInZip(state_->file, at, part) == ZIP_OK;
    at += part;
    left -= part;
  }
  if (!written || zipCloseFileInZip(state_->file) != ZIP_OK)
    throw ZipError("cannot write the entry '" + name + "'");
}
const std::string& ZipWriter::finish() {
  if (state_->file) {
    if (zipClose(state_->file, nullptr) != ZIP_OK) throw ZipError("cannot end the archive");
    state_->file = nullptr;
  }
  return state_->output.bytes;
}
}  // namespace serialize
}  // namespace torch
