// Whether the runs of a form can be trained, and how large their models are, found off the GUI thread.
#pragma once

#include "core/base/image.h"
#include "core/base/run_config.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace latent::ui {

class JobBridge;

struct ModelAnswer {
  QString problem;       ///< one sentence: why a run cannot be trained; "" = all can
  std::string parameter; ///< key that the sentence is about, "" = of none
  int64_t fewest = 0;    ///< weights of the smallest model
  int64_t most = 0;      ///< and of the largest
  struct Layer {
    QString name;  ///< as its weights begin: "encoder.0"
    QString kind;  ///< "Conv 4x4 /2"
    QString shape; ///< of what one image makes there, "64x7x7"
    int64_t weights = 0;
  };
  std::vector<Layer> layers; ///< of the first model, from the image to the image
};

/// The newest question wins: an older one is never answered.
class ModelCheck : public QObject {
  Q_OBJECT
 public:
  explicit ModelCheck(JobBridge* jobs, QObject* parent = nullptr);

  /// Ends with answered(), never before this returns. `shape` is that of the data set's images.
  void ask(const std::vector<RunConfig>& runs, const ImageShape& shape);
  void forget(); ///< what was asked is not answered

 signals:
  void answered(const latent::ui::ModelAnswer& answer);

 private:
  void begin();

  JobBridge* m_jobs;
  std::vector<RunConfig> m_runs;
  ImageShape m_shape;
  bool m_working = false;   ///< one at a time
  bool m_wanted = false;    ///< a newer question waits
  bool m_forgotten = false; ///< nobody wants the answer any more
};

} // namespace latent::ui
