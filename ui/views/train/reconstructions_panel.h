// Test images and what each shown run makes of them (the link "same input").
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "core/base/result.h"
#include "ui/bridge/figure_request.h"
#include "ui/views/shared/workbench.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>
#include <set>
#include <vector>

class QStackedWidget;

namespace latent::ui {

class DatasetOffer;
class ImageGrid;
struct RunItem;

class ReconstructionsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ReconstructionsPanel(const Workbench& bench, QWidget* parent = nullptr);

  const std::vector<int64_t>& items() const { return m_items; } ///< test images in the columns
  ImageGrid* grid() const { return m_grid; }
  /// The columns that are seen, as a figure. Usage error where there are none.
  Result<FigureRequest> figure() const;

 protected:
  void showEvent(QShowEvent*) override;

 private:
  void turnPage();
  void ask(const RunId& run);
  void askAll();
  void refresh();
  std::vector<RunId> rows() const;
  std::optional<double> measureOf(const RunItem& run) const;

  Workbench m_bench;
  QStackedWidget* m_stack;
  ImageGrid* m_grid;
  DatasetOffer* m_offer;
  std::vector<int64_t> m_items;
  std::vector<Image> m_images;
  std::map<RunId, ViewId> m_views;
  std::map<RunId, ReconstructFrame> m_answers;
  std::set<RunId> m_stale; ///< rows out of view whose weights have changed
  QTimer m_refresh;
};

} // namespace latent::ui
