#include "ui/bridge/model_import.h"

#include "core/io/files.h"
#include "core/io/safetensors.h"
#include "core/io/state_file.h"
#include "core/io/zip_archive.h"
#include "core/models/families.h"
#include "core/run/figures.h"
#include "core/run/import_export.h"
#include "core/run/import_torchscript.h"
#include "core/run/training_run.h"
#include "ui/bridge/job_result.h"
#include "ui/bridge/library_bridge.h"

#include <QFileInfo>
#include <QPointer>
#include <QTemporaryDir>

#include <algorithm>
#include <numeric>
#include <string_view>

namespace latent::ui {

namespace fs = std::filesystem;

namespace {

constexpr int64_t shown = 16;
constexpr int64_t largestFile = int64_t{4} << 30;

/// A TorchScript archive tells by the names of its members, which stand at its end; its code is compressed
/// and is not looked at.
bool holdsCode(const std::vector<std::byte>& bytes) {
  if (!ZipArchive::looksLikeOne(bytes)) return false;
  constexpr size_t directory = size_t{1} << 20;
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return text.substr(text.size() - std::min(text.size(), directory)).find("/constants.pkl") !=
         std::string_view::npos;
}

/// What a safetensors file of this program says of its model.
void takeMetadata(const std::vector<std::byte>& bytes, const std::string& name, ModelFile& file) {
  const auto content = parseSafetensors(bytes, name);
  if (!content || !content->metadata.contains("model")) return;
  const FamilyInfo* family = findFamily(content->metadata.at("model"));
  if (!family || !family->trainable) return;
  file.family = family->id;
  const auto text = content->metadata.find("parameters");
  if (text == content->metadata.end()) return;
  const auto parameters = parametersFromJson(family->schema, Json::parse(text->second, nullptr, false));
  if (parameters) file.parameters = *parameters;
}

Result<ModelFile> lookAt(const fs::path& path) {
  auto bytes = readFile(path, largestFile);
  if (!bytes) return bytes.error();
  ModelFile file;
  file.module = holdsCode(*bytes);
  if (file.module) {
    file.content = ModelImport::tr("TorchScript module, %1 kB").arg((bytes->size() + 999) / 1000);
    return file;
  }
  takeMetadata(*bytes, path.string(), file);
  const auto state = StateFile::parse(*std::move(bytes), path);
  if (!state) return state.error();
  int64_t values = 0;
  for (const StateFile::Tensor& tensor : state->tensors())
    values += std::accumulate(tensor.shape.begin(), tensor.shape.end(), int64_t{1}, std::multiplies<>());
  file.content = ModelImport::tr("Weights: %1 tensors, %L2 values").arg(state->tensors().size()).arg(values);
  return file;
}

RunConfig configOf(const ModelReading& reading) {
  RunConfig config;
  config.dataset = reading.dataset;
  if (reading.module) return config;
  config.family = reading.family;
  config.parameters = reading.parameters;
  return config;
}

QString rangeText(const ModuleTrial& trial) {
  return ModelImport::tr("images in [%1, %2], decode gives %3")
      .arg(trial.low)
      .arg(trial.high)
      .arg(trial.logits ? ModelImport::tr("logits") : ModelImport::tr("pixels"));
}

QStringList notesOn(const ModuleReport& report) {
  QStringList notes;
  const ModuleTrial& best = report.trials.front();
  notes << ModelImport::tr("%1 latents, %2.")
               .arg(report.latent)
               .arg(report.posterior ? ModelImport::tr("with a posterior; its prior is taken for N(0, 1)")
                                     : ModelImport::tr("without a posterior or a prior"));
  notes << (report.trials.size() > 1
                ? ModelImport::tr("Best of %1 tried: %2, squared error %3 a pixel.").arg(report.trials.size())
                : ModelImport::tr("%2, squared error %3 a pixel."))
               .arg(rangeText(best))
               .arg(best.error, 0, 'g', 3);
  if (best.error >= report.greyError)
    notes << ModelImport::tr("This is no better than one grey (%1): say how the module wants its images.")
                 .arg(report.greyError, 0, 'g', 3);
  return notes;
}

/// The sentence without what only the command line knows.
QString inWords(const Error& error) {
  QString text = QString::fromStdString(error.message);
  text.replace(QLatin1String("--input-range, --mean and --std"),
               ModelImport::tr("range, mean and deviation"));
  for (const auto& [option, words] :
       {std::pair("--mean", ModelImport::tr("Mean")), std::pair("--std", ModelImport::tr("Deviation"))})
    text.replace(QLatin1String(option), words);
  return text;
}

struct Made {
  fs::path folder;
  QStringList notes;
};

Result<Made> importInto(const ModelReading& reading, const Dataset& data, const fs::path& out) {
  const fs::path file = reading.file.toStdString();
  if (reading.module) {
    const ModuleOptions options{reading.range, reading.bgr, reading.logits, reading.mean, reading.deviation};
    const auto report = importTorchScript(file, options, configOf(reading), data, out);
    if (!report) return report.error();
    return Made{report->folder, notesOn(*report)};
  }
  const auto report = importWeights(file, configOf(reading), data, out);
  if (!report) return report.error();
  Made made{report->folder, {}};
  made.notes << ModelImport::tr("All %1 tensors fit.").arg(report->tensors);
  for (const std::string& note : report->notes) made.notes << QString::fromStdString(note);
  return made;
}

Result<ModelPreview> previewOf(const ModelReading& reading, const Dataset& data, JobControl& control) {
  const QTemporaryDir place;
  if (!place.isValid()) return workError(place.errorString().toStdString());
  const auto made = importInto(reading, data, place.filePath("run").toStdString());
  if (!made) return made.error();
  auto run = RunFolder::open(made->folder);
  if (!run) return run.error();
  ReconstructOptions options;
  options.indices.resize(static_cast<size_t>(std::min(shown, data.test->size())));
  std::iota(options.indices.begin(), options.indices.end(), 0);
  auto images = reconstructImages({{*std::move(run), std::nullopt}}, options, data, control);
  if (!images) return images.error();
  return ModelPreview{{}, made->notes, std::move(images->rows.at(0)), std::move(images->rows.at(1))};
}

/// Named by the file: "encoder-mnist", "encoder-mnist-2".
fs::path freeFolder(const ModelReading& reading) {
  const std::string name = fs::path(reading.file.toStdString()).stem().string() + "-" +
                           fs::path(reading.dataset).filename().string();
  fs::path folder = standardRunsFolder() / name;
  std::error_code ignored;
  for (int i = 2; fs::exists(folder, ignored); ++i)
    folder = standardRunsFolder() / (name + "-" + std::to_string(i));
  return folder;
}

} // namespace

ModelImport::ModelImport(JobBridge* jobs, LibraryBridge* library, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_library(library) {}

void ModelImport::look(const QString& file) {
  startJob<ModelFile>(
      *m_jobs, JobBridge::Lane::work, tr("Reading %1").arg(QFileInfo(file).fileName()).toStdString(), this,
      [file](JobControl&) { return lookAt(file.toStdString()); },
      [this](const Result<ModelFile>& found) {
        if (found)
          emit looked(*found);
        else
          emit refused(inWords(found.error()));
      });
}

void ModelImport::preview(const ModelReading& reading) {
  m_next = reading;
  if (!m_working) beginPreview();
}

void ModelImport::beginPreview() {
  m_working = true;
  const ModelReading reading = *std::exchange(m_next, std::nullopt);
  const auto tell = [this](const Result<ModelPreview>& preview) {
    m_working = false;
    if (m_next) return beginPreview();
    ModelPreview answer;
    if (preview)
      answer = *preview;
    else
      answer.problem = inWords(preview.error());
    emit previewed(answer);
  };
  m_library->withDataset(
      reading.dataset, {},
      [this, reading, tell,
       guard = QPointer<ModelImport>(this)](const Result<std::shared_ptr<const Dataset>>& data) {
        if (!guard) return;
        if (!data) return tell(data.error());
        startJob<ModelPreview>(
            *m_jobs, JobBridge::Lane::work, tr("Trying a model").toStdString(), this,
            [reading, images = *data](JobControl& control) { return previewOf(reading, *images, control); },
            tell);
      });
}

void ModelImport::makeRun(const ModelReading& reading) {
  m_library->withDataset(reading.dataset, {},
                         [this, reading, guard = QPointer<ModelImport>(this)](
                             const Result<std::shared_ptr<const Dataset>>& data) {
                           if (!guard) return;
                           if (!data) {
                             emit refused(inWords(data.error()));
                             return;
                           }
                           startJob<Made>(
                               *m_jobs, JobBridge::Lane::work, tr("Opening a model").toStdString(), this,
                               [reading, images = *data](JobControl&) {
                                 return importInto(reading, *images, freeFolder(reading));
                               },
                               [this](const Result<Made>& run) {
                                 if (run)
                                   emit made(QString::fromStdString(run->folder.string()));
                                 else
                                   emit refused(inWords(run.error()));
                               });
                         });
}

} // namespace latent::ui
