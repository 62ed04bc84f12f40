#include "app/cli/commands.h"
#include "app/cli/input_images.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/tables.h"
#include "app/cli/usage.h"
#include "core/io/files.h"
#include "core/io/npy.h"
#include "core/run/run_viewer.h"

namespace latent::cli {
namespace {

struct Options {
  RunOptions runs;
  std::vector<std::string> input;
  std::string split = "test";
  std::string out;
};

struct Codes {
  Encoded points;
  std::vector<int64_t> labels;
  std::vector<std::string> files; ///< of each image, "" where it has none
};

std::vector<std::string> filesOf(const Split& split) {
  std::vector<std::string> files;
  for (int64_t i = 0; i < split.size(); ++i) files.push_back(split.file(i));
  return files;
}

Result<Codes> encode(const Options& options, const FigureSource& source) {
  const auto viewer = openViewer(source.run, source.step);
  if (!viewer) return viewer.error();
  Codes codes;
  if (!options.input.empty()) {
    auto images = readInputImages(options.input, viewer->spec().shape);
    if (!images) return images.error();
    auto points = encodeImages(*viewer, images->pixels, interruption());
    if (!points) return points.error();
    codes.points = std::move(*points);
    codes.files = std::move(images->files);
    codes.labels.assign(static_cast<size_t>(codes.points.count), -1);
    return codes;
  }
  const auto data = openDataOf(source.run, options.runs.dataDir);
  if (!data) return data.error();
  const auto split = options.split == "train" ? (*data)->train : (*data)->test;
  auto frame = encodeSplit(*viewer, split, 0, interruption());
  if (!frame) return frame.error();
  codes.points = std::move(frame->points);
  codes.labels = *frame->labels;
  codes.files = filesOf(*split);
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
  if (Status status = checkOutput(options.out); !status) return status;
  const auto sources = options.runs.open();
  if (!sources) return sources.error();
  const auto codes = encode(options, sources->front());
  if (!codes) return codes.error();
  if (out.extension() == ".csv")
    return writeTextAtomically(out, encodingsToCsv(codes->points, codes->labels, codes->files));
  if (Status status = writeNpy(out, toArray(codes->points)); !status) return status;
  return writeNpy(out.replace_extension(".labels.npy"), Array::of(codes->labels, {codes->points.count}));
}

} // namespace

void addEncode(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("encode", "Mean, log-variance and label of each image, as a table");
  options->runs.addTo(*command, false);
  auto* input = command->add_option(
      "--input", options->input,
      "Files of images instead: .npy ([n, C, H, W], [C, H, W] or [H, W]; floats in [0,1] or "
      "uint8), .png, .jpg, .bmp (cut and scaled to the model's size)");
  input->check(named());
  command->add_option("--split", options->split, "test or train")
      ->check(oneOf({"test", "train"}))
      ->excludes(input);
  command->add_option("--out", options->out, "FILE.npy (labels go to FILE.labels.npy) or FILE.csv")
      ->required()
      ->check(named());
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
