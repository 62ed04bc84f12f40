#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/tables.h"
#include "core/io/files.h"
#include "core/io/npy.h"
#include "core/run/run_viewer.h"

#include <algorithm>

namespace latent::cli {
namespace {

struct Options {
  RunOptions runs;
  std::string input;
  std::string split = "test";
  std::string out;
};

struct Codes {
  Encoded points;
  std::vector<int64_t> labels;
  std::shared_ptr<const Split> split; ///< null for images of a file
};

/// [n, C, H, W] of the model's shape (C = 1 may be left out) in [0,1], or 0..255 as uint8.
Result<std::vector<float>> readImages(const std::string& file, const ImageShape& shape) {
  const auto array = readNpy(file);
  if (!array) return array.error();
  std::vector<int64_t> wanted{shape.channels, shape.height, shape.width};
  if (array->shape.size() == 3 && shape.channels == 1) wanted.erase(wanted.begin());
  if (array->shape.size() != wanted.size() + 1 ||
      !std::equal(wanted.begin(), wanted.end(), array->shape.begin() + 1))
    return inputError(file + " does not hold images of the model's shape: [n, " +
                      std::to_string(shape.channels) + ", " + std::to_string(shape.height) + ", " +
                      std::to_string(shape.width) + "] is needed.");
  if (array->type != ElementType::u8 && array->type != ElementType::f32 && array->type != ElementType::f64 &&
      array->type != ElementType::f16)
    return inputError(file + " holds neither floats nor uint8; images are floats in [0,1] or bytes.");
  std::vector<float> pixels = array->toFloats();
  if (array->type == ElementType::u8)
    for (float& value : pixels) value /= 255.0F;
  const auto outside =
      std::find_if_not(pixels.begin(), pixels.end(), [](float v) { return v >= 0 && v <= 1; });
  if (outside != pixels.end())
    return inputError(file + ": element " + std::to_string(outside - pixels.begin()) +
                      " is not in [0,1]; divide by the largest value first.");
  return pixels;
}

Result<Codes> encode(const Options& options, const FigureSource& source) {
  const auto viewer = openViewer(source.run, source.step);
  if (!viewer) return viewer.error();
  Codes codes;
  if (!options.input.empty()) {
    const auto images = readImages(options.input, viewer->spec().shape);
    if (!images) return images.error();
    auto points = encodeImages(*viewer, *images, interruption());
    if (!points) return points.error();
    codes.points = std::move(*points);
    codes.labels.assign(static_cast<size_t>(codes.points.count), -1);
    return codes;
  }
  const auto data = openDataOf(source.run, options.runs.dataDir);
  if (!data) return data.error();
  codes.split = options.split == "train" ? (*data)->train : (*data)->test;
  auto frame = encodeSplit(*viewer, codes.split, 0, interruption());
  if (!frame) return frame.error();
  codes.points = std::move(frame->points);
  codes.labels = *frame->labels;
  return codes;
}

/// [n, 2K]: mu, then log-variance; [n, K] where there is no posterior.
Array toArray(const Encoded& points) {
  if (points.logVar.empty()) return Array::of(points.mu, {points.count, points.latent});
  std::vector<float> rows;
  rows.reserve(2 * points.mu.size());
  for (int64_t i = 0; i < points.count; ++i)
    for (const auto* values : {&points.mu, &points.logVar})
      rows.insert(rows.end(), values->begin() + i * points.latent, values->begin() + (i + 1) * points.latent);
  return Array::of(rows, {points.count, 2 * int64_t{points.latent}});
}

Status run(const Options& options) {
  std::filesystem::path out = options.out;
  if (out.extension() != ".npy" && out.extension() != ".csv")
    return usageError("--out: " + options.out + " must end in .npy or .csv.");
  const auto sources = options.runs.open();
  if (!sources) return sources.error();
  const auto codes = encode(options, sources->front());
  if (!codes) return codes.error();
  if (out.extension() == ".csv")
    return writeTextAtomically(out, encodingsToCsv(codes->points, codes->labels, codes->split.get()));
  if (const Status status = writeNpy(out, toArray(codes->points)); !status) return status;
  return writeNpy(out.replace_extension(".labels.npy"), Array::of(codes->labels, {codes->points.count}));
}

} // namespace

void addEncode(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("encode", "Mean, log-variance and label of each image, as a table");
  options->runs.addTo(*command, false);
  auto* input =
      command->add_option("--input", options->input, "Images as .npy: [n, C, H, W] in [0,1], or uint8");
  command->add_option("--split", options->split, "test or train")
      ->check(CLI::IsMember({"test", "train"}))
      ->excludes(input);
  command->add_option("--out", options->out, "FILE.npy (labels go to FILE.labels.npy) or FILE.csv")
      ->required();
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
