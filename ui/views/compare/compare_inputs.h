// Which images of the test set stand in Compare's columns: the first, random ones, one of each class, or
// those that the active run reconstructs best or worst.
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "ui/views/compare/compare_settings.h"
#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace latent::ui {

struct CompareInput {
  int64_t item = -1; ///< of the test set; -1 = an image of one's own
  Image image;
  int64_t label = -1;
  QString head;  ///< above its column: "7", "#12" without classes
  QString words; ///< "test image 12, class 7"
};

/// Best and worst need the errors of the whole test set: measured in small pieces while the view is watched,
/// once for a choice, so that columns never move by themselves while a run trains.
class CompareInputs : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, runs, library, explorer, sources and input of the workbench.
  explicit CompareInputs(const Workbench& bench, QObject* parent = nullptr);

  void choose(const InputChoice& choice);
  void setWatched(bool watched);
  void again(); ///< best and worst of the weights that are shown now

  const std::vector<CompareInput>& inputs() const { return m_inputs; }
  QString note() const { return m_note; } ///< why there are other inputs than asked for, or how far it is

 signals:
  void changed();
  void noteChanged();

 private:
  struct Scan {
    RunId run;
    std::string dataset;
    std::optional<int64_t> step;
    std::vector<double> errors; ///< of the images so far
    int64_t size = 0;
    bool done = false;
  };

  void refresh();
  std::vector<int64_t> items();
  std::vector<int64_t> itemsByClass(const std::string& dataset, int64_t size);
  std::vector<int64_t> extremes(int64_t size);
  void scanNext();
  void receive(const ReconstructFrame& frame);
  void say(const QString& note);

  Workbench m_bench;
  ViewId m_view;
  InputChoice m_choice;
  bool m_watched = false, m_waiting = false;
  Scan m_scan;
  std::vector<CompareInput> m_inputs;
  QString m_note;
};

/// One image of a run's test set, in words; empty while its data is not here.
CompareInput testImage(const Workbench& bench, const std::string& dataset, int64_t item);

} // namespace latent::ui
