// The line above the form of the next run while it is a fork: of which run, from where.
#pragma once

#include "core/base/run_config.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace latent::ui {

struct RunItem;

/// Where a fork of this run begins: at the shown kept snapshot, else at the newest one that it kept; nothing
/// where it kept none. `step` is that of the Focus if the run is active.
std::optional<ForkPoint> forkPointOf(const RunItem& run, std::optional<int64_t> step);
/// Epochs that make sense in all: those of the run, or as many again where the fork begins at its end.
int64_t epochsOfFork(const RunItem& run, const ForkPoint& point);

class ForkBar : public QWidget {
  Q_OBJECT
 public:
  explicit ForkBar(QWidget* parent = nullptr);
  void setFork(const QString& words); ///< "" hides it
  QString words() const;

 signals:
  void cancelled();

 private:
  QLabel* m_words;
};

} // namespace latent::ui
