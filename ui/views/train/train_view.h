// The workspace Train: plane, curves and reconstructions of what is trained, seen live.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QByteArray>
#include <QWidget>

class QSplitter;

namespace latent::ui {

class CurvesPanel;
class PlanePanel;
class ReconstructionsPanel;

/// Tall stages put the reconstructions under plane and curves, low ones to the right under the curves
/// (EXPERIENCE.md, table of sizes). What a person does to the splitters is kept for each of the two.
class TrainView : public QWidget {
  Q_OBJECT
 public:
  explicit TrainView(const Workbench& bench, QWidget* parent = nullptr);

  PlanePanel* planePanel() const { return m_plane; }
  CurvesPanel* curvesPanel() const { return m_curves; }
  ReconstructionsPanel* reconstructionsPanel() const { return m_reconstructions; }

  QByteArray splitterState() const;
  void restoreSplitters(const QByteArray& state);

 protected:
  void resizeEvent(QResizeEvent*) override;

 private:
  enum class Shape { none, tall, low };
  struct Sizes {
    QList<int> across, down; ///< empty = as designed
  };
  void arrange(Shape shape);
  void applySizes();

  PlanePanel* m_plane;
  CurvesPanel* m_curves;
  ReconstructionsPanel* m_reconstructions;
  QSplitter* m_across;
  QSplitter* m_down;
  Shape m_shape = Shape::none;
  Sizes m_tall, m_low;
};

} // namespace latent::ui
