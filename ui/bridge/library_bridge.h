// Everything that is read from disk for the window: run folders, kept snapshots, data sets, shipped models.
// All of it on workers; answers are signals on the GUI thread.
#pragma once

#include "core/base/family_info.h"
#include "core/base/focus.h"
#include "core/base/frames.h"
#include "core/base/metric.h"
#include "core/base/parameter.h"
#include "core/base/result.h"
#include "core/base/weights.h"
#include "ui/bridge/figure_request.h"
#include "ui/models/runs_model.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace latent {
struct Dataset;
class Split;
} // namespace latent

namespace latent::ui {

class JobBridge;

/// A data set as the window shows it.
struct DatasetCard {
  std::string id;
  QString name;
  bool available = false;
  bool builtIn = false;
  ImageShape shape;
  int64_t downloadBytes = 0; ///< 0 = cannot be downloaded
  QString source;
  QString problem; ///< why a found one cannot be used
};

class LibraryBridge : public QObject {
  Q_OBJECT
 public:
  explicit LibraryBridge(JobBridge* jobs, QObject* parent = nullptr);
  ~LibraryBridge() override;

  const std::vector<FamilyInfo>& families() const;
  const ParameterSchema& runSchema() const;

  static QString runsFolder();         ///< where this window trains its runs; it may not exist yet
  void openRun(const QString& folder); ///< runOpened or failed
  void openShippedModels();            ///< models/pretrained: one runOpened each
  void reopenRuns(const std::vector<RunId>& runs); ///< of the last session; missing ones are left out quietly
  void rereadRuns(const std::vector<RunId>& runs); ///< that another program trains; the same
  /// snapshotLoaded; newest wins. What cannot be read is said by failed() and answered with null.
  void loadSnapshot(const RunId& run, std::optional<int64_t> step);
  void refreshDatasets(); ///< datasetsChanged
  const std::vector<DatasetCard>& datasets() const;
  QString datasetName(const std::string& id) const; ///< "MNIST"; of a path that is not known its last part
  /// Images of the person's own: a folder or file (core/data/catalogue.h, openDataset). Read on a worker;
  /// datasetAdded(path), after which it is one of datasets() for this session, or failed.
  void addDataset(const QString& path);
  void loadDataset(const std::string& id); ///< datasetLoaded; one copy is shared by all
  std::shared_ptr<const Dataset> dataset(const std::string& id) const; ///< null until loaded
  using DatasetAnswer = std::function<void(const Result<std::shared_ptr<const Dataset>>&)>;
  /// loadDataset with the answer to a function, on the GUI thread. dataDir "" = the usual search.
  void withDataset(const std::string& id, const std::string& dataDir, DatasetAnswer answer);

  // What views need of a loaded data set. Until it is loaded, and for indices out of range: null, 0, empty,
  // -1.
  std::shared_ptr<const Split> split(const std::string& id, const std::string& split) const;
  int64_t itemCount(const std::string& id, const std::string& split) const;
  Image image(const std::string& id, const std::string& split, int64_t index) const;
  int64_t label(const std::string& id, const std::string& split, int64_t index) const;
  std::vector<std::string> classNames(const std::string& id) const;
  QString file(const std::string& id, const std::string& split, int64_t index) const; ///< "" = of no own file

  void download(const std::string& id); ///< a job with progress; datasetsChanged after it
  void renameRun(const RunId& run, const QString& name);
  void trashRun(const RunId& run); ///< to the trash; runTrashed carries what undo needs
  void restoreRun(const RunId& run);

  bool isShipped(const RunId& run) const;
  /// Called with each item before runOpened: whoever trains and queues runs marks its own here.
  void setMarker(std::function<void(RunItem&)> marker);

 signals:
  void runOpened(const latent::ui::RunItem& item, const std::vector<latent::Metric>& metrics);
  void snapshotLoaded(const latent::RunId& run, std::optional<int64_t> step,
                      const std::shared_ptr<const latent::Weights>& weights); ///< null: could not be read
  void datasetsChanged();
  void datasetLoaded(const std::string& id);
  void datasetAdded(const std::string& id);
  void runTrashed(const latent::RunId& run);
  void failed(const QString& sentence);
  void warned(const QString& sentence); ///< something of the person's data was left out

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
