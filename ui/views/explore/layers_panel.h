// What is drawn on the planes: each layer switched and faded, the axes, and what colours and chooses the
// points.
#pragma once

#include "ui/views/explore/point_colouring.h"
#include "ui/widgets/latent_plane.h"

#include <QScrollArea>

#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSlider;
class QVBoxLayout;

namespace latent::ui {

class LayersPanel : public QScrollArea {
  Q_OBJECT
 public:
  explicit LayersPanel(QWidget* parent = nullptr);

  /// Why a layer cannot be drawn for the active run, "" = it can.
  struct Reasons {
    QString rings, ellipse, quantiles, alignment;
  };

  void setLayers(const PlaneLayers& layers); ///< does not emit
  void setReasons(const Reasons& reasons);
  void setColumns(const std::vector<DataColumn>& columns);
  const PointColouring& colouring() const { return m_colouring; }
  void setColouring(const PointColouring& colouring); ///< emits if it changed
  bool aligned() const;
  void setAligned(bool aligned); ///< emits if it changed
  QSize sizeHint() const override;

 signals:
  void layersChanged(const latent::ui::PlaneLayers& layers);
  void alignedChanged(bool aligned);
  void colouringChanged(const latent::ui::PointColouring& colouring);

 protected:
  void resizeEvent(QResizeEvent*) override;

 private:
  struct Row {
    QCheckBox* check = nullptr;
    QSlider* slider = nullptr; ///< null: a layer that is not faded
    QLabel* reason = nullptr;
    bool PlaneLayers::*on = nullptr;
    double PlaneLayers::*opacity = nullptr;
  };
  void addRow(QVBoxLayout* column, const QString& text, const QString& help, const QString& formula,
              bool PlaneLayers::*on, double PlaneLayers::*opacity);
  void makeAxes(QVBoxLayout* column);
  void makeColouring(QVBoxLayout* column);
  void edited();
  void fillValues();
  void editColouring();
  void show(const PointColouring& colouring);
  double PlaneLayers::*opacityOf(const Row& row) const;
  static void explain(QCheckBox* check, QLabel* label, const QString& reason, bool said);

  PlaneLayers m_layers;
  std::vector<Row> m_rows;
  QComboBox* m_density;
  QComboBox* m_axes;
  QLabel* m_axesReason;
  QCheckBox* m_aligned;
  QLabel* m_alignedReason;
  QWidget* m_colours; ///< only where the data has columns
  QComboBox* m_column;
  QComboBox* m_filter;
  QComboBox* m_value;
  QDoubleSpinBox* m_low;
  QDoubleSpinBox* m_high;
  std::vector<DataColumn> m_columns;
  PointColouring m_colouring;
};

} // namespace latent::ui
