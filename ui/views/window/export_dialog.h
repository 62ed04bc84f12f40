// What is exported, how, and the page itself beside it as it will be written.
#pragma once

#include "ui/views/window/export_settings.h"
#include "ui/views/window/figure_choice.h"

#include <QDialog>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

class QButtonGroup;
class QLabel;
class QPushButton;

namespace latent::ui {

class ExportControls;
class PagePreview;

/// Makes the figure when it opens and anew when its width changes; all else only draws it again. What is
/// shown when it is accepted is what is to be written.
class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  using Namer = std::function<QString(FigureRequest::Kind, const QString& extension)>;
  /// `choices` is not empty. `name` gives a path that is free.
  ExportDialog(FigureBridge* figures, const std::vector<FigureChoice>& choices, size_t current,
               const ExportSettings& settings, Namer name, QWidget* parent);

  Result<FigureRequest> request() const; ///< of what is chosen, at its width
  /// Null while it is not made for what is chosen.
  std::shared_ptr<const Figure> figure() const { return m_figure; }
  FigurePage page() const;
  FigureFiles files() const;
  ExportSettings settings() const;
  ExportControls* controls() const { return m_controls; }
  PagePreview* preview() const { return m_preview; }

 private:
  void layOut();
  void nameFile();
  void makeSoon();
  void make();
  void drawSoon() { m_draw.start(); }
  void draw();
  void takeFigure(const std::shared_ptr<const Figure>& figure);
  void showSize(const QSizeF& millimetres);
  void refresh();

  FigureBridge* m_figures;
  std::vector<FigureChoice> m_choices;
  Namer m_name;
  ExportControls* m_controls;
  PagePreview* m_preview;
  QLabel* m_size;
  QButtonGroup* m_scale;
  QPushButton* m_write;
  QTimer m_make, m_draw;
  std::shared_ptr<const Figure> m_figure;
  QString m_problem; ///< why there is no figure
};

} // namespace latent::ui
