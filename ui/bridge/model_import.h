// A model that was trained elsewhere: what its file is, how it sees images of a data set, and a run made of
// it.
#pragma once

#include "core/base/image.h"
#include "core/base/parameter.h"
#include "core/base/result.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace latent {
struct Dataset;
}

namespace latent::ui {

class JobBridge;
class LibraryBridge;

/// What a file holds, told without running anything in it.
struct ModelFile {
  bool module = false; ///< a TorchScript archive, which holds code; else weights by name
  std::string family;  ///< that the file names itself, "" = it names none
  Parameters parameters;
  QString content; ///< "12 tensors, 407 k values"
};

/// How the file is to be read. Which half matters depends on ModelFile::module.
struct ModelReading {
  QString file;
  bool module = false;
  std::string dataset;
  std::string family; ///< of weights
  Parameters parameters;
  std::optional<std::pair<double, double>> range; ///< of a module: black and white; nothing = found by trying
  bool bgr = false;
  bool logits = false;
  std::vector<double> mean, deviation; ///< by channel; empty = 0 and 1
};

struct ModelPreview {
  QString problem;                    ///< one sentence; "" = it fits
  QStringList notes;                  ///< sentences: what was found, converted or tried
  std::vector<Image> inputs, outputs; ///< the first 16 test images, and what the model makes of them
};

/// All of it on workers; the newest question of each kind wins.
class ModelImport : public QObject {
  Q_OBJECT
 public:
  ModelImport(JobBridge* jobs, LibraryBridge* library, QObject* parent = nullptr);

  void look(const QString& file);            ///< looked() or refused()
  void preview(const ModelReading& reading); ///< previewed()
  void makeRun(const ModelReading& reading); ///< made() or refused(): a new folder among the runs

 signals:
  void looked(const latent::ui::ModelFile& file);
  void previewed(const latent::ui::ModelPreview& preview);
  void made(const QString& folder);
  void refused(const QString& sentence);

 private:
  void beginPreview();

  JobBridge* m_jobs;
  LibraryBridge* m_library;
  std::optional<ModelReading> m_next; ///< asked for while another one was on its way
  bool m_working = false;
};

} // namespace latent::ui
