// Below Compare's pictures of noise: how much worse the reconstruction gets, and how many images keep their
// class, over sigma.
#pragma once

#include "core/base/noise_curve.h"
#include "ui/bridge/measure_bridge.h"
#include "ui/views/compare/compare_inputs.h"
#include "ui/views/compare/compare_rows.h"
#include "ui/views/compare/compare_settings.h"
#include "ui/views/shared/workbench.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>
#include <vector>

class QLabel;

namespace latent::ui {

class BandCurvesView;

/// What the small network reads in a picture.
struct ClassRead {
  QString name;
  bool kept = true; ///< as in the clean input
};

/// The curves are measured on the same images for every row, not on the few that are shown: how a run stands
/// noise is not told by one digit.
class NoisePanel : public QWidget {
  Q_OBJECT
 public:
  static constexpr int curveImages = 200, mostCurveDraws = 8;

  /// Uses library, measure and explorer of the workbench.
  explicit NoisePanel(const Workbench& bench, QWidget* parent = nullptr);

  /// `subjects`: those that the grid shows.
  void show(const std::vector<CompareRow>& rows, const NoiseSettings& settings, const std::string& dataset,
            const std::vector<CompareInput>& subjects);
  void setWatched(bool watched);
  void setMarker(std::optional<double> sigma) const;
  /// Of a picture of one draw (draw 0) of a subject that show() named; nothing while it is not read.
  std::optional<ClassRead> readIn(const SourceId& source, size_t sigma, size_t subject) const;
  const NoiseCurves& curves() const { return m_curves; }
  BandCurvesView* view() const { return m_view; }
  QString note() const;

 signals:
  void classesRead();

 private:
  struct Part { ///< one of the two questions
    ViewId view = 0;
    uint64_t generation = 0;
  };

  void ask();
  int curveDraws() const;
  NoiseRequest question(Part& part, int images, int draws) const;
  void take(const NoiseFrame& frame);
  void draw();
  QColor snapshotColour(const CompareRow& row) const;

  Workbench m_bench;
  BandCurvesView* m_view;
  QLabel* m_note;
  std::vector<CompareRow> m_rows;
  NoiseSettings m_settings;
  std::string m_dataset;
  std::vector<CompareInput> m_subjects;
  Part m_curvePart, m_gridPart;
  NoiseCurves m_curves, m_read;
  QString m_withoutClasses, m_error;
  bool m_classesFollow = false, m_watched = false;
  bool m_waiting = false, m_again = false; ///< an answer is on its way; the weights have changed since
  QTimer m_pace;
};

} // namespace latent::ui
