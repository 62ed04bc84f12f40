#include "core/run/figure_parts.h"

#include "core/models/compute.h"
#include "core/models/families.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <map>
#include <set>

namespace latent {

namespace fs = std::filesystem;

namespace {

/// Passes over the training images that the weights have seen; 0 where they came from elsewhere.
double epochShown(const FigureSource& source) {
  const RunRecord& record = source.run.record();
  const double share =
      record.step > 0 ? static_cast<double>(stepShown(source)) / static_cast<double>(record.step) : 1;
  return record.epoch * share;
}

std::string homeFolder() {
  const char* home = std::getenv("HOME");
  std::string folder = home ? home : "";
  while (folder.ends_with('/')) folder.pop_back();
  return folder;
}

std::string latentSize(const FigureSource& source) {
  const Parameters& parameters = source.run.record().spec.parameters;
  return parameters.has("latent") ? "z" + std::to_string(parameters.integer("latent")) : "";
}
std::string seed(const FigureSource& source) {
  return "seed " + std::to_string(source.run.record().config.seed);
}
std::string step(const FigureSource& source) {
  return "step " + std::to_string(stepShown(source));
}
std::string folder(const FigureSource& source) {
  return source.run.path().filename().string();
}
std::string wholePath(const FigureSource& source) {
  return source.run.path().string();
}

} // namespace

Json figureProvenance(const std::string& kind, const std::vector<FigureSource>& sources, Json view) {
  Json runs = Json::array();
  for (const FigureSource& source : sources) {
    const RunRecord& record = source.run.record();
    runs.push_back({{"id", record.id},
                    {"folder", source.run.path().filename().string()},
                    {"path", pathForFile(source.run.path())},
                    {"name", record.config.name},
                    {"step", stepShown(source)},
                    {"epoch", epochShown(source)},
                    {"seed", record.config.seed},
                    {"family", record.spec.family},
                    {"parameters", parametersToJson(record.spec.parameters)},
                    {"dataset",
                     {{"id", record.config.dataset},
                      {"name", record.datasetName},
                      {"checksums", Json(record.checksums)}}},
                    {"device", record.config.device},
                    {"threads", record.config.threads},
                    {"versions", Json(record.versions)}});
  }
  const ComputeVersions versions = computeVersions();
  return {{"program", "Latent Explorer " LATENT_VERSION},
          {"kind", kind},
          {"runs", std::move(runs)},
          {"view", std::move(view)},
          {"drawn",
           {{"device", "cpu"},
            {"threads", computeThreads()},
            {"torch", versions.torch},
            {"blas", versions.blas}}}};
}

std::string pathForFile(const fs::path& path) {
  const std::string text = path.string(), home = homeFolder();
  return !home.empty() && text.starts_with(home + "/") ? "~" + text.substr(home.size()) : text;
}

fs::path pathFromFile(const std::string& text) {
  const std::string home = homeFolder();
  return !home.empty() && text.starts_with("~/") ? home + text.substr(1) : text;
}

Json focusForFile(Focus focus) {
  for (RunId& run : focus.shown) run = pathForFile(run);
  focus.active = pathForFile(focus.active);
  return focusToJson(focus);
}

Result<Focus> focusFromFile(const Json& json) {
  auto focus = focusFromJson(json);
  if (!focus) return focus;
  for (RunId& run : focus->shown) run = pathFromFile(run).string();
  focus->active = pathFromFile(focus->active).string();
  return focus;
}

int64_t stepShown(const FigureSource& source) {
  return source.step.value_or(source.run.record().step);
}

std::vector<std::string> distinctNames(const std::vector<FigureSource>& sources) {
  std::vector<std::string> names;
  names.reserve(sources.size());
  for (const FigureSource& source : sources) names.push_back(source.run.record().config.name);
  // A data set that all of them name at their end says nothing of one of them.
  const std::string data = sources.empty() ? "" : " " + sources.front().run.record().datasetName;
  if (sources.size() > 1 && std::ranges::all_of(names, [&](const std::string& name) {
        return name.size() > data.size() && name.ends_with(data);
      }))
    for (std::string& name : names) name.resize(name.size() - data.size());
  for (const auto tell : std::array{latentSize, seed, step, folder, wholePath}) {
    std::map<std::string, std::vector<size_t>> namesakes;
    for (size_t i = 0; i < names.size(); ++i) namesakes[names[i]].push_back(i);
    for (const auto& [name, runs] : namesakes) {
      std::set<std::string> differences;
      for (const size_t i : runs) differences.insert(tell(sources[i]));
      if (differences.size() < 2) continue;
      for (const size_t i : runs) names[i] += ", " + tell(sources[i]);
    }
  }
  return names;
}

std::string labelNumber(double value, int digits) {
  std::array<char, 64> text; // not by printf, whose decimal point follows the locale
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, digits);
  return {text.data(), end.ptr};
}

Status checkItems(const std::vector<int64_t>& items, const Split& split) {
  for (const int64_t item : items)
    if (item < 0 || item >= split.size())
      return usageError("items: " + std::to_string(item) + " is not in 0 to " +
                        std::to_string(split.size() - 1) + ".");
  return done();
}

namespace {

/// Columns [first, first + count); `places` of them would fill the width.
ImagesPanel bandOf(const ImageTable& table, size_t first, size_t count, size_t places) {
  ImagesPanel panel;
  panel.rows = static_cast<int>(table.rowLabels.size());
  panel.columns = static_cast<int>(count);
  panel.places = static_cast<int>(places);
  panel.channels = table.shape.channels;
  panel.height = table.shape.height;
  panel.width = table.shape.width;
  panel.rowLabels = table.rowLabels;
  const auto at = [](size_t i) { return static_cast<std::ptrdiff_t>(i); };
  const auto image = static_cast<size_t>(table.shape.pixels());
  for (size_t row = 0; row < table.rowLabels.size(); ++row) {
    const size_t begin = (row * table.columnLabels.size() + first) * image;
    panel.pixels.insert(panel.pixels.end(), table.pixels.begin() + at(begin),
                        table.pixels.begin() + at(begin + count * image));
  }
  panel.columnLabels.assign(table.columnLabels.begin() + at(first),
                            table.columnLabels.begin() + at(first + count));
  return panel;
}

} // namespace

void addImageTable(const ImageTable& table, Figure& figure) {
  constexpr double smallestMm = 5; // of an image
  const size_t columns = table.columnLabels.size();
  // Two thirds of the width are the images'.
  const auto fitting = static_cast<size_t>(std::max(1.0, figure.widthMm * 2 / 3 / smallestMm));
  const size_t bands = (columns + fitting - 1) / fitting;
  const size_t places = (columns + bands - 1) / bands;
  for (size_t first = 0; first < columns; first += places)
    figure.panels.emplace_back(bandOf(table, first, std::min(places, columns - first), places));
}

std::string measureName(const RunRecord& record) {
  return findFamily(record.spec.family)->hasPrior ? "ELBO" : "recon";
}

} // namespace latent
