#include "ui/bridge/figure_origin.h"

#include "core/base/image_json.h"
#include "core/data/catalogue.h"
#include "core/figure/provenance_reader.h"
#include "core/run/figure_again.h"
#include "core/run/figure_parts.h"
#include "ui/bridge/job_result.h"

#include <QFileInfo>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

namespace latent::ui {

namespace fs = std::filesystem;

namespace {

/// Nothing for a picture without provenance.
using Answer = std::optional<FigureView>;

/// The first number of `key`, which may be a list.
std::optional<int64_t> itemIn(const Json& view, const char* key) {
  if (!view.is_object() || !view.contains(key)) return std::nullopt;
  const Json& value = view[key];
  const Json& first = value.is_array() && !value.empty() ? value.front() : value;
  if (!first.is_number_integer() || first.get<int64_t>() < 0) return std::nullopt;
  return first.get<int64_t>();
}

Json partOf(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key)) return {};
  return json[key].is_array() && !json[key].empty() ? json[key].front() : json[key];
}

/// An input as figures name it, of one's own or of the data set.
std::optional<Subject> subjectIn(const Json& json) {
  Subject subject;
  try {
    if (json.contains("item")) {
      subject.split = json.at("split").get<std::string>();
      subject.index = json.at("item").get<int64_t>();
      return subject;
    }
    subject.index = -1;
    subject.image = imageFromJson(json.at("image"));
    subject.source = json.at("source").get<std::string>();
    return subject;
  } catch (const std::exception&) {
    return std::nullopt; // figureAgain() says what is wrong with it
  }
}

/// Of a figure that was not made in a window: its runs, the first image that it shows as the input, its point
/// and its codes.
Focus focusOf(const FigureRecipe& recipe) {
  Focus focus;
  const Json& view = recipe.view;
  for (const char* key : {"items", "item"})
    if (const auto item = itemIn(view, key)) focus.subject.index = *item;
  if (view.contains("split") && view["split"] == "train") focus.subject.split = "train";
  const Json plane = view.contains("planes") ? partOf(view, "planes") : view;
  for (const Json& input : {partOf(plane, "input"), partOf(view, "inputs"),
                            partOf(partOf(view, "start"), "input"), partOf(partOf(view, "from"), "input")})
    if (input.is_object())
      if (auto subject = subjectIn(input)) focus.subject = *std::move(subject);
  for (const Json& from : {plane, partOf(view, "start")}) {
    const bool several = from.is_object() && from.contains("z") && partOf(from, "z").is_array();
    const Json z = several ? partOf(from, "z") : from.is_object() && from.contains("z") ? from["z"] : Json();
    if (!z.is_array() || recipe.kind == "decode") continue;
    if (std::ranges::all_of(z, [](const Json& v) { return v.is_number(); }))
      focus.cursor = z.get<LatentPoint>();
  }
  if (recipe.kind == "codes" && view.contains("tokens") && view["tokens"].is_array() &&
      std::ranges::all_of(view["tokens"], [](const Json& v) { return v.is_number_integer(); }))
    focus.tokens = view["tokens"].get<std::vector<int64_t>>();
  return focus;
}

/// The folder that a run has now.
RunId nowAt(const RunId& then, const FigureRecipe& recipe, const std::vector<FigureSource>& sources) {
  for (size_t i = 0; i < sources.size(); ++i)
    if (recipe.runs[i].folder == fs::path(then)) return sources[i].run.path().string();
  return {};
}

Result<Focus> focusNow(const FigureRecipe& recipe, const std::vector<FigureSource>& sources,
                       const std::vector<RunId>& runs) {
  Focus focus = focusOf(recipe);
  if (!recipe.focus.is_null()) {
    auto written = focusFromFile(recipe.focus);
    if (!written) return written.error();
    focus = *std::move(written);
    focus.active = nowAt(focus.active, recipe, sources);
  }
  if (focus.active.empty()) {
    focus.active = runs.front();
    if (!recipe.focus.is_null()) { // of a run that is not in the figure
      focus.cursor.clear();
      focus.tokens.clear();
    }
  }
  focus.shown = runs;
  // The moment of the active run that the figure shows, unless it is the newest still.
  for (const FigureSource& source : sources) {
    if (source.run.path().string() != focus.active) continue;
    const bool newest = !source.step || *source.step == source.run.record().step;
    focus.step = newest ? std::nullopt : source.step;
    break;
  }
  return focus;
}

QString warningFor(const RunRecord& record) {
  const std::string& id = record.config.dataset;
  const QString sentence =
      FigureOrigin::tr("The images of %1, which this figure shows, are not here.")
          .arg(QString::fromStdString(record.datasetName.empty() ? id : record.datasetName));
  std::error_code ignored;
  for (const DatasetInfo& info : listDatasets({}, false))
    if (info.id == id) return info.available ? QString() : sentence;
  return fs::path(id).is_absolute() && !fs::exists(id, ignored) ? sentence : QString();
}

Result<Answer> viewOf(const Json& provenance, const fs::path& file) {
  const auto recipe = figureRecipe(provenance, file);
  if (!recipe) return recipe.error();
  const RecipeSources found = findRecipeRuns(*recipe, {});
  if (!found.missing.empty()) return missingError(*recipe, found);
  FigureView view;
  view.file = QString::fromStdString(file.string());
  view.kind = recipe->kind;
  view.view = recipe->view;
  for (const FigureSource& source : found.sources) {
    const RunId run = source.run.path().string();
    if (std::ranges::find(view.runs, run) == view.runs.end()) view.runs.push_back(run);
  }
  view.snapshots = view.runs.size() == 1 && found.sources.size() > 1;
  auto focus = focusNow(*recipe, found.sources, view.runs);
  if (!focus) return focus.error();
  view.focus = *std::move(focus);
  view.warning = warningFor(found.sources.front().run.record());
  return Answer(std::move(view));
}

Result<Answer> read(const fs::path& file) {
  const auto provenance = readProvenance(file);
  if (provenance) return viewOf(*provenance, file);
  if (QString::fromStdString(file.extension().string()).toLower() == QLatin1String(".png")) return Answer();
  return provenance.error();
}

} // namespace

struct FigureOrigin::Impl {
  explicit Impl(JobBridge& jobBridge) : jobs(jobBridge) {}
  JobBridge& jobs;
  int newest = 0;
};

FigureOrigin::FigureOrigin(JobBridge* jobs, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(*jobs)) {}

FigureOrigin::~FigureOrigin() = default;

void FigureOrigin::open(const QString& file) {
  const int number = ++m_impl->newest;
  startJob<Answer>(
      m_impl->jobs, JobBridge::Lane::quick, "Reading a figure", this,
      [path = fs::path(QFileInfo(file).absoluteFilePath().toStdString())](JobControl&) { return read(path); },
      [this, file, number](const Result<Answer>& answer) { take(number, answer, file); });
}

void FigureOrigin::show(const Json& provenance, const QString& name) {
  const int number = ++m_impl->newest;
  startJob<Answer>(
      m_impl->jobs, JobBridge::Lane::quick, "Finding the runs of a figure", this,
      [provenance, path = fs::path(name.toStdString())](JobControl&) { return viewOf(provenance, path); },
      [this, name, number](const Result<Answer>& answer) { take(number, answer, name); });
}

void FigureOrigin::take(int number, const Result<std::optional<FigureView>>& answer, const QString& file) {
  if (number != m_impl->newest) return;
  if (!answer) {
    emit failed(QString::fromStdString(answer.error().message));
  } else if (*answer) {
    emit opened(**answer);
  } else {
    emit foreign(file);
  }
}

} // namespace latent::ui
