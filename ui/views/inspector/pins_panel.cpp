#include "ui/views/inspector/pins_panel.h"

#include "ui/bridge/files_bridge.h"
#include "ui/models/pin_store.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/pinning.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/picture_list.h"
#include "ui/widgets/theme.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace latent::ui {

PinsPanel::PinsPanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_list(new PictureList(this)),
      m_empty(new EmptyState(this)),
      m_pin(button("pinPoint", tr("Pin"), tr("Keep this point with its picture (P)"))),
      m_import(button("importPins", tr("Import…"), tr("Add the pins of a file"))),
      m_export(button("exportPins", tr("Export…"), tr("Write the pins to a file, to share them"))) {
  m_pin->setIcon(themedIcon(QStringLiteral("pin")));
  m_pin->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(12, 4, 12, 4);
  row->setSpacing(4);
  row->addWidget(m_pin);
  row->addStretch(1);
  row->addWidget(m_import);
  row->addWidget(m_export);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(1, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(row);
  column->addWidget(m_list, 1);
  column->addWidget(m_empty, 1);
  m_list->setObjectName("pinList");
  m_list->setAccessibleName(tr("Pins"));
  m_list->setModel(bench.pins);
  m_list->setContextMenuPolicy(Qt::CustomContextMenu);
  m_empty->setContent(tr("Pin a point to return to it, or to go from one pin to another in Compare."),
                      tr("Pin this point"));
  setHelp(this, {tr("Pins"),
                 tr("Points that were kept, each with its run, its moment of training and its picture. A "
                    "click goes back there; F2 renames, Delete removes. Files of pins can be shared.")});
  connect(m_pin, &QToolButton::clicked, this, [this] { pinPoint(m_bench); });
  connect(m_empty, &EmptyState::clicked, this, [this] { pinPoint(m_bench); });
  connect(m_import, &QToolButton::clicked, this, &PinsPanel::importPins);
  connect(m_export, &QToolButton::clicked, this, &PinsPanel::exportPins);
  connect(m_list, &PictureList::chosen, this, [this](const QModelIndex& index) {
    goToPin(m_bench, m_bench.pins->pins()[static_cast<size_t>(index.row())]);
  });
  connect(m_list, &PictureList::removeRequested, this,
          [this](const QModelIndex& index) { remove(index.row()); });
  connect(m_list, &QWidget::customContextMenuRequested, this, &PinsPanel::showMenu);
  connect(bench.pins, &PinStore::changed, this, &PinsPanel::refresh);
  connect(bench.files, &FilesBridge::pinsOpened, this,
          [this](const QString& file, const std::vector<Pin>& pins) {
            for (const Pin& pin : pins) m_bench.pins->add(pin);
            m_bench.messages->tell(tr("Pins from %1: %2.").arg(QFileInfo(file).fileName()).arg(pins.size()));
          });
  connect(bench.files, &FilesBridge::pinsSaved, this, [this](const QString& file, int count) {
    m_bench.messages->tell(tr("Pins written to %1: %2.").arg(file).arg(count));
  });
  refresh();
}

QToolButton* PinsPanel::button(const char* name, const QString& text, const QString& tip) {
  auto* made = new QToolButton(this);
  made->setObjectName(QLatin1String(name));
  made->setText(text);
  made->setToolTip(tip);
  made->setFocusPolicy(Qt::TabFocus);
  setRole(made, "text");
  return made;
}

void PinsPanel::refresh() {
  const bool any = m_bench.pins->rowCount() > 0;
  m_list->setVisible(any);
  m_empty->setVisible(!any);
  m_export->setEnabled(any);
}

void PinsPanel::remove(int row) {
  const QString name = m_bench.pins->index(row).data().toString();
  m_bench.pins->remove(row);
  m_bench.messages->offer(tr("\u201c%1\u201d was deleted.").arg(name), tr("Undo"),
                          [pins = m_bench.pins] { pins->restore(); });
}

void PinsPanel::showMenu(const QPoint& position) {
  const QPersistentModelIndex index = m_list->indexAt(position);
  if (!index.isValid()) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(tr("Go to this point"), this, [this, index] {
    if (index.isValid()) goToPin(m_bench, m_bench.pins->pins()[static_cast<size_t>(index.row())]);
  });
  menu->addAction(tr("Rename"), this, [this, index] {
    if (index.isValid()) m_list->edit(index);
  });
  menu->addSeparator();
  menu->addAction(tr("Delete"), this, [this, index] {
    if (index.isValid()) remove(index.row());
  });
  menu->popup(m_list->viewport()->mapToGlobal(position));
}

void PinsPanel::exportPins() {
  auto* dialog = new QFileDialog(this, tr("Export pins"), m_lastFolder);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilters({tr("Pins with pictures (*.json)"), tr("Table of coordinates (*.csv)")});
  dialog->setDefaultSuffix(QStringLiteral("json"));
  connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
    dialog->setDefaultSuffix(filter.contains(QLatin1String("*.csv")) ? QStringLiteral("csv")
                                                                     : QStringLiteral("json"));
  });
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    m_lastFolder = QFileInfo(file).absolutePath();
    m_bench.files->savePins(m_bench.pins->pins(), QFileInfo(file).absoluteFilePath());
  });
  dialog->open();
}

void PinsPanel::importPins() {
  auto* dialog = new QFileDialog(this, tr("Import pins"), m_lastFolder);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Pins (*.json *.csv)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    m_lastFolder = QFileInfo(file).absolutePath();
    m_bench.files->openPins(QFileInfo(file).absoluteFilePath());
  });
  dialog->open();
}

} // namespace latent::ui
