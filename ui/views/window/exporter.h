// Exports and copies the view in front, with the settings that were used last.
#pragma once

#include "core/base/focus.h"
#include "ui/views/shared/workbench.h"
#include "ui/views/window/export_settings.h"
#include "ui/views/window/figure_choice.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <optional>
#include <vector>

class QWidget;

namespace latent::ui {

class FigureCopy;
class Stage;

class Exporter : public QObject {
  Q_OBJECT
 public:
  Exporter(const Workbench& bench, Stage* stage, QObject* parent = nullptr);

  const ExportSettings& settings() const { return m_settings; }
  void setSettings(const ExportSettings& settings) { m_settings = settings; }

  /// What the workspace in front can be exported as; empty where it holds no figure.
  std::vector<FigureChoice> figures() const;
  /// The figure that is meant: that of the panel which a menu was opened on or which has the focus, else the
  /// first of figures(). At the width of the settings, with the window's Focus.
  Result<FigureRequest> inFront() const;
  /// A menu at this widget means its panel; null = none is open.
  void setPointed(QWidget* widget) { m_pointed = widget; }

 public slots:
  void ask();         ///< the dialog, with the last settings
  void exportAgain(); ///< at once, with the last settings and a fresh name
  void exportCurves(const latent::RunId& run);
  void copyImage(); ///< what cannot be a figure is copied as it is on the screen
  void copyNumbers();
  void copyLatex();

 private:
  size_t frontIndex(const std::vector<FigureChoice>& choices) const;
  std::vector<FigureChoice> choicesOfFront() const;
  FigureChoice choice(FigureRequest::Kind kind, const QString& name, QWidget* panel,
                      std::function<Result<FigureRequest>()> request) const;
  void openDialog(const std::vector<FigureChoice>& choices, size_t current);
  QString freshName(FigureRequest::Kind kind, const QString& extension) const;
  void write(const FigureRequest& request, const FigurePage& page, const FigureFiles& files);
  void say(const Error& error);
  void sayWritten(const QString& file);

  Workbench m_bench;
  Stage* m_stage;
  ExportSettings m_settings;
  FigureCopy* m_copy;
  QPointer<QWidget> m_pointed;
};

} // namespace latent::ui
