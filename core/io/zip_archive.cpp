#include "core/io/zip_archive.h"

#include "core/io/printable.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <zlib.h>

namespace latent {
namespace {

// Signatures and lengths of APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.14 to 4.3.16.
constexpr uint32_t localSignature = 0x04034b50, centralSignature = 0x02014b50, endSignature = 0x06054b50,
                   end64Signature = 0x06064b50, locator64Signature = 0x07064b50;
constexpr size_t localLength = 30, centralLength = 46, endLength = 22, end64Length = 56, locator64Length = 20;
constexpr uint32_t in64 = 0xffffffff; ///< the value is in the zip64 record
constexpr uint16_t zip64Extra = 1;
constexpr size_t longestComment = 0xffff;

/// Little-endian numbers at offsets; outside of the bytes they are 0, which no signature is.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

  uint64_t number(uint64_t at, size_t width) const {
    if (at > m_bytes.size() || m_bytes.size() - at < width) return 0;
    uint64_t value = 0;
    for (size_t i = width; i-- > 0;) value = value << 8 | std::to_integer<uint64_t>(m_bytes[at + i]);
    return value;
  }
  uint16_t u16(uint64_t at) const { return static_cast<uint16_t>(number(at, 2)); }
  uint32_t u32(uint64_t at) const { return static_cast<uint32_t>(number(at, 4)); }
  uint64_t u64(uint64_t at) const { return number(at, 8); }

  std::optional<std::span<const std::byte>> part(uint64_t at, uint64_t length) const {
    if (at > m_bytes.size() || m_bytes.size() - at < length) return std::nullopt;
    return m_bytes.subspan(at, length);
  }
  size_t size() const { return m_bytes.size(); }

 private:
  std::span<const std::byte> m_bytes;
};

std::string textOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

struct Directory {
  uint64_t begin = 0, count = 0;
};

std::optional<Directory> findDirectory(const Reader& file) {
  if (file.size() < endLength) return std::nullopt;
  const uint64_t last = file.size() - endLength;
  const uint64_t first = last > longestComment ? last - longestComment : 0;
  for (uint64_t at = last + 1; at-- > first;) {
    if (file.u32(at) != endSignature) continue;
    Directory found{file.u32(at + 16), file.u16(at + 10)};
    if (at >= locator64Length && file.u32(at - locator64Length) == locator64Signature) {
      const uint64_t record = file.u64(at - locator64Length + 8);
      if (file.u32(record) != end64Signature || !file.part(record, end64Length)) return std::nullopt;
      found = {file.u64(record + 48), file.u64(record + 32)};
    }
    return found;
  }
  return std::nullopt;
}

struct Entry {
  std::string name;
  uint64_t packed = 0, size = 0, local = 0;
  uint32_t crc = 0;
  uint16_t flags = 0, method = 0;
  uint64_t length = 0; ///< of the entry itself
};

std::optional<Entry> readEntry(const Reader& file, uint64_t at) {
  if (file.u32(at) != centralSignature) return std::nullopt;
  const uint64_t nameLength = file.u16(at + 28), extraLength = file.u16(at + 30);
  Entry entry{.packed = file.u32(at + 20),
              .size = file.u32(at + 24),
              .local = file.u32(at + 42),
              .crc = file.u32(at + 16),
              .flags = file.u16(at + 8),
              .method = file.u16(at + 10),
              .length = centralLength + nameLength + extraLength + file.u16(at + 32)};
  const auto name = file.part(at + centralLength, nameLength);
  if (!name || !file.part(at, entry.length)) return std::nullopt;
  entry.name = textOf(*name);

  // The extra field's zip64 part holds those values, in this order, whose place is marked.
  const uint64_t extra = at + centralLength + nameLength, extraEnd = extra + extraLength;
  for (uint64_t field = extra; field + 4 <= extraEnd;) {
    const uint64_t fieldEnd = field + 4 + file.u16(field + 2);
    if (fieldEnd > extraEnd) return std::nullopt;
    uint64_t value = field + 4;
    if (file.u16(field) == zip64Extra)
      for (uint64_t* wide : {&entry.size, &entry.packed, &entry.local})
        if (*wide == in64 && value + 8 <= fieldEnd) {
          *wide = file.u64(value);
          value += 8;
        }
    field = fieldEnd;
  }
  return entry;
}

/// The bytes of a stored member, behind its local header.
std::optional<std::span<const std::byte>> contentOf(const Reader& file, const Entry& entry) {
  if (file.u32(entry.local) != localSignature || !file.part(entry.local, localLength)) return std::nullopt;
  const uint64_t header = localLength + file.u16(entry.local + 26) + file.u16(entry.local + 28);
  if (!file.part(entry.local, header)) return std::nullopt;
  return file.part(entry.local + header, entry.size);
}

} // namespace

bool ZipArchive::looksLikeOne(std::span<const std::byte> bytes) {
  return Reader(bytes).u32(0) == localSignature;
}

Result<ZipArchive> ZipArchive::parse(std::span<const std::byte> bytes, const std::string& nameForErrors) {
  const Reader file(bytes);
  const auto damaged = [&](const std::string& what) { return inputError(nameForErrors + ": " + what); };
  const auto directory = findDirectory(file);
  if (!directory)
    return damaged("the zip archive has no directory at its end; the file is cut short or damaged.");

  ZipArchive archive;
  archive.m_name = nameForErrors;
  uint64_t at = directory->begin;
  for (uint64_t i = 0; i < directory->count; ++i) {
    const auto entry = readEntry(file, at);
    if (!entry) return damaged("the zip archive's directory is damaged at byte " + std::to_string(at) + ".");
    const std::string name = printable(entry->name);
    Member member{
        {}, entry->crc, entry->method == 0 && (entry->flags & 1) == 0 && entry->packed == entry->size};
    if (member.stored) {
      const auto content = contentOf(file, *entry);
      if (!content) return damaged("the member \"" + name + "\" lies outside of the file; it is damaged.");
      member.bytes = *content;
    }
    if (!archive.m_members.emplace(entry->name, member).second)
      return damaged("the zip archive names \"" + name + "\" twice; it is damaged.");
    at += entry->length;
  }
  return archive;
}

Result<std::span<const std::byte>> ZipArchive::read(const std::string& member) const {
  const auto found = m_members.find(member);
  if (found == m_members.end())
    return inputError(m_name + ": the member \"" + printable(member) + "\" is missing; the file is damaged.");
  const auto& [bytes, crc, stored] = found->second;
  if (!stored)
    return inputError(m_name + ": the member \"" + printable(member) +
                      "\" is compressed or encrypted; save the file again with PyTorch, which stores members "
                      "as they are.");
  uLong sum = ::crc32_z(0, nullptr, 0);
  sum = ::crc32_z(sum, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  if (sum == crc) return bytes;
  return inputError(m_name + ": the member \"" + printable(member) +
                    "\" contradicts its checksum; the file is damaged, copy it again.");
}

} // namespace latent
