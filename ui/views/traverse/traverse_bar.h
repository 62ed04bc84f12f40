// What the strips show: in which order, over which range, from which start; play and grid.
#pragma once

#include "ui/views/traverse/traverse_choice.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QToolButton;

namespace latent::ui {

class TraverseBar : public QWidget {
  Q_OBJECT
 public:
  explicit TraverseBar(QWidget* parent = nullptr);

  /// `range` is the one in force, which may be another than was chosen; kinds that the run cannot have are
  /// off the list. `byKl`: latents are ranked by KL, else by the variance of their codes.
  void setChoice(const TraverseChoice& choice, const TraversalRange& range);
  const TraverseChoice& choice() const { return m_choice; }
  void setPossible(bool prior, bool codes, bool byKl, bool twoLatents);
  void setPlaying(bool playing);

 signals:
  void choiceChanged(); ///< by the person
  void playToggled(bool on);

 private:
  void takeRange(RangeKind kind);
  QComboBox* makeBox(const QString& caption, const QString& name);

  TraverseChoice m_choice;
  TraversalRange m_range;
  QComboBox* m_sort;
  QComboBox* m_kind;
  QDoubleSpinBox* m_low;
  QDoubleSpinBox* m_high;
  QComboBox* m_from;
  QToolButton* m_play;
  QToolButton* m_grid;
};

} // namespace latent::ui
