#include "core/data/npz_member.h"

#include <algorithm>

namespace latent {

namespace {

constexpr int64_t deflateRatio = 1032; // zlib's technical notes, "Maximum compression factor"
constexpr size_t pieceBytes = size_t{1} << 20;

Error cutOff(const ArchiveReader& archive) {
  return inputError(archive.member() + " is cut off: it ends at byte " + std::to_string(archive.offset()) +
                    " of its content. Fetch the file again.");
}

} // namespace

Result<NpzMember> NpzMember::begin(ArchiveReader& archive, int64_t maximumBytes) {
  std::string head(npyPreambleBytes, '\0');
  const auto fill = [&](size_t from) {
    return archive.read(
        {reinterpret_cast<uint8_t*>(head.data()) + from, head.size() - from}); // both are bytes
  };
  Result<size_t> count = fill(0);
  if (!count) return count.error();
  const auto offset = npyDataOffset(std::string_view(head).substr(0, *count), archive.member());
  if (!offset) return offset.error();
  // Every header is longer than the preamble: an empty dictionary alone is refused below.
  if (*count < head.size() || *offset < head.size()) return cutOff(archive);
  head.resize(*offset);
  count = fill(npyPreambleBytes);
  if (!count) return count.error();
  if (*count < *offset - npyPreambleBytes) return cutOff(archive);
  auto header = parseNpyHeader(head, archive.member());
  if (!header) return header.error();

  const int64_t elements = checkedCount(header->shape, elementSize(header->type));
  const int64_t bytes = elements < 0 ? -1 : elements * elementSize(header->type);
  const int64_t most = std::min(maximumBytes, archive.storedBytes() < maximumBytes / deflateRatio
                                                  ? archive.storedBytes() * deflateRatio
                                                  : maximumBytes);
  if (bytes < 1 || bytes > most)
    return inputError(archive.member() + " promises " +
                      (bytes < 0 ? "more than 2^62" : std::to_string(bytes)) +
                      " bytes in its shape (byte 10), but " +
                      (bytes == 0 ? "at least one element is needed."
                                  : "no more than " + std::to_string(most) + " can follow.") +
                      " Fetch or make the file again.");
  Sha256 hash;
  hash.update({reinterpret_cast<const uint8_t*>(head.data()), head.size()});
  return NpzMember(archive, std::move(*header), bytes, std::move(hash));
}

Status NpzMember::read(std::span<uint8_t> out) {
  const Result<size_t> count = m_archive->read(out);
  if (!count) return count.error();
  if (*count < out.size()) return cutOff(*m_archive);
  m_hash.update(out);
  return done();
}

Result<std::string> NpzMember::end() {
  // One byte more must not be there; asking for it also makes the archive check the member's CRC.
  uint8_t extra = 0;
  const Result<size_t> count = m_archive->read({&extra, 1});
  if (!count) return count.error();
  if (*count != 0)
    return inputError(m_archive->member() +
                      " is longer than its header promises: its content goes on at byte " +
                      std::to_string(m_archive->offset() - 1) + ". Fetch the file again.");
  return m_hash.hex();
}

Result<NpzMember::Whole> NpzMember::readWhole(const JobControl* control) {
  Whole whole{{m_header.type, m_header.shape, {}}, {}};
  std::vector<std::byte>& bytes = whole.array.bytes;
  while (static_cast<int64_t>(bytes.size()) < m_bytes) {
    if (control && control->cancelled())
      return Error{Fault::interrupted, "Reading " + name() + " was cancelled."};
    const size_t from = bytes.size();
    bytes.resize(std::min(static_cast<size_t>(m_bytes), from + pieceBytes));
    const Status status = read({reinterpret_cast<uint8_t*>(bytes.data()) + from, bytes.size() - from});
    if (!status) return status.error();
  }
  Result<std::string> sum = end();
  if (!sum) return sum.error();
  whole.sha256 = std::move(*sum);
  return whole;
}

} // namespace latent
