// A figure on the clipboard: as a picture, as numbers, as LaTeX.
#pragma once

#include "core/base/result.h"
#include "core/figure/figure_page.h"
#include "ui/bridge/figure_bridge.h"
#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QPixmap>

#include <memory>

namespace latent::ui {

/// The newest copy wins. What was copied is said once it is there.
class FigureCopy : public QObject {
  Q_OBJECT
 public:
  enum class What { image, numbers, latex };
  FigureCopy(const Workbench& bench, QObject* parent);

  /// A picture carries its numbers along (text/csv, tab separated) for who pastes into a table.
  void copy(const FigureRequest& request, const FigurePage& page, What what);
  /// As it is on the screen, where no figure holds it; `why` says so.
  void copyScreen(const QPixmap& picture, const Error& why);

 private:
  void takeFigure(const std::shared_ptr<const Figure>& figure, const FigurePage& page, What what);
  void takeTexts(const FigureTexts& texts, What what);
  void say(const Error& error);

  Workbench m_bench;
  int m_newest = 0;
};

} // namespace latent::ui
