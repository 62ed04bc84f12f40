#include "ui/views/window/time_panel.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/time_strip.h"

#include <QVBoxLayout>

namespace latent::ui {

TimePanel::TimePanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_strip(new TimeStrip(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_strip);
  m_strip->setObjectName("timeStrip");
  m_strip->setFocusPolicy(Qt::StrongFocus);
  setHelp(m_strip,
          {tr("Time"), tr("Weights of the active run that were kept while it trained. Drag to look at an "
                          "earlier one; training goes on meanwhile. The last place is live.")});
  connect(m_strip, &TimeStrip::moved, bench.focus, &FocusStore::setStep);
  connect(m_strip, &TimeStrip::gestureStarted, bench.focus, &FocusStore::beginGesture);
  connect(m_strip, &TimeStrip::gestureFinished, bench.focus, &FocusStore::endGesture);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active)
      refresh();
    else if (before.step != now.step)
      m_strip->setCurrent(now.step);
  });
  connect(bench.runs, &QAbstractItemModel::dataChanged, this,
          [this](const QModelIndex& first, const QModelIndex& last) {
            const int row = m_bench.runs->rowOf(m_bench.focus->focus().active);
            if (row >= first.row() && row <= last.row()) refresh();
          });
  connect(bench.sources, &SourceKeeper::damagedChanged, this, &TimePanel::refresh);
  refresh();
}

void TimePanel::refresh() {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  m_strip->setVisible(run && run->snapshots.size() > 1);
  if (!run) return;
  m_strip->setSnapshots(run->snapshots, stepsPerEpoch(*run));
  m_strip->setDamaged(m_bench.sources->damaged(focus.active));
  m_strip->setLiveStep(run->step, run->training);
  m_strip->setCurrent(focus.step);
}

} // namespace latent::ui
