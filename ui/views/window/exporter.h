// Writes the view in front to a file, with the settings that were used last.
#pragma once

#include "ui/bridge/library_bridge.h"
#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QString>

namespace latent::ui {

class Stage;

/// How figures are written; remembered with the window.
struct ExportSettings {
  QString folder;
  QString extension = QStringLiteral("pdf");
  double widthMm = 84;
  double dpi = 300;
  bool used = false; ///< false until a first export: then Ctrl+E asks
};

class Exporter : public QObject {
  Q_OBJECT
 public:
  Exporter(const Workbench& bench, Stage* stage, QObject* parent = nullptr);

  const ExportSettings& settings() const { return m_settings; }
  void setSettings(const ExportSettings& settings) { m_settings = settings; }

 public slots:
  void exportAgain(); ///< with the last settings and a fresh name
  void ask();         ///< the dialog
  void exportCurves(const latent::RunId& run);

 private:
  Result<FigureRequest> request(FigureRequest::Kind kind) const;
  FigureRequest ofTrainOrExplore(FigureRequest::Kind kind) const;
  FigureRequest::Kind kindInFront() const;
  bool traverseInFront() const;
  QString freshName(FigureRequest::Kind kind) const;
  void write(Result<FigureRequest> request, const QString& file);

  Workbench m_bench;
  Stage* m_stage;
  ExportSettings m_settings;
};

} // namespace latent::ui
