#include "core/data/image_folder.h"

#include "core/data/folder_pixels.h"
#include "core/data/image_list.h"
#include "core/data/metadata.h"
#include "core/data/payload.h"
#include "core/data/resident_split.h"
#include "core/data/sha256.h"
#include "core/data/split_choice.h"

#include <algorithm>
#include <optional>

namespace latent {

namespace fs = std::filesystem;

namespace {

constexpr int standardSide = 64;
constexpr int64_t mostFileBytes = int64_t{256} << 20;
constexpr int64_t mostTableBytes = int64_t{256} << 20;
constexpr int64_t mostPixelBytes = int64_t{16} << 30;

std::string number(int64_t value) {
  return std::to_string(value);
}

std::string sha256Of(std::span<const uint8_t> bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.hex();
}

/// What one pass over all files gives.
struct Pass {
  explicit Pass(ImageFolderOptions::Colour colour) : pixels(colour) {}

  FolderPixels pixels;
  int width = 0;
  int height = 0;
  bool mixed = false;       ///< the images have different sizes, so the pass ended early
  std::vector<size_t> read; ///< indices of the images that could be read
  int64_t unreadable = 0;
  std::string firstProblem;
  std::string checksum;
};

class FolderReader {
 public:
  FolderReader(fs::path folder, const ImageFolderOptions& options, JobControl* control)
      : m_folder(std::move(folder)), m_options(options), m_control(control) {}

  Result<std::shared_ptr<Dataset>> read() {
    Result<ImageList> list = listImages(m_folder, m_control);
    if (!list) return list.error();
    m_list = std::move(*list);
    if (const Status status = readMetadata(); !status) return status.error();
    if (const Status status = applyLabelColumn(); !status) return status.error();
    if (const Status status = applyFilters(); !status) return status.error();
    if (const Status status = chooseSplit(); !status) return status.error();

    const ImageFit wanted{m_options.width, m_options.height, m_options.stretch};
    Result<Pass> pass = readImages(wanted);
    if (pass && pass->mixed) pass = readImages({standardSide, standardSide, m_options.stretch});
    if (!pass) return pass.error();
    if (const Status status = checkReadable(*pass); !status) return status.error();
    return assemble(*pass);
  }

 private:
  Status readMetadata() {
    const fs::path path = m_folder / "metadata.csv";
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(path, ignored))) {
      if (m_options.labelColumn.empty() && m_options.filters.empty()) return done();
      return usageError("There is no " + path.string() +
                        ", so label and filter have no columns to choose from.");
    }
    const auto bytes = readStored(path, mostTableBytes);
    if (!bytes) return bytes.error();
    auto table = parseCsv({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, path.string());
    if (!table) return table.error();
    auto metadata = joinMetadata(std::move(*table), m_list.images, path.string());
    if (!metadata) return metadata.error();
    m_metadata = std::move(*metadata);
    m_tableChecksum = sha256Of(*bytes);
    if (m_metadata->rowsWithoutImage > 0)
      m_warnings.push_back(number(m_metadata->rowsWithoutImage) + " of " +
                           number(static_cast<int64_t>(m_metadata->table.rows.size())) + " rows of " +
                           path.string() + " name no image of the folder.");
    if (m_metadata->imagesWithoutRow > 0)
      m_warnings.push_back(path.string() + " has no row for " + number(m_metadata->imagesWithoutRow) +
                           " of " + number(static_cast<int64_t>(m_list.images.size())) + " images.");
    return done();
  }

  Result<size_t> column(const char* what, const std::string& name) const {
    if (const auto found = m_metadata->find(name)) return *found;
    std::string all;
    for (const std::string& each : m_metadata->table.header) all += (all.empty() ? "" : ", ") + each;
    return usageError(std::string(what) + ": " + (m_folder / "metadata.csv").string() + " has no column \"" +
                      name + "\"; it has " + all + ".");
  }

  Status applyLabelColumn() {
    if (m_options.labelColumn.empty()) return done();
    const Result<size_t> found = column("label", m_options.labelColumn);
    if (!found) return found.error();
    ColumnClasses classes = classesOf(*m_metadata, *found);
    m_list.classes = std::move(classes.classes);
    for (size_t i = 0; i < m_list.images.size(); ++i) m_list.images[i].label = classes.labels[i];
    return done();
  }

  Status applyFilters() {
    std::vector<size_t> kept;
    std::vector<std::pair<size_t, std::string>> filters;
    for (const auto& [name, value] : m_options.filters) {
      const Result<size_t> found = column("filter", name);
      if (!found) return found.error();
      filters.emplace_back(*found, value);
    }
    for (size_t i = 0; i < m_list.images.size(); ++i) {
      const bool fits = std::all_of(filters.begin(), filters.end(), [&](const auto& filter) {
        return m_metadata->value(i, filter.first) == filter.second;
      });
      if (fits) kept.push_back(i);
    }
    m_images = std::move(kept);
    if (m_images.empty())
      return usageError("filter: no image of " + m_folder.string() + " has the values asked for.");
    return done();
  }

  Status chooseSplit() {
    m_test.assign(m_list.images.size(), false);
    if (m_list.ownSplit) {
      for (const size_t i : m_images) m_test[i] = m_list.images[i].test;
      const auto inTest = std::count(m_test.begin(), m_test.end(), true);
      if (inTest == 0 || inTest == static_cast<ptrdiff_t>(m_images.size()))
        return usageError("filter: it leaves no images in " +
                          (m_folder / (inTest == 0 ? "test" : "train")).string() + ".");
      return done();
    }
    const auto group = m_metadata ? m_metadata->find("group") : std::nullopt;
    std::vector<std::string> groups;
    for (const size_t i : m_images)
      if (group) groups.push_back(m_metadata->value(i, *group));
    const auto chosen =
        group ? chooseTestByGroup(groups, m_options.seed, m_folder.string())
              : chooseTest(static_cast<int64_t>(m_images.size()), m_options.seed, m_folder.string());
    if (!chosen) return chosen.error();
    for (size_t i = 0; i < m_images.size(); ++i) m_test[m_images[i]] = (*chosen)[i];
    return done();
  }

  /// With no wanted size the images must all have one of at most 64 x 64, or the pass ends as `mixed`.
  Result<Pass> readImages(const ImageFit& fit) const {
    Pass pass(m_options.colour);
    Sha256 hash;
    for (size_t n = 0; n < m_images.size(); ++n) {
      if (m_control) {
        if (m_control->cancelled())
          return Error{Fault::interrupted, "Reading " + m_folder.string() + " was cancelled."};
        m_control->setProgress(static_cast<double>(n) / static_cast<double>(m_images.size()));
      }
      const ListedImage& image = m_list.images[m_images[n]];
      const auto bytes = readStored(m_folder / fs::path(image.file), mostFileBytes);
      const std::string line = image.file + '\0' +
                               (bytes ? number(static_cast<int64_t>(bytes->size())) + '\0' + sha256Of(*bytes)
                                      : std::string("unreadable")) +
                               '\n';
      hash.update({reinterpret_cast<const uint8_t*>(line.data()), line.size()});
      Result<DecodedImage> decoded =
          bytes ? decodeImage(*bytes, fit, (m_folder / fs::path(image.file)).string()) : bytes.error();
      if (!decoded) {
        if (decoded.error().fault != Fault::input) return decoded.error();
        if (pass.unreadable++ == 0) pass.firstProblem = decoded.error().message;
        continue;
      }
      if (fit.width == 0 && !agrees(pass, *decoded)) {
        pass.mixed = true;
        return pass;
      }
      pass.width = decoded->width;
      pass.height = decoded->height;
      if (pass.read.empty())
        if (const Status status = checkMemory(*decoded); !status) return status.error();
      pass.pixels.append(*decoded, m_test[m_images[n]]);
      pass.read.push_back(m_images[n]);
    }
    pass.checksum = hash.hex();
    return pass;
  }

  static bool agrees(const Pass& pass, const DecodedImage& image) {
    if (image.width > standardSide || image.height > standardSide) return false;
    return pass.read.empty() || (image.width == pass.width && image.height == pass.height);
  }

  Status checkMemory(const DecodedImage& image) const {
    const auto bytes = static_cast<int64_t>(image.pixels.size());
    if (static_cast<int64_t>(m_images.size()) <= mostPixelBytes / bytes) return done();
    return usageError(m_folder.string() + " would take more than 16 GiB at " + number(image.width) + " x " +
                      number(image.height) + " pixels; choose a smaller size, for example ?size=64.");
  }

  Status checkReadable(const Pass& pass) {
    if (pass.unreadable == 0) return done();
    const std::string count = number(pass.unreadable) + " of " +
                              number(static_cast<int64_t>(m_images.size())) + " images of " +
                              m_folder.string() + " could not be read";
    if (pass.read.empty() || pass.unreadable * 10 > static_cast<int64_t>(m_images.size()))
      return inputError(count + ", so it is not used; the first: " + pass.firstProblem);
    m_warnings.push_back(count + " and were left out; the first: " + pass.firstProblem);
    return done();
  }

  Result<std::shared_ptr<Dataset>> assemble(Pass& pass) {
    std::array<std::vector<size_t>, 2> order;
    std::array<SplitItems, 2> items;
    for (const size_t i : pass.read) {
      const size_t split = m_test[i] ? 1 : 0;
      order[split].push_back(i);
      items[split].labels.push_back(m_list.images[i].label);
      items[split].files.push_back(m_list.images[i].file);
    }
    for (const bool inTest : {false, true})
      if (order[inTest ? 1 : 0].empty())
        return inputError("No image of the " + std::string(inTest ? "test" : "training") + " split of " +
                          m_folder.string() + " could be read; the first: " + pass.firstProblem);
    auto dataset = std::make_shared<Dataset>();
    dataset->name = m_folder.filename().string();
    dataset->path = m_folder.string();
    dataset->shape = {pass.pixels.channels(), pass.height, pass.width};
    dataset->classes = m_list.classes;
    dataset->checksums["images"] = pass.checksum;
    if (m_metadata) {
      dataset->checksums["metadata.csv"] = m_tableChecksum;
      dataset->columns = columnsOf(*m_metadata, order[0], order[1]);
    }
    dataset->warnings = std::move(m_warnings);
    dataset->train =
        std::make_shared<ResidentSplit>(dataset->shape, pass.pixels.take(false), std::move(items[0]));
    dataset->test =
        std::make_shared<ResidentSplit>(dataset->shape, pass.pixels.take(true), std::move(items[1]));
    return dataset;
  }

  fs::path m_folder;
  const ImageFolderOptions& m_options;
  JobControl* m_control;
  ImageList m_list;
  std::optional<Metadata> m_metadata;
  std::string m_tableChecksum;
  std::vector<size_t> m_images; ///< of the list, those that pass the filters
  std::vector<bool> m_test;     ///< by image of the list
  std::vector<std::string> m_warnings;
};

} // namespace

Result<std::shared_ptr<Dataset>> openImageFolder(const fs::path& folder, const ImageFolderOptions& options,
                                                 JobControl* control) {
  return FolderReader(folder, options, control).read();
}

} // namespace latent
