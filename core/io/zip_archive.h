// The members of a zip archive that are stored as they are, as PyTorch writes them.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace latent {

/// Views into bytes that the caller keeps. Every length and offset is checked against them; zip64 is read.
/// Doubled names and archives in several parts are input errors; so is reading a compressed or encrypted
/// member.
class ZipArchive {
 public:
  static Result<ZipArchive> parse(std::span<const std::byte> bytes, const std::string& nameForErrors);
  /// Whether the bytes begin as a zip archive does.
  static bool looksLikeOne(std::span<const std::byte> bytes);

  struct Member {
    std::span<const std::byte> bytes;
    uint32_t crc = 0;
    bool stored = true; ///< as it is; else compressed or encrypted, and `bytes` is empty
  };
  const std::map<std::string, Member>& members() const { return m_members; }
  /// Checked against its CRC-32; input error where there is no such member.
  Result<std::span<const std::byte>> read(const std::string& member) const;

 private:
  std::string m_name;
  std::map<std::string, Member> m_members;
};

} // namespace latent
