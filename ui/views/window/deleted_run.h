// The run that was deleted last, and its way back from the trash.
#pragma once

#include "core/base/focus.h"
#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QTimer>

namespace latent::ui {

/// For a minute after a deletion it can be taken back by a button; as long as nothing else was done, by
/// Ctrl+Z, too. The run returns to its row and, if it was, into view.
class DeletedRun : public QObject {
  Q_OBJECT
 public:
  explicit DeletedRun(const Workbench& bench, QObject* parent = nullptr);

  /// A run has left the list; `before` is the Focus that it was seen with.
  void note(const RunId& run, const QString& name, int row, const Focus& before);
  /// Whether Ctrl+Z means this run.
  bool undoIsNext() const { return m_isNext; }
  void restore();
  /// To be told of each run that appears in the list. True: it was this one, and is shown as it was.
  bool appeared(const RunId& run);

 signals:
  void undoIsNextChanged();

 private:
  void setNext(bool isNext);
  void forget();

  Workbench m_bench;
  RunId m_run; ///< empty = none
  int m_row = 0;
  Focus m_before;
  bool m_isNext = false;
  bool m_returning = false;
  QTimer m_offer;
};

} // namespace latent::ui
