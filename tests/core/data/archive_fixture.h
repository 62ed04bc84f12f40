// .npy members and archives made in memory.
#pragma once

#include "tests/core/data/data_fixture.h"

#include <archive.h>
#include <archive_entry.h>

#include <cstring>
#include <utility>

namespace latent::test {

using Members = std::vector<std::pair<std::string, Bytes>>;

enum class Packing { stored, deflated };

/// A zip archive, or with `tar` a .tar.gz.
inline Bytes packed(const Members& members, Packing packing, bool tar = false) {
  Bytes out(1 << 20);
  size_t total = 1 << 20;
  for (const auto& [name, content] : members) total += content.size() + 1024;
  out.resize(total);
  archive* writer = archive_write_new();
  if (tar) {
    archive_write_set_format_ustar(writer);
    archive_write_add_filter_gzip(writer);
  } else {
    archive_write_set_format_zip(writer);
    if (packing == Packing::stored) archive_write_zip_set_compression_store(writer);
  }
  size_t used = 0;
  if (archive_write_open_memory(writer, out.data(), out.size(), &used) != ARCHIVE_OK)
    throw std::runtime_error("archive_write_open_memory failed");
  for (const auto& [name, content] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (archive_write_header(writer, entry) != ARCHIVE_OK ||
        archive_write_data(writer, content.data(), content.size()) != static_cast<la_ssize_t>(content.size()))
      throw std::runtime_error("archive_write failed");
    archive_entry_free(entry);
  }
  if (archive_write_close(writer) != ARCHIVE_OK) throw std::runtime_error("archive_write_close failed");
  archive_write_free(writer);
  out.resize(used);
  return out;
}

/// An .npy file, version 1.0: shape as in Python, "(3, 4)".
inline Bytes npy(const std::string& type, const std::string& shape, const Bytes& data) {
  std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
  header.append(63 - (10 + header.size()) % 64, ' ').push_back('\n');
  std::string bytes = "\x93NUMPY\x01";
  bytes += {'\0', static_cast<char>(header.size() & 0xFF), static_cast<char>(header.size() >> 8)};
  bytes += header;
  bytes.append(data.begin(), data.end());
  return {bytes.begin(), bytes.end()};
}

/// Little-endian values as they lie in memory.
template<class T>
Bytes bytesOf(const std::vector<T>& values) {
  Bytes bytes(values.size() * sizeof(T));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

/// count bytes, each i % modulus.
inline Bytes counted(size_t count, unsigned modulus) {
  Bytes bytes;
  for (size_t i = 0; i < count; ++i) bytes.push_back(static_cast<uint8_t>(i % modulus));
  return bytes;
}

} // namespace latent::test
