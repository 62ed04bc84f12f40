#include "ui/views/inspector/history_panel.h"

#include "ui/models/focus_history.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/picture_list.h"

#include <QVBoxLayout>

namespace latent::ui {

HistoryPanel::HistoryPanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_list(new PictureList(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(1, 4, 0, 0);
  column->addWidget(m_list);
  m_list->setObjectName("historyList");
  m_list->setAccessibleName(tr("History"));
  m_list->setModel(bench.history);
  m_list->setFaintRole(FocusHistory::AheadRole);
  setHelp(this, {tr("History"),
                 tr("Every step that undo leads back to, the newest first, with the output of that moment. A "
                    "click goes there; the steps above it wait for redo until something new is done.")});
  connect(m_list, &PictureList::chosen, this,
          [this](const QModelIndex& index) { m_bench.history->jumpTo(index.row()); });
  connect(bench.history, &QAbstractItemModel::modelReset, this, &HistoryPanel::follow);
  follow();
}

void HistoryPanel::follow() {
  const QModelIndex present = m_bench.history->index(m_bench.history->presentRow());
  m_list->setCurrentIndex(present);
  m_list->scrollTo(present);
}

} // namespace latent::ui
