#include "core/data/archive.h"

namespace latent {

struct ArchiveReader::State {};

namespace {

Error absent(const std::string& name) {
  return usageError(name + " cannot be read: this build was made without libarchive. Install libarchive-dev "
                           "and build again.");
}

} // namespace

ArchiveReader::ArchiveReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;
ArchiveReader& ArchiveReader::operator=(ArchiveReader&&) noexcept = default;
ArchiveReader::~ArchiveReader() = default;

Result<ArchiveReader> ArchiveReader::open(const std::filesystem::path& path, ArchiveKind) {
  return absent(path.string());
}
Result<ArchiveReader> ArchiveReader::over(std::span<const uint8_t>, std::string name, ArchiveKind) {
  return absent(name);
}

// No reader is ever made, so nobody can call these.
Result<std::optional<std::string>> ArchiveReader::next() {
  return std::optional<std::string>();
}
Result<size_t> ArchiveReader::read(std::span<uint8_t>) {
  return size_t{0};
}
int64_t ArchiveReader::offset() const {
  return 0;
}
std::string ArchiveReader::member() const {
  return {};
}
int64_t ArchiveReader::storedBytes() const {
  return 0;
}
int64_t ArchiveReader::storedOffset() const {
  return 0;
}

bool archivesAvailable() {
  return false;
}

} // namespace latent
