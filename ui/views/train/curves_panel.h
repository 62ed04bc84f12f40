// Live curves of all shown runs with a slim row of tools.
#pragma once

#include "core/base/result.h"
#include "ui/bridge/figure_request.h"
#include "ui/views/shared/workbench.h"
#include "ui/views/train/curve_choice.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QMenu;
class QToolButton;

namespace latent::ui {

class CurvesView;
struct RunItem;

class CurvesPanel : public QWidget {
  Q_OBJECT
 public:
  explicit CurvesPanel(const Workbench& bench, QWidget* parent = nullptr);

  const CurveChoice& choice() const { return m_choice; }
  void setChoice(const CurveChoice& choice);
  CurvesView* view() const { return m_view; }
  /// The curves of the shown runs as a figure, the active run's first. Usage error where there are none.
  Result<FigureRequest> figure() const;

 signals:
  void trainCopyRequested(); ///< the button of the empty state

 protected:
  void showEvent(QShowEvent*) override;

 private:
  void makeTools(QWidget* row);
  void fillMenu();
  void fillParts();
  void chosen();
  void refreshSoon();
  void refresh();
  void updateMarker();
  void fillEmptyPlace();
  void emptyButtonClicked();
  QString note() const;
  bool canBeTrained(const RunItem& run) const; ///< not so where the weights came from elsewhere

  Workbench m_bench;
  CurveChoice m_choice;
  size_t m_leftOut = 0; ///< values without a logarithm
  CurvesView* m_view;
  QLabel* m_note; ///< what of the curves is not drawn, and why
  QComboBox* m_measure;
  QComboBox* m_part;
  QToolButton* m_train;
  QToolButton* m_test;
  QToolButton* m_more;
  QMenu* m_menu;
  QTimer m_refresh;
};

} // namespace latent::ui
