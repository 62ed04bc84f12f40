#include "app/cli/options.h"

#include "app/cli/interruption.h"
#include "app/cli/usage.h"
#include "core/figure/figure_page.h"
#include "core/io/lines.h"
#include "core/models/compute.h"

#include <algorithm>
#include <cstdio>
#include <limits>

namespace latent::cli {
namespace {

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  for (size_t begin = 0;;) {
    const size_t end = text.find(',', begin);
    std::string word = text.substr(begin, end - begin);
    word.erase(0, word.find_first_not_of(' '));
    word.erase(word.find_last_not_of(' ') + 1);
    words.push_back(std::move(word));
    if (end == std::string::npos) return words;
    begin = end + 1;
  }
}

template<class T>
Result<std::vector<T>> parseList(const std::string& option, const std::string& text, const char* what) {
  std::vector<T> values;
  for (const std::string& word : split(text)) {
    T value{};
    if (!parseNumber(word, value))
      return usageError(option + ": '" + text + "' is not a list of " + what + " separated by commas.");
    values.push_back(value);
  }
  return values;
}

void warn(const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) std::fprintf(stderr, "latent: %s\n", warning.c_str());
}

} // namespace

void RunOptions::addTo(CLI::App& command, bool several) {
  auto* option =
      command.add_option("run", folders, several ? "Run folders" : "Run folder")->required()->check(named());
  option->expected(1, several ? 64 : 1);
  command.add_option("--step", step, "A kept snapshot; the newest weights without it")
      ->check(wholeNumber(0, std::numeric_limits<int64_t>::max()));
  command.add_option("--data-dir", dataDir, "Folder of the data sets; excludes all other places")
      ->check(named());
}

Result<std::vector<FigureSource>> RunOptions::open() const {
  std::vector<FigureSource> sources;
  for (const std::string& folder : folders) {
    auto run = RunFolder::open(folder);
    if (!run) return run.error();
    sources.push_back({std::move(*run), step});
  }
  setComputeThreads(std::max(1, sources.front().run.record().config.threads));
  return sources;
}

Result<RunOptions::Opened> RunOptions::openWithData() const {
  auto sources = open();
  if (!sources) return sources.error();
  auto data = openDataOf(sources->front().run, dataDir);
  if (!data) return data.error();
  return Opened{*std::move(sources), *std::move(data)};
}

Result<std::shared_ptr<const Dataset>> openData(const std::string& id,
                                                const std::optional<std::string>& dataDir) {
  DataSearch search;
  if (dataDir) search.dataDir = *dataDir;
  auto data = openDataset(id, search, &interruption());
  if (data) warn((*data)->warnings);
  return data;
}

Result<std::shared_ptr<const Dataset>> openDataOf(const RunFolder& run,
                                                  const std::optional<std::string>& dataDir) {
  const RunRecord& record = run.record();
  const std::string& recorded = record.config.dataDir;
  auto data =
      openData(record.config.dataset, dataDir || recorded.empty() ? dataDir : std::optional(recorded));
  if (data && (*data)->checksums != record.checksums)
    return inputError("The data set " + (*data)->id + ((*data)->path.empty() ? "" : " in " + (*data)->path) +
                      " is not the one that the run " + run.path().string() +
                      " was trained on (other checksums).");
  return data;
}

void FigureOptions::addTo(CLI::App& command, const std::string& endings) {
  command.add_option("--out", out, "File to write: " + endings)->required()->check(named());
  std::vector<std::string> sizes;
  for (const PagePreset& preset : pagePresets()) sizes.push_back(preset.id);
  auto size = std::make_shared<std::string>();
  command
      .add_option("--size", *size,
                  "one-column (84 mm), two-columns (174 mm) or slide (16:9, larger words and lines)")
      ->check(oneOf(sizes));
  command.add_option("--width", widthMm, "Width in millimetres")->check(number(20, page_limits::mostMm));
  command.add_option("--height", heightMm, "Height in millimetres; follows from the content without it")
      ->check(number(20, page_limits::mostMm));
  command.add_option("--dpi", dpi, "Dots an inch of a png, 300 without it")->check(number(30, 1200));
  command.add_option("--font-size", fontPoints, "Size of the words in points, 8 without it")
      ->check(number(4, 48));
  command.add_option("--line-width", curvePoints, "Width of curves in points; thin lines follow")
      ->check(number(0.1, 10));
  auto* titled = command.add_option("--title", title, "Words above the figure");
  command
      .add_flag(
          "--no-title", [this](int64_t) { title = ""; }, "No words above the figure")
      ->excludes(titled);
  command
      .add_option_function<std::string>(
          "--legend", [this](const std::string& name) { legend = legendPlaceFromName(name); },
          "Where it stands: above, below, right or none")
      ->check(oneOf({"above", "below", "right", "none"}));
  command.add_flag(
      "--greyscale,!--colour", [this](int64_t count) { greyscale = count > 0; },
      "Greys, patterns and marks that stay apart in print without colour");
  command.add_flag(
      "--smooth,!--no-smooth", [this](int64_t count) { smooth = count > 0; },
      "Interpolates images, whose pixels are drawn as they are without it");
  command.add_flag("--tex", tex, "Writes PGFPlots code beside it as FILE.tex, which reads FILE.csv");
  command.add_flag("--sidecar", sidecar, "Writes what the figure shows beside it as FILE.json, too");
  command.parse_complete_callback([this, size] {
    for (const PagePreset& preset : pagePresets()) {
      if (preset.id != *size) continue;
      if (!widthMm) widthMm = preset.widthMm;
      if (!heightMm) heightMm = preset.heightMm;
      if (!fontPoints) fontPoints = preset.fontPoints;
      if (!curvePoints) curvePoints = preset.curvePoints;
    }
  });
}

Status checkOutput(const std::string& out) {
  const std::filesystem::path folder = std::filesystem::path(out).parent_path();
  std::error_code ignored;
  if (folder.empty() || std::filesystem::is_directory(folder, ignored)) return done();
  return workError("The folder " + folder.string() + " for " +
                   std::filesystem::path(out).filename().string() +
                   " is not there; make it first, or choose another with --out.");
}

Status FigureOptions::draw(const Figure& figure) const {
  warn(figure.warnings);
  const double dots = dpi.value_or(300);
  FigurePage page = pageOn(figure, dots);
  page.heightMm = heightMm.value_or(page.heightMm);
  page.fontPoints = fontPoints.value_or(page.fontPoints);
  page.curvePoints = curvePoints.value_or(page.curvePoints);
  page.title = title.value_or(figure.title);
  page.legend = legend.value_or(page.legend);
  page.greyscale = greyscale.value_or(page.greyscale);
  page.smooth = smooth.value_or(page.smooth);
  Figure paged = figure;
  setPage(page, paged);
  return drawFigure(paged, out, {dots, sidecar, tex}, interruption());
}

Status FigureOptions::check(bool arrays) const {
  std::vector<std::string> known{".png", ".pdf", ".svg", ".csv"};
  if (arrays) known.emplace_back(".npy");
  if (std::ranges::find(known, ending()) == known.end())
    return usageError("The ending of " + out + " names no kind of figure; use .png, .pdf, .svg" +
                      (arrays ? ", .csv or .npy." : " or .csv."));
  if ((sidecar || tex) && ending() == ".npy")
    return usageError(std::string(sidecar ? "--sidecar" : "--tex") +
                      " goes with a figure; an .npy holds the numbers alone.");
  return checkOutput(out);
}

std::string FigureOptions::ending() const {
  return std::filesystem::path(out).extension().string();
}

Result<std::vector<double>> parseNumbers(const std::string& option, const std::string& text) {
  return parseList<double>(option, text, "numbers");
}

Result<std::vector<int64_t>> parseIntegers(const std::string& option, const std::string& text) {
  return parseList<int64_t>(option, text, "whole numbers");
}

std::vector<std::string> splitWords(const std::string& text) {
  return text.empty() ? std::vector<std::string>() : split(text);
}

Result<std::vector<std::string>> parseWords(const std::string& option, const std::string& text,
                                            const std::vector<std::string>& known) {
  auto words = split(text);
  for (const std::string& word : words) {
    if (std::find(known.begin(), known.end(), word) != known.end()) continue;
    std::string all;
    for (const std::string& each : known) all += (all.empty() ? "" : ", ") + each;
    return usageError(option + ": '" + word + "' is unknown; known are " + all + ".");
  }
  return words;
}

Result<ParameterValue> parseValue(const ParameterSchema& schema, const std::string& key,
                                  const std::string& text) {
  if (const ParameterSpec* spec = findParameter(schema, key)) return parseParameter(*spec, text);
  std::string all;
  for (const ParameterSpec& spec : schema) all += (all.empty() ? "" : ", ") + spec.key;
  return usageError("There is no parameter '" + key + "'; known are " + all + ".");
}

} // namespace latent::cli
