// The input x as each shown run sees it: its posterior and its reconstruction (the link "same input").
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QString>

#include <map>

namespace latent::ui {

class InputFeed : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, runs, library, explorer and sources of the workbench.
  explicit InputFeed(const Workbench& bench, QObject* parent = nullptr);

  /// The input; empty while its data set is not loaded.
  const Image& image() const { return m_image; }
  int64_t label() const { return m_label; } ///< -1 unknown
  /// The newest answer of a run for this input; null before it came.
  const ReconstructFrame* answer(const RunId& run) const;

 signals:
  void imageChanged();
  void answered(const latent::RunId& run);

 private:
  void readImage();
  void askAll();
  void ask(const RunId& run);

  Workbench m_bench;
  Image m_image;
  int64_t m_label = -1;
  std::map<RunId, ViewId> m_views;
  std::map<RunId, ReconstructFrame> m_answers;
};

} // namespace latent::ui
