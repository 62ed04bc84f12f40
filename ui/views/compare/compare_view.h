// The workspace Compare: one grid whose rows are runs or snapshots of one run, and whose columns are what the
// mode says.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/run_config.h"
#include "ui/bridge/library_bridge.h"
#include "ui/views/compare/cell_feed.h"
#include "ui/views/compare/compare_columns.h"
#include "ui/views/compare/compare_inputs.h"
#include "ui/views/compare/compare_rows.h"
#include "ui/views/compare/compare_settings.h"
#include "ui/views/shared/workbench.h"

#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QStackedWidget;

namespace latent::ui {

class CompareBar;
class CompareGrid;
class DatasetOffer;
class EmptyState;
class ModeButtons;
class NoisePanel;
struct RunItem;

class CompareView : public QWidget {
  Q_OBJECT
 public:
  /// Uses all of the workbench but metrics and training.
  explicit CompareView(const Workbench& bench, QWidget* parent = nullptr);
  ~CompareView() override;

  QWidget* tools() const; ///< the modes, for the view header
  CompareGrid* grid() const { return m_grid; }
  QWidget* keyTarget() const; ///< what takes the keys
  QPixmap picture() const;    ///< of the grid, with the curves where there are some
  CompareBar* bar() const { return m_bar; }
  NoisePanel* noise() const { return m_noise; }
  EmptyState* emptyState() const { return m_empty; }
  const std::vector<CompareRow>& rows() const { return m_rows->rows(); }
  const CellFeed& feed() const { return *m_feed; }
  /// Everything that is seen is there, of what is chosen now.
  bool complete() const { return !m_soon.isActive() && m_feed->complete(); }
  const CompareSettings& settings() const { return m_settings; }
  void setSettings(const CompareSettings& settings);
  /// Inputs in the columns of Reconstruct, or subjects of Noise.
  const std::vector<CompareInput>& inputs() const { return m_inputs->inputs(); }

  /// What is shown, to be exported; width, resolution and file are the caller's. Usage error for what a
  /// figure cannot hold.
  Result<FigureRequest> figure() const;

  Json viewState() const;
  void setViewState(const Json& state); ///< unknown and missing keys keep the defaults

  void stepLatent(int by); ///< the swept one
  void zoomBy(int steps);  ///< 0 = back to the fitting scale

 signals:
  void exploreRequested();
  /// The active run's settings with the other family, AE or VAE.
  void twinRequested(const latent::RunConfig& config);

 protected:
  void showEvent(QShowEvent*) override;
  void hideEvent(QHideEvent*) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void connectParts();
  void compose();
  void composeSoon() { m_soon.start(); }
  bool startsFromInput() const;
  ColumnsContext context() const;
  GridLine gridLine(const CompareRow& row, const ColumnLine& line) const;
  void showPlace();
  void showPage(QWidget* page);
  void showChoices();
  void showNote();
  void fillCell(int line, int column);
  void markTaken();
  void takeCell(int line, int column);
  void openCell(int line, int column);
  void takeColumn(int column);
  void takeLine(int line);
  const CompareRow* rowOfLine(int line) const;
  void askTwin();
  void setWatched(bool watched);
  void fitGrid();

  Workbench m_bench;
  CompareSettings m_settings;
  CompareRows* m_rows;
  CompareInputs* m_inputs;
  CellFeed* m_feed;
  ModeButtons* m_modes;
  CompareBar* m_bar;
  QStackedWidget* m_stack;
  QWidget* m_body;
  CompareGrid* m_grid;
  NoisePanel* m_noise;
  EmptyState* m_empty;
  DatasetOffer* m_offer;
  std::shared_ptr<const CompareColumns> m_columns;
  std::vector<PlacedLine> m_lines;
  QString m_hint; ///< about the last click
  QTimer m_soon;
};

} // namespace latent::ui
