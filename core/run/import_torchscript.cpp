#include "core/run/import_torchscript.h"

#include "core/explore/viewer.h"
#include "core/io/files.h"
#include "core/io/npy.h"
#include "core/models/compute.h"
#include "core/models/families.h"
#include "core/models/interchange/torchscript_archive.h"
#include "core/run/figures.h"
#include "core/run/imported_run.h"
#include "core/run/new_run.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace latent {
namespace {

namespace fs = std::filesystem;

constexpr int64_t shown = 16;

std::vector<ModuleTrial> candidates(const ModuleOptions& options) {
  if (options.range) return {{options.range->first, options.range->second, options.logits, 0}};
  std::vector<ModuleTrial> all;
  for (const auto& [low, high] : {std::pair(0.0, 1.0), std::pair(-1.0, 1.0), std::pair(0.0, 255.0)})
    for (const bool logits : {false, true})
      if (logits || !options.logits) all.push_back({low, high, logits, 0});
  return all;
}

Status setByChannel(Parameters& parameters, const std::string& key, const std::string& option,
                    const std::vector<double>& values, const ImageShape& shape) {
  if (values.empty()) return done();
  if (static_cast<int>(values.size()) != shape.channels)
    return usageError(option + ": " + std::to_string(values.size()) + " numbers for images of " +
                      std::to_string(shape.channels) + " channels.");
  for (size_t c = 0; c < values.size(); ++c) parameters.set(key + std::to_string(c + 1), values[c]);
  return done();
}

/// What all trials have in common.
Result<Parameters> commonParameters(const ModuleOptions& options, const TorchScriptFacts& facts,
                                    std::span<const std::byte> archive, const ImageShape& shape) {
  Parameters parameters;
  parameters.set("latent", facts.latent);
  parameters.set("archive_bytes", static_cast<int64_t>(archive.size()));
  parameters.set("archive_crc", archiveChecksum(archive));
  parameters.set("bgr", options.bgr);
  if (Status status = setByChannel(parameters, "mean", "--mean", options.mean, shape); !status)
    return status.error();
  if (Status status = setByChannel(parameters, "std", "--std", options.deviation, shape); !status)
    return status.error();
  return parameters;
}

Result<ModelSpec> specOf(const TorchScriptFacts& facts, const ImageShape& shape, Parameters parameters,
                         const ModuleTrial& trial) {
  parameters.set("low", trial.low);
  parameters.set("high", trial.high);
  parameters.set("logits", trial.logits);
  return makeModelSpec(facts.posterior ? "torchscript-vae" : "torchscript", shape, parameters);
}

/// [n, C, H, W] of the first test images.
std::vector<float> firstImages(const Dataset& data) {
  std::vector<float> pixels;
  for (int64_t i = 0; i < std::min(shown, data.test->size()); ++i) {
    const Image image = imageAt(*data.test, i);
    pixels.insert(pixels.end(), image.pixels.begin(), image.pixels.end());
  }
  return pixels;
}

double meanSquaredError(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += (double{a[i]} - b[i]) * (double{a[i]} - b[i]);
  const double mean = sum / static_cast<double>(std::max<size_t>(1, a.size()));
  return std::isfinite(mean) ? mean : std::numeric_limits<double>::infinity();
}

Result<double> errorOf(const ModelSpec& spec, const std::shared_ptr<const Weights>& weights,
                       const std::vector<float>& images) {
  auto viewer = Viewer::create(spec);
  if (!viewer) return viewer.error();
  if (const Status status = viewer->setWeights(weights); !status) return status.error();
  try {
    const auto count = static_cast<int64_t>(images.size()) / spec.shape.pixels();
    return meanSquaredError(images, viewer->reconstruct(images, count));
  } catch (const std::runtime_error& error) {
    return inputError(error.what());
  }
}

Result<std::vector<std::byte>> readArchive(const fs::path& file) {
  auto archive = readFile(file, maximumArchive);
  if (archive && archive->empty()) return inputError(file.string() + " is empty.");
  return archive;
}

} // namespace

Result<ModuleReport> importTorchScript(const fs::path& file, const ModuleOptions& options,
                                       const RunConfig& config, const Dataset& data, const fs::path& out) {
  prepareComputeThread();
  const auto archive = readArchive(file);
  if (!archive) return archive.error();
  if (data.test->size() == 0) return inputError("The data set " + data.id + " has no test images to try.");
  const auto facts = inspectTorchScript(*archive, data.shape, file.string());
  if (!facts) return facts.error();
  const auto common = commonParameters(options, *facts, *archive, data.shape);
  if (!common) return common.error();

  const auto weights = weightsFromArchive(*archive);
  const std::vector<float> images = firstImages(data);
  ModuleReport report{{}, facts->latent, facts->posterior, candidates(options), 0};
  for (ModuleTrial& trial : report.trials) {
    const auto spec = specOf(*facts, data.shape, *common, trial);
    if (!spec) return spec.error();
    const auto error = errorOf(*spec, weights, images);
    if (!error) return inputError(file.string() + ": " + error.error().message);
    trial.error = *error;
  }
  std::ranges::stable_sort(report.trials, {}, &ModuleTrial::error);
  if (!std::isfinite(report.trials.front().error))
    return inputError(file.string() +
                      ": the reconstructions hold values that are no numbers; say how the module "
                      "wants its images with --input-range, --mean and --std.");
  const double grey = std::accumulate(images.begin(), images.end(), 0.0) / static_cast<double>(images.size());
  report.greyError = meanSquaredError(images, std::vector<float>(images.size(), static_cast<float>(grey)));

  auto spec = specOf(*facts, data.shape, *common, report.trials.front());
  if (!spec) return spec.error();
  RunRecord record = newRecord(config, std::move(*spec), data);
  record.imported = file.filename().string();
  auto folder = writeImportedRun(out, std::move(record), *weights);
  if (!folder) return folder.error();
  report.folder = std::move(*folder);
  return report;
}

Result<fs::path> writeContactSheet(const fs::path& run, const Dataset& data, JobControl& control) {
  auto folder = RunFolder::open(run);
  if (!folder) return folder.error();
  const std::vector<FigureSource> sources{{std::move(*folder), std::nullopt}};
  ReconstructOptions options;
  options.indices.resize(static_cast<size_t>(std::min(shown, data.test->size())));
  std::iota(options.indices.begin(), options.indices.end(), 0);

  std::error_code error;
  fs::create_directories(run / "figures", error);
  if (error)
    return workError("Cannot make the folder " + (run / "figures").string() + ": " + error.message() + ".");
  const auto figure = reconstructFigure(sources, options, data, control);
  if (!figure) return figure.error();
  const fs::path picture = run / "figures" / "contact-sheet.png";
  if (const Status status = drawFigure(*figure, picture, {}, control); status) return picture;

  const auto images = reconstructImages(sources, options, data, control);
  if (!images) return images.error();
  std::vector<float> pixels;
  for (const auto& row : images->rows)
    for (const Image& image : row) pixels.insert(pixels.end(), image.pixels.begin(), image.pixels.end());
  const fs::path array = run / "figures" / "contact-sheet.npy";
  const auto columns = static_cast<int64_t>(options.indices.size());
  const Status status = writeNpy(
      array, Array::of(pixels, {2, columns, data.shape.channels, data.shape.height, data.shape.width}));
  if (!status) return status.error();
  return array;
}

} // namespace latent
