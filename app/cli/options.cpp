#include "app/cli/options.h"

#include "app/cli/interruption.h"
#include "app/cli/usage.h"
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
  auto* option = command.add_option("run", folders, several ? "Run folders" : "Run folder")->required();
  option->expected(1, several ? 64 : 1);
  command.add_option("--step", step, "A kept snapshot; the newest weights without it")
      ->check(wholeNumber(0, std::numeric_limits<int64_t>::max()));
  command.add_option("--data-dir", dataDir, "Folder of the data sets; excludes all other places");
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
  command.add_option("--out", out, "File to write: " + endings)->required();
  command.add_option("--width", widthMm, "Width in millimetres")->check(number(20, 2000));
  command.add_option("--dpi", dpi, "Dots an inch of a png, 300 without it")->check(number(30, 1200));
  command.add_flag("--sidecar", sidecar, "Writes what the figure shows beside it as FILE.json, too");
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
  return drawFigure(figure, out, {dpi.value_or(300), sidecar}, interruption());
}

Status FigureOptions::check() const {
  if (sidecar && ending() == ".npy")
    return usageError("--sidecar goes with a figure; an .npy holds the numbers alone.");
  const auto known = {".png", ".pdf", ".svg", ".csv", ".npy"};
  if (std::ranges::find(known, ending()) == known.end())
    return usageError("The ending of " + out +
                      " names no kind of figure; use .png, .pdf, .svg, .csv or .npy.");
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
