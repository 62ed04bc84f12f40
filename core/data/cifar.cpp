#include "core/data/cifar.h"

#include "core/data/archive.h"
#include "core/data/payload.h"
#include "core/data/published.h"
#include "core/data/resident_split.h"
#include "core/data/sha256.h"

#include <algorithm>
#include <array>
#include <map>
#include <system_error>

namespace latent {

namespace fs = std::filesystem;

namespace {

constexpr size_t recordBytes = 3073;
constexpr size_t recordsAtOnce = 256;
constexpr int64_t mostImages = 1'000'000; // in one file: nobody has more, and a bomb ends here
constexpr int classCount = 10;
constexpr std::array<const char*, 6> fileNames{"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                                               "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"};
const char* const remedy = " Fetch it with: latent datasets --download cifar10";

std::string number(int64_t value) {
  return std::to_string(value);
}

Result<LocatedFile> locateBatch(const char* name, const fs::path& folder) {
  PublishedFile file;
  file.name = name;
  return locate(file, folder);
}

Status append(CifarBatch& batch, std::span<const uint8_t> records, const std::string& name) {
  for (; !records.empty(); records = records.subspan(recordBytes)) {
    if (records[0] >= classCount)
      return inputError(name + " gives label " + number(records[0]) + " at byte " +
                        number(static_cast<int64_t>(batch.labels.size() * recordBytes)) +
                        " of its content, but CIFAR-10 has the classes 0 to 9. Replace the file.");
    batch.labels.push_back(records[0]);
    batch.pixels.insert(batch.pixels.end(), records.begin() + 1, records.begin() + recordBytes);
  }
  return done();
}

using Batches = std::map<std::string, CifarBatch>; // by file name

void tellProgress(JobControl* control, const Batches& batches) {
  if (control)
    control->setProgress(static_cast<double>(batches.size()) / static_cast<double>(fileNames.size()));
}

Result<Batches> readFolder(const fs::path& folder, int64_t images, JobControl* control) {
  Batches batches;
  for (const char* name : fileNames) {
    const Result<LocatedFile> located = locateBatch(name, folder);
    if (!located) return located.error();
    if (!located->present)
      return inputError(located->path.string() +
                        " is missing, as is its .gz, though other files of CIFAR-10 are "
                        "there." +
                        remedy);
    Result<PayloadReader> reader = PayloadReader::open(located->path);
    if (!reader) return reader.error();
    auto batch = readCifarBatch([&](std::span<uint8_t> out) { return reader->read(out); }, reader->name(),
                                images, control);
    if (!batch) return batch.error();
    batches[name] = std::move(*batch);
    tellProgress(control, batches);
  }
  return batches;
}

Result<Batches> readArchive(const fs::path& path, const CifarArchive& published, int64_t images,
                            JobControl* control) {
  const Result<std::string> sum = storedSha256(path, published.bytes, control);
  if (!sum) return sum.error();
  if (*sum != published.sha256)
    return inputError(path.string() + " is not the published archive of CIFAR-10: its SHA-256 is " + *sum +
                      ", not " + published.sha256 + ". Delete it." + remedy);
  Result<ArchiveReader> archive = ArchiveReader::open(path, ArchiveKind::tarGzip);
  if (!archive) return archive.error();
  Batches batches;
  while (true) {
    const Result<std::optional<std::string>> member = archive->next();
    if (!member) return member.error();
    if (!*member) break;
    const std::string name = (*member)->substr((*member)->rfind('/') + 1);
    if (std::find(fileNames.begin(), fileNames.end(), name) == fileNames.end()) continue;
    auto batch = readCifarBatch([&](std::span<uint8_t> out) { return archive->read(out); }, archive->member(),
                                images, control);
    if (!batch) return batch.error();
    batches[name] = std::move(*batch);
    tellProgress(control, batches);
  }
  for (const char* name : fileNames)
    if (!batches.contains(name)) return inputError(path.string() + " has no member " + name + "." + remedy);
  return batches;
}

Error damaged(const std::string& name, std::initializer_list<std::string> what) {
  std::string sentence = name + " ";
  for (const std::string& part : what) sentence += part;
  return inputError(sentence + " Fetch the file again.");
}

void moveInto(std::vector<uint8_t>& pixels, SplitItems& items, CifarBatch batch) {
  pixels.insert(pixels.end(), batch.pixels.begin(), batch.pixels.end());
  items.labels.insert(items.labels.end(), batch.labels.begin(), batch.labels.end());
}

} // namespace

Result<CifarBatch> readCifarBatch(const ByteSource& source, const std::string& name, int64_t images,
                                  const JobControl* control) {
  CifarBatch batch;
  if (images > 0) {
    batch.pixels.reserve(static_cast<size_t>(images) * (recordBytes - 1));
    batch.labels.reserve(static_cast<size_t>(images));
  }
  Sha256 hash;
  std::vector<uint8_t> buffer(recordBytes * recordsAtOnce);
  const int64_t most = images >= 0 ? images : mostImages;
  while (true) {
    if (control && control->cancelled())
      return Error{Fault::interrupted, "Reading " + name + " was cancelled."};
    const Result<size_t> count = source(buffer);
    if (!count) return count.error();
    const auto begun = static_cast<int64_t>(batch.labels.size());
    const auto records = static_cast<int64_t>(*count / recordBytes);
    const auto ends = number(begun * static_cast<int64_t>(recordBytes) + static_cast<int64_t>(*count));
    if (*count % recordBytes != 0)
      return damaged(name,
                     {"has the wrong length: it ends at byte ", ends, ", inside a record of 3073 bytes."});
    if (begun + records > most)
      return damaged(name, {"goes on at byte ", number(most * static_cast<int64_t>(recordBytes)), ", after ",
                            number(most), " images."});
    const std::span<const uint8_t> content = std::span<const uint8_t>(buffer).first(*count);
    hash.update(content);
    if (const Status status = append(batch, content, name); !status) return status.error();
    if (*count == buffer.size()) continue;
    if (images >= 0 ? begun + records < images : begun + records == 0)
      return damaged(name, {"is cut off: it ends at byte ", ends, ", after ", number(begun + records),
                            images >= 0 ? " of " : "", images >= 0 ? number(images) : "", " images."});
    batch.sha256 = hash.hex();
    return batch;
  }
}

Result<bool> holdsCifar(const fs::path& folder) {
  for (const char* name : fileNames) {
    const Result<LocatedFile> located = locateBatch(name, folder);
    if (!located) return located.error();
    if (located->present) return true;
  }
  std::error_code ignored;
  return fs::exists(fs::symlink_status(folder / cifarArchive.name, ignored));
}

Result<std::optional<fs::path>> findCifar(const std::vector<fs::path>& places) {
  for (const fs::path& place : places) {
    for (const char* folder : {"cifar10", "cifar10/cifar-10-batches-bin", "cifar-10-batches-bin"}) {
      const Result<bool> here = holdsCifar(place / folder);
      if (!here) return here.error();
      if (*here) return std::optional<fs::path>(place / folder);
    }
  }
  return std::optional<fs::path>();
}

bool cifarLooksWhole(const fs::path& folder) {
  size_t present = 0;
  for (const char* name : fileNames) {
    const Result<LocatedFile> located = locateBatch(name, folder);
    if (!located || !located->present) continue;
    ++present;
    std::error_code error;
    const bool plain = located->path.extension() == ".bin";
    const auto bytes = fs::file_size(located->path, error);
    if (error || (plain ? bytes != recordBytes * cifarBatchImages : bytes == 0)) return false;
  }
  if (present > 0) return present == fileNames.size();
  std::error_code error;
  const auto bytes = fs::file_size(folder / cifarArchive.name, error);
  return !error && bytes == static_cast<uintmax_t>(cifarArchive.bytes) && archivesAvailable();
}

Result<std::shared_ptr<Dataset>> openCifar(const fs::path& folder, bool published, JobControl* control,
                                           const CifarArchive& archive) {
  bool files = false;
  for (const char* name : fileNames) {
    const Result<LocatedFile> located = locateBatch(name, folder);
    if (!located) return located.error();
    files = files || located->present;
  }
  const int64_t images = published ? cifarBatchImages : -1;
  Result<Batches> batches = files ? readFolder(folder, images, control)
                                  : readArchive(folder / archive.name, archive, images, control);
  if (!batches) return batches.error();

  auto dataset = std::make_shared<Dataset>();
  dataset->name = "CIFAR-10";
  dataset->path = folder.string();
  dataset->shape = cifarShape;
  dataset->classes = {"airplane", "automobile", "bird",  "cat",  "deer",
                      "dog",      "frog",       "horse", "ship", "truck"};
  dataset->verified = !files;
  std::array<std::vector<uint8_t>, 2> pixels;
  std::array<SplitItems, 2> items;
  pixels[0].reserve(5 * (*batches)[fileNames[0]].pixels.size());
  for (const char* name : fileNames) {
    CifarBatch& batch = (*batches)[name];
    dataset->checksums[name] = batch.sha256;
    const size_t split = name == fileNames[5] ? 1 : 0;
    moveInto(pixels[split], items[split], std::move(batch));
  }
  dataset->train = std::make_shared<ResidentSplit>(cifarShape, std::move(pixels[0]), std::move(items[0]));
  dataset->test = std::make_shared<ResidentSplit>(cifarShape, std::move(pixels[1]), std::move(items[1]));
  return dataset;
}

} // namespace latent
