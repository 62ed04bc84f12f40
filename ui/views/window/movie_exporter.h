// Makes movies of what the window shows, with the settings that were used last.
#pragma once

#include "ui/views/shared/workbench.h"
#include "ui/views/window/movie_dialog.h"
#include "ui/views/window/movie_settings.h"

#include <QObject>

#include <vector>

namespace latent::ui {

class Stage;

class MovieExporter : public QObject {
  Q_OBJECT
 public:
  MovieExporter(const Workbench& bench, Stage* stage, QObject* parent = nullptr);

  const MovieSettings& settings() const { return m_settings; }
  void setSettings(const MovieSettings& settings);

 public slots:
  void ask(); ///< the dialog

 private:
  std::vector<MovieChoice> choices() const;
  MovieRequest::Kind kindInFront() const;
  /// Compare's own where it shows this mode; else test images in all shown runs.
  Result<FigureRequest> ofCompare(FigureRequest::Kind kind) const;
  QString freshName(MovieRequest::Kind kind, const QString& extension) const;
  void write(const MovieDialog& dialog);

  Workbench m_bench;
  Stage* m_stage;
  MovieSettings m_settings;
};

} // namespace latent::ui
