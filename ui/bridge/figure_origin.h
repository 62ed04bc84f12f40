// A figure's file opened as the view that it came from: read on a worker.
#pragma once

#include "core/base/focus.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace latent::ui {

class JobBridge;

/// What a figure shows, where its runs are now.
struct FigureView {
  QString file;
  std::string kind;        ///< "plane", "curves" ... (core/run/figure_again.h)
  Json view;               ///< the options of this kind, as the figure's provenance has them
  std::vector<RunId> runs; ///< each once
  bool snapshots = false;  ///< it shows one run at several times
  Focus focus;
  QString warning; ///< a sentence where the images of its data set are not here; else ""
};

class FigureOrigin : public QObject {
  Q_OBJECT
 public:
  explicit FigureOrigin(JobBridge* jobs, QObject* parent = nullptr);
  ~FigureOrigin() override;

  /// Newest wins: opened, or failed with what is missing or wrong, or foreign for a picture that no figure
  /// was ever in, which may be meant as an input.
  void open(const QString& file);
  /// The same of a figure that is at hand; `name` in place of its file, for people.
  void show(const Json& provenance, const QString& name);

 signals:
  void opened(const latent::ui::FigureView& view);
  void foreign(const QString& file);
  void failed(const QString& sentence);

 private:
  void take(int number, const Result<std::optional<FigureView>>& answer, const QString& file);

  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
