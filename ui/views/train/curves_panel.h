// Live curves of all shown runs with a slim row of tools.
#pragma once

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

class CurvesPanel : public QWidget {
  Q_OBJECT
 public:
  explicit CurvesPanel(const Workbench& bench, QWidget* parent = nullptr);

  const CurveChoice& choice() const { return m_choice; }
  void setChoice(const CurveChoice& choice);
  CurvesView* view() const { return m_view; }
  /// A parameter of a run was changed while it trained: marked where the run stands now.
  void markLiveChange(const RunId& run, const QString& words);

 signals:
  void trainCopyRequested(); ///< the button of the empty state

 protected:
  void showEvent(QShowEvent*) override;

 private:
  void makeTools(QWidget* row);
  void fillMenu();
  void chosen();
  void refreshSoon();
  void refresh();
  void updateMarker();
  void fillEmptyPlace();
  void emptyButtonClicked();
  QString note() const;

  struct LiveChange {
    RunId run;
    double epoch = 0;
    QString words;
  };

  Workbench m_bench;
  std::vector<LiveChange> m_changes; ///< of this session
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
