#include "ui/views/inspector/fork_bar.h"

#include "ui/models/runs_model.h"
#include "ui/views/shared/run_time.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace latent::ui {

std::optional<ForkPoint> forkPointOf(const RunItem& run, std::optional<int64_t> step) {
  if (run.queued || run.snapshots.empty()) return std::nullopt;
  const bool kept = step && std::ranges::binary_search(run.snapshots, *step);
  ForkPoint point;
  point.run = run.id;
  point.step = kept ? *step : run.snapshots.back();
  point.name = run.name.toStdString();
  point.epoch = timeOf(run, point.step, TimeUnit::epochs).value_or(0);
  return point;
}

int64_t epochsOfFork(const RunItem& run, const ForkPoint& point) {
  const auto begun = static_cast<int64_t>(std::floor(point.epoch + 1e-9));
  return begun < run.config.epochs ? run.config.epochs : begun + run.config.epochs;
}

ForkBar::ForkBar(QWidget* parent) : QWidget(parent), m_words(new QLabel(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  m_words->setObjectName("forkWords");
  m_words->setWordWrap(true);
  auto* cancel = new QToolButton(this);
  cancel->setObjectName("cancelFork");
  cancel->setIcon(themedIcon(QStringLiteral("close")));
  cancel->setToolTip(tr("Train a run of its own instead"));
  cancel->setAccessibleName(tr("Cancel the fork"));
  cancel->setFocusPolicy(Qt::TabFocus);
  row->addWidget(m_words, 1);
  row->addWidget(cancel, 0, Qt::AlignTop);
  setHelp(this, {tr("Fork"),
                 tr("The next run begins with the weights of a kept snapshot and goes on with other values. "
                    "What you change is marked with what it was. The run it comes from stays as it is.")});
  connect(cancel, &QToolButton::clicked, this, &ForkBar::cancelled);
  hide();
}

void ForkBar::setFork(const QString& words) {
  m_words->setText(words);
  setVisible(!words.isEmpty());
}

QString ForkBar::words() const {
  return m_words->text();
}

} // namespace latent::ui
