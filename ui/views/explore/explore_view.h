// The workspace Explore: one run in depth, on three pages.
#pragma once

#include "core/base/json.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

class QButtonGroup;
class QStackedWidget;

namespace latent::ui {

class CodesView;
class PlanePanel;
class PlaneView;
class TraverseView;

class ExploreView : public QWidget {
  Q_OBJECT
 public:
  enum class Page { plane, traverse, codes };
  explicit ExploreView(const Workbench& bench, QWidget* parent = nullptr);

  Page page() const;
  void setPage(Page page);
  PlaneView* planeView() const { return m_plane; }
  TraverseView* traverseView() const { return m_traverse; }
  CodesView* codesView() const { return m_codes; }
  PlanePanel* planePanel() const;            ///< of the active run
  QWidget* tools() const { return m_tools; } ///< for the view header: those of the page, and its choice
  QWidget* pageInFront() const;
  QWidget* keyTarget() const; ///< what takes the keys of the page in front
  /// Keys [ and ]: the previous or next axis, latent or code of the page in front.
  void stepLatent(int direction);
  /// The page in front, and what each of them keeps.
  Json viewState() const;
  void setViewState(const Json& state);

 signals:
  void pageChanged(latent::ui::ExploreView::Page page);

 private:
  void makeTools();

  PlaneView* m_plane;
  TraverseView* m_traverse;
  CodesView* m_codes;
  QStackedWidget* m_pages;
  QWidget* m_tools;
  QButtonGroup* m_choice;
};

} // namespace latent::ui
