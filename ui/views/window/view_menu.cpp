#include "ui/views/window/view_menu.h"

#include "ui/views/shared/copy_table.h"
#include "ui/views/window/actions.h"
#include "ui/views/window/exporter.h"
#include "ui/views/window/stage.h"

#include <QMenu>

namespace latent::ui {

ViewMenu::ViewMenu(const Actions* actions, Exporter* exporter, Stage* stage, QObject* parent)
    : QObject(parent), m_actions(actions), m_exporter(exporter), m_stage(stage) {
  connect(stage, &Stage::menuRequested, this, &ViewMenu::open);
}

void ViewMenu::open(QWidget* at, const QPoint& place) {
  if (m_exporter->figures().empty()) return;
  m_exporter->setPointed(at);
  auto* menu = new QMenu(m_stage);
  menu->setObjectName("viewMenu");
  m_actions->fillViewMenu(menu);
  if (const std::optional<Table> table = tableOf(at)) addCopyTable(menu->addMenu(tr("Copy table")), *table);
  // What was chosen acts after the menu has gone, and still means the panel under it.
  connect(
      menu, &QMenu::aboutToHide, this,
      [this, menu] {
        m_exporter->setPointed(nullptr);
        menu->deleteLater();
      },
      Qt::QueuedConnection);
  menu->popup(place);
}

} // namespace latent::ui
