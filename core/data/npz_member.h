// One array of an .npz archive while it is read.
#pragma once

#include "core/base/job.h"
#include "core/base/npy_header.h"
#include "core/base/result.h"
#include "core/data/archive.h"
#include "core/data/sha256.h"

#include <cstdint>
#include <span>
#include <string>

namespace latent {

/// The archive's current member as an array: its header, then its elements in pieces.
class NpzMember {
 public:
  /// Reads the header. Input error unless it is plain and promises at least one element, no more than
  /// `maximumBytes` and no more than the archive can hold.
  static Result<NpzMember> begin(ArchiveReader& archive, int64_t maximumBytes);

  const NpyHeader& header() const { return m_header; }
  int64_t bytes() const { return m_bytes; } ///< of the elements
  std::string name() const { return m_archive->member(); }

  /// Fills `out`, or input error where the member ends before.
  Status read(std::span<uint8_t> out);
  /// After the last element: nothing may follow. Gives the SHA-256 of the member, header included.
  Result<std::string> end();

  /// All elements at once; `control` can cancel. Calls end() and gives its checksum.
  struct Whole {
    Array array;
    std::string sha256;
  };
  Result<Whole> readWhole(const JobControl* control);

 private:
  NpzMember(ArchiveReader& archive, NpyHeader header, int64_t bytes, Sha256 hash)
      : m_archive(&archive), m_header(std::move(header)), m_bytes(bytes), m_hash(std::move(hash)) {}

  ArchiveReader* m_archive;
  NpyHeader m_header;
  int64_t m_bytes;
  Sha256 m_hash;
};

} // namespace latent
