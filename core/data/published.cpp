#include "core/data/published.h"

#include "core/base/array.h"
#include "core/data/catalogue.h"
#include "core/data/idx.h"
#include "core/data/resident_split.h"

#include <algorithm>
#include <system_error>

namespace latent {

namespace fs = std::filesystem;

namespace {

std::array<PublishedFile, 4> idxFiles(std::array<const char*, 4> checksums,
                                      std::array<int64_t, 4> gzipBytes) {
  return {{{"train-images-idx3-ubyte", {60000, 28, 28}, checksums[0], gzipBytes[0]},
           {"train-labels-idx1-ubyte", {60000}, checksums[1], gzipBytes[1]},
           {"t10k-images-idx3-ubyte", {10000, 28, 28}, checksums[2], gzipBytes[2]},
           {"t10k-labels-idx1-ubyte", {10000}, checksums[3], gzipBytes[3]}}};
}

PublishedDataset mnist() {
  return {"mnist",
          "MNIST",
          "LeCun, Cortes and Burges: the MNIST database of handwritten digits",
          ImageShape{1, 28, 28},
          {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
          idxFiles({"ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"},
                   {9912422, 28881, 1648877, 4542}),
          {"https://storage.googleapis.com/cvdf-datasets/mnist/",
           "https://ossci-datasets.s3.amazonaws.com/mnist/"}};
}

PublishedDataset fashionMnist() {
  return {"fashion-mnist",
          "Fashion-MNIST",
          "Xiao, Rasul and Vollgraf (Zalando): Fashion-MNIST",
          ImageShape{1, 28, 28},
          {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
           "Ankle boot"},
          idxFiles({"c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"},
                   {26421880, 29515, 4422102, 5148}),
          {"http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
           "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"}};
}

std::string remedy(const PublishedDataset& published, const fs::path& folder) {
  return published.mirrors.empty()
             ? std::string("Replace it.")
             : "Delete it and fetch it again with: " + downloadCommand(published.id, folder.parent_path());
}

/// "0" up to the highest label of both splits, for data whose classes have no names.
std::vector<std::string> countedClasses(const IdxArray& train, const IdxArray& test) {
  uint8_t highest = 0;
  for (const IdxArray* labels : {&train, &test})
    highest = std::max(highest, *std::max_element(labels->bytes.begin(), labels->bytes.end()));
  std::vector<std::string> classes;
  for (int label = 0; label <= highest; ++label) classes.push_back(std::to_string(label));
  return classes;
}

Status checkLabels(const IdxArray& labels, const std::string& path, size_t classes) {
  const auto wrong = std::find_if(labels.bytes.begin(), labels.bytes.end(),
                                  [classes](uint8_t label) { return label >= classes; });
  if (wrong == labels.bytes.end()) return done();
  return inputError(path + " gives label " + std::to_string(*wrong) + " at byte " +
                    std::to_string(8 + (wrong - labels.bytes.begin())) +
                    " of its content, but there are only " + std::to_string(classes) +
                    " classes. Replace the file.");
}

} // namespace

const std::vector<PublishedDataset>& publishedDatasets() {
  static const std::vector<PublishedDataset> all{mnist(), fashionMnist()};
  return all;
}

const PublishedDataset* findPublished(std::string_view id) {
  const auto& all = publishedDatasets();
  const auto found = std::find_if(all.begin(), all.end(), [id](const auto& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

Result<LocatedFile> locate(const PublishedFile& file, const fs::path& folder) {
  for (const std::string& name : {file.name, file.name + ".gz"}) {
    std::error_code error;
    // Links are not followed: a broken one is a fault of this folder, not an absent file.
    const fs::file_status status = fs::symlink_status(folder / name, error);
    if (fs::exists(status)) return LocatedFile{folder / name, true};
    if (status.type() != fs::file_type::not_found) {
      return inputError(folder.string() + " could not be searched for data: " + error.message() +
                        ". Check the folder and its permissions.");
    }
  }
  return LocatedFile{folder / file.name, false};
}

Result<std::shared_ptr<const Dataset>> openPublished(const PublishedDataset& published,
                                                     const fs::path& folder, JobControl* control) {
  std::array<IdxArray, 4> arrays;
  std::array<std::string, 4> paths;
  auto dataset = std::make_shared<Dataset>();
  dataset->verified = true;
  double total = 0;
  for (const PublishedFile& file : published.files) total += static_cast<double>(file.gzipBytes);
  double before = 0;
  for (size_t i = 0; i < 4; ++i) {
    const PublishedFile& file = published.files[i];
    Result<LocatedFile> located = locate(file, folder);
    if (!located) return located.error();
    paths[i] = located->path.string();
    if (!located->present) {
      return inputError(paths[i] + " is missing, as is its .gz, though other files of " +
                        (published.name.empty() ? "the data set" : published.name) + " are there. " +
                        (published.mirrors.empty()
                             ? "Put it beside them."
                             : "Fetch it with: " + downloadCommand(published.id, folder.parent_path())));
    }
    Result<IdxArray> array = readIdx(located->path, {file.shape}, control);
    if (!array) return array.error();
    if (!file.sha256.empty() && array->sha256 != file.sha256) {
      return inputError(paths[i] + " is not the published file of " + published.name +
                        ": the SHA-256 of its content is " + array->sha256 + ", not " + file.sha256 + ". " +
                        remedy(published, folder));
    }
    dataset->verified = dataset->verified && !file.sha256.empty();
    dataset->checksums[file.name] = array->sha256;
    arrays[i] = std::move(*array);
    before += static_cast<double>(file.gzipBytes);
    if (control && total > 0) control->setProgress(before / total);
  }

  if (arrays[0].shape[1] != arrays[2].shape[1] || arrays[0].shape[2] != arrays[2].shape[2])
    return inputError(paths[2] + " holds images of another size (byte 8) than " + paths[0] +
                      ". Replace both files.");
  const std::vector<std::string> classes =
      published.classes.empty() ? countedClasses(arrays[1], arrays[3]) : published.classes;
  const ImageShape shape{1, static_cast<int>(arrays[0].shape[1]), static_cast<int>(arrays[0].shape[2])};

  const auto makeSplit = [&](size_t first) -> Result<std::shared_ptr<const Split>> {
    IdxArray& images = arrays[first];
    IdxArray& labels = arrays[first + 1];
    if (images.shape[0] != labels.shape[0]) {
      return inputError(paths[first] + " holds " + std::to_string(images.shape[0]) +
                        " images (byte 4), but " + paths[first + 1] + " holds " +
                        std::to_string(labels.shape[0]) + " labels (byte 4). Replace both files.");
    }
    if (Status status = checkLabels(labels, paths[first + 1], classes.size()); !status) return status.error();
    return std::shared_ptr<const Split>(std::make_shared<ResidentSplit>(
        shape, std::move(images.bytes), SplitItems{.labels = {labels.bytes.begin(), labels.bytes.end()}}));
  };
  auto train = makeSplit(0);
  if (!train) return train.error();
  auto test = makeSplit(2);
  if (!test) return test.error();

  dataset->id = published.id;
  dataset->name = published.name;
  dataset->path = folder.string();
  dataset->shape = shape;
  dataset->classes = classes;
  dataset->train = std::move(*train);
  dataset->test = std::move(*test);
  return std::shared_ptr<const Dataset>(std::move(dataset));
}

} // namespace latent
