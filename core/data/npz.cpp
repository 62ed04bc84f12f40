#include "core/data/npz.h"

#include "core/data/npz_member.h"
#include "core/data/split_choice.h"
#include "core/data/split_store.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <vector>

namespace latent {

namespace {

constexpr int64_t longestSide = 4096;
constexpr int64_t mostImages = int64_t{1} << 24;
constexpr int64_t mostClasses = 10000;
constexpr int64_t mostTableBytes = int64_t{1} << 30; // of labels or latents
constexpr int64_t dspritesLatents = 6;

enum class Layout { flat, channelsLast, channelsFirst };

struct ImageForm {
  ImageShape shape;
  Layout layout = Layout::flat;
};

std::string shapeText(const std::vector<int64_t>& shape) {
  std::string text = "[";
  for (const int64_t length : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(length);
  return text + "]";
}

/// What the array's shape means, nothing where it is no shape of images.
std::optional<ImageForm> formOf(const std::vector<int64_t>& shape) {
  ImageForm form;
  std::array<int64_t, 3> chw{1, 0, 0};
  const auto isChannels = [](int64_t length) { return length == 1 || length == 3; };
  if (shape.size() == 3) {
    chw = {1, shape[1], shape[2]};
  } else if (shape.size() == 4 && isChannels(shape[3])) {
    form.layout = Layout::channelsLast;
    chw = {shape[3], shape[1], shape[2]};
  } else if (shape.size() == 4 && isChannels(shape[1])) {
    form.layout = Layout::channelsFirst;
    chw = {shape[1], shape[2], shape[3]};
  }
  for (const int64_t length : chw)
    if (length < 1 || length > longestSide) return std::nullopt;
  form.shape = {static_cast<int>(chw[0]), static_cast<int>(chw[1]), static_cast<int>(chw[2])};
  return form;
}

void toChannelsFirst(const ImageShape& shape, std::span<const uint8_t> from, std::span<uint8_t> to) {
  const auto channels = static_cast<size_t>(shape.channels);
  const size_t plane = to.size() / channels;
  for (size_t p = 0; p < plane; ++p)
    for (size_t c = 0; c < channels; ++c) to[c * plane + p] = from[p * channels + c];
}

class NpzReader {
 public:
  NpzReader(ArchiveReader archive, const NpzOptions& options, JobControl* control)
      : m_archive(std::move(archive)), m_options(options), m_control(control) {}

  Result<std::shared_ptr<Dataset>> read() {
    Result<std::string> file = readMembers();
    if (!file) return file.error();
    if (const Status status = checkComplete(); !status) return status.error();
    return m_images.contains("imgs") ? assembleOne() : assembleTwo();
  }

 private:
  static bool holdsImages(const std::string& name) {
    return name == "imgs" || name == "x_train" || name == "x_test";
  }
  static bool holdsTable(const std::string& name) {
    return name == "labels" || name == "y_train" || name == "y_test" || name == "latents_values" ||
           name == "latents_classes";
  }

  Result<std::string> readMembers() {
    m_file = m_archive.member(); // no member yet: the archive's own name
    while (true) {
      Result<std::optional<std::string>> next = m_archive.next();
      if (!next) return next.error();
      if (!*next) return m_file;
      const std::string& member = **next;
      if (!member.ends_with(".npy")) continue;
      const std::string name = member.substr(0, member.size() - 4);
      if (!holdsImages(name) && !holdsTable(name)) continue;
      if (m_checksums.contains(member))
        return inputError(m_archive.member() + " occurs twice in the archive; make the file again.");
      auto array = NpzMember::begin(m_archive, holdsImages(name) ? m_options.maximumBytes : mostTableBytes);
      if (!array) return array.error();
      Result<std::string> sum = holdsImages(name) ? readImages(name, *array) : readTable(name, *array);
      if (!sum) return sum.error();
      m_checksums[member] = std::move(*sum);
    }
  }

  Result<std::string> readTable(const std::string& name, NpzMember& member) {
    auto whole = member.readWhole(m_control);
    if (!whole) return whole.error();
    m_tables[name] = std::move(whole->array);
    return std::move(whole->sha256);
  }

  Result<std::string> readImages(const std::string& name, NpzMember& member) {
    const NpyHeader& header = member.header();
    if (header.type != ElementType::u8 && header.type != ElementType::boolean)
      return inputError(member.name() + " holds elements of type \"" + std::string(npyTypeName(header.type)) +
                        "\"; images are uint8, 0 to 255.");
    const auto form = formOf(header.shape);
    if (!form)
      return inputError(
          member.name() + " has the shape " + shapeText(header.shape) +
          "; images are [N, H, W], [N, H, W, C] or [N, C, H, W] with C = 1 or 3 and sides up to " +
          std::to_string(longestSide) + ".");
    const int64_t count = header.shape[0];
    if (count > mostImages)
      return inputError(member.name() + " promises " + std::to_string(count) + " images; up to " +
                        std::to_string(mostImages) + " are read.");
    if (name == "imgs") {
      auto test = chooseTest(count, m_options.seed, member.name());
      if (!test) return test.error();
      m_test = std::move(*test);
    }
    if (const Status status = prepareStore(member, name, form->shape, count); !status) return status.error();

    const auto pixels = static_cast<size_t>(form->shape.pixels());
    std::vector<uint8_t> stored(pixels);
    std::vector<uint8_t> image(pixels);
    for (int64_t i = 0; i < count; ++i) {
      if (m_control && i % 64 == 0) {
        if (m_control->cancelled())
          return Error{Fault::interrupted, "Reading " + member.name() + " was cancelled."};
        m_control->setProgress(static_cast<double>(i) / static_cast<double>(count));
      }
      if (const Status status = member.read(stored); !status) return status.error();
      const bool swap = form->layout == Layout::channelsLast && form->shape.channels > 1;
      if (swap) toChannelsFirst(form->shape, stored, image);
      m_store->append(swap ? image : stored,
                      name == "imgs" ? m_test[static_cast<size_t>(i)] : name == "x_test");
    }
    m_images[name] = count;
    return member.end();
  }

  /// The second of x_train and x_test goes into the store of the first.
  Status prepareStore(const NpzMember& member, const std::string& name, const ImageShape& shape,
                      int64_t count) {
    if (m_store && (name == "imgs" || m_images.contains("imgs")))
      return inputError(member.name() + ": imgs and x_train or x_test are in one archive; keep one of them.");
    if (m_store && shape != m_shape)
      return inputError(member.name() +
                        " has images of another size than the other split; make the file again.");
    if (m_store) return done();
    m_shape = shape;
    const int64_t inTest = name == "imgs"     ? std::count(m_test.begin(), m_test.end(), true)
                           : name == "x_test" ? count
                                              : 0;
    m_store.emplace(shape, count - inTest, inTest, SplitStore::worthPacking(shape, count));
    return done();
  }

  Status checkComplete() const {
    if (m_images.contains("imgs")) return done();
    const bool train = m_images.contains("x_train");
    const bool test = m_images.contains("x_test");
    if (train && test) return done();
    if (train || test)
      return inputError(m_file + " has no member " + (train ? "x_test" : "x_train") +
                        ".npy; add it, or give all images as imgs.");
    return inputError(m_file +
                      " has no images: a member imgs.npy, or x_train.npy and x_test.npy, is needed.");
  }

  /// Labels of a table [n] or [n, 1]; -1 for all where there is no such table.
  Result<std::vector<int32_t>> labelsOf(const std::string& name, int64_t count) {
    const auto found = m_tables.find(name);
    if (found == m_tables.end()) return std::vector<int32_t>(static_cast<size_t>(count), -1);
    const Array& table = found->second;
    const std::string place = m_file + ", member " + name + ".npy";
    const bool whole =
        table.type == ElementType::u8 || table.type == ElementType::i32 || table.type == ElementType::i64;
    if (!whole)
      return inputError(place + " holds elements of type \"" + std::string(npyTypeName(table.type)) +
                        "\"; labels are uint8, int32 or int64.");
    if (table.shape.empty() || table.shape[0] != count || table.count() != count)
      return inputError(place + " has the shape " + shapeText(table.shape) + ", but there are " +
                        std::to_string(count) + " images; labels are [N].");
    std::vector<int32_t> labels;
    labels.reserve(static_cast<size_t>(count));
    for (const int64_t label : table.toIntegers()) {
      if (label < -1 || label >= mostClasses)
        return inputError(place + " gives label " + std::to_string(label) + " at element " +
                          std::to_string(labels.size()) + "; labels are from 0 to " +
                          std::to_string(mostClasses - 1) + ", -1 where unknown.");
      labels.push_back(static_cast<int32_t>(label));
      m_highestLabel = std::max(m_highestLabel, labels.back());
    }
    return labels;
  }

  std::shared_ptr<Dataset> assemble(SplitItems train, SplitItems test) {
    auto dataset = std::make_shared<Dataset>();
    dataset->shape = m_shape;
    for (int32_t label = 0; label <= m_highestLabel; ++label)
      dataset->classes.push_back(std::to_string(label));
    dataset->checksums = std::move(m_checksums);
    auto splits = m_store->finish(std::move(train), std::move(test));
    dataset->train = std::move(splits[0]);
    dataset->test = std::move(splits[1]);
    return dataset;
  }

  Result<std::shared_ptr<Dataset>> assembleTwo() {
    auto train = labelsOf("y_train", m_images["x_train"]);
    if (!train) return train.error();
    auto test = labelsOf("y_test", m_images["x_test"]);
    if (!test) return test.error();
    return assemble({.labels = std::move(*train)}, {.labels = std::move(*test)});
  }

  Result<std::shared_ptr<Dataset>> assembleOne() {
    const int64_t count = m_images["imgs"];
    auto labels = labelsOf("labels", count);
    if (!labels) return labels.error();
    for (const char* name : {"latents_values", "latents_classes"}) {
      const auto found = m_tables.find(name);
      if (found == m_tables.end()) continue;
      const Array& table = found->second;
      const bool numbers = table.type != ElementType::boolean && table.type != ElementType::u64;
      if (!numbers || table.shape.size() != 2 || table.shape[0] != count)
        return inputError(m_file + ", member " + name + ".npy holds \"" +
                          std::string(npyTypeName(table.type)) + "\" of shape " + shapeText(table.shape) +
                          "; numbers of shape [" + std::to_string(count) + ", K] are needed.");
    }
    const bool dsprites = readShapeClasses(*labels, count);

    std::array<SplitItems, 2> items;
    const auto values =
        m_tables.find(m_tables.contains("latents_values") ? "latents_values" : "latents_classes");
    const std::vector<float> factors =
        values == m_tables.end() ? std::vector<float>{} : values->second.toFloats();
    const size_t width = factors.size() / static_cast<size_t>(count);
    for (size_t i = 0; i < m_test.size(); ++i) {
      SplitItems& part = items[m_test[i] ? 1 : 0];
      part.labels.push_back((*labels)[i]);
      const auto begin = factors.begin() + static_cast<ptrdiff_t>(i * width);
      part.factors.insert(part.factors.end(), begin, begin + static_cast<ptrdiff_t>(width));
    }
    auto dataset = assemble(std::move(items[0]), std::move(items[1]));
    if (dsprites) dataset->classes = {"square", "ellipse", "heart"};
    if (width == dspritesLatents) {
      dataset->factors = {"color", "shape", "scale", "orientation", "posX", "posY"};
    } else {
      for (size_t i = 0; i < width; ++i) dataset->factors.push_back("latent " + std::to_string(i));
    }
    return dataset;
  }

  /// The shape of dSprites as label, where there are no labels and the classes can be those of dSprites.
  bool readShapeClasses(std::vector<int32_t>& labels, int64_t count) {
    const auto found = m_tables.find("latents_classes");
    if (m_tables.contains("labels") || found == m_tables.end() || found->second.type != ElementType::i64 ||
        found->second.shape[1] != dspritesLatents)
      return false;
    const std::vector<int64_t> classes = found->second.toIntegers();
    const auto shapeAt = [&](int64_t i) { return classes[static_cast<size_t>(i * dspritesLatents + 1)]; };
    for (int64_t i = 0; i < count; ++i)
      if (shapeAt(i) < 0 || shapeAt(i) > 2) return false;
    for (int64_t i = 0; i < count; ++i) labels[static_cast<size_t>(i)] = static_cast<int32_t>(shapeAt(i));
    return true;
  }

  ArchiveReader m_archive;
  NpzOptions m_options;
  JobControl* m_control;
  std::string m_file;
  std::map<std::string, int64_t> m_images; ///< member -> number of images in the store
  std::map<std::string, Array> m_tables;
  std::map<std::string, std::string> m_checksums;
  std::vector<bool> m_test; ///< of imgs
  ImageShape m_shape;
  std::optional<SplitStore> m_store;
  int32_t m_highestLabel = -1;
};

} // namespace

Result<std::shared_ptr<Dataset>> readNpz(ArchiveReader archive, const NpzOptions& options,
                                         JobControl* control) {
  return NpzReader(std::move(archive), options, control).read();
}

} // namespace latent
