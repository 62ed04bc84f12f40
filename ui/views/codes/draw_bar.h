// Sampling from the prior over codes: temperature, seed, draw.
#pragma once

#include <QWidget>

#include <cstdint>

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace latent::ui {

class DrawBar : public QWidget {
  Q_OBJECT
 public:
  explicit DrawBar(QWidget* parent = nullptr);

  /// "" = the run has a prior; else one line that says why nothing can be drawn.
  void setReason(const QString& whyNot);
  void setDrawing(bool drawing, const QString& progress);
  void setCell(bool chosen);   ///< a cell to begin from
  void setEdited(bool edited); ///< there is something to go back from
  double temperature() const;
  uint64_t seed() const;
  void setValues(double temperature, uint64_t seed); ///< does not emit
  void nextSeed();

 signals:
  void drawAsked(bool fromCell);
  void stopAsked();
  void ownAsked(); ///< the input's own codes

 private:
  void refresh();

  QLabel* m_reason;
  QLabel* m_temperatureCaption;
  QDoubleSpinBox* m_temperature;
  QLabel* m_seedCaption;
  QSpinBox* m_seed;
  QPushButton* m_draw;
  QPushButton* m_fromCell;
  QLabel* m_progress;
  QPushButton* m_own;
  bool m_can = false, m_drawing = false, m_cell = false;
};

} // namespace latent::ui
