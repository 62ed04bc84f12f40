#include "ui/views/report/report_view.h"

#include "ui/bridge/report_bridge.h"
#include "ui/views/report/page_view.h"
#include "ui/views/report/recipe_dialog.h"
#include "ui/views/report/report_bar.h"
#include "ui/views/report/report_files.h"
#include "ui/views/report/report_list.h"
#include "ui/views/report/report_model.h"
#include "ui/views/report/report_words.h"
#include "ui/views/report/text_panel.h"
#include "ui/views/shared/copy_table.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/runs_copy.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/shortcuts.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace latent::ui {
namespace {

constexpr int listWidth = 248, textsWidth = 320;

} // namespace

ReportView::ReportView(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_files(new ReportFiles(bench, this)),
      m_model(new ReportModel(bench, this)),
      m_stack(nullptr),
      m_empty(nullptr),
      m_list(nullptr),
      m_page(nullptr),
      m_texts(nullptr) {
  auto* bar = new ReportBar(bench, this);
  m_stack = new QStackedWidget(this);
  m_empty = new EmptyState(m_stack);
  m_empty->setContent(tr("Collect what a view shows with %1, or let the figures be made from your runs.")
                          .arg(shortcutKeys("addToReport").toString(QKeySequence::NativeText)),
                      tr("AE against VAE…"));
  m_stack->addWidget(makeBody());
  m_stack->addWidget(m_empty);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(bar);
  column->addWidget(m_stack, 1);
  connect(bar, &ReportBar::newRequested, this, &ReportView::newReport);
  connect(bar, &ReportBar::openRequested, m_files, &ReportFiles::choose);
  connect(bar, &ReportBar::copyRequested, m_files, &ReportFiles::saveCopy);
  connect(bar, &ReportBar::tableRequested, this, &ReportView::addTableOfRuns);
  connect(bar, &ReportBar::recipeRequested, this, &ReportView::openRecipe);
  connect(bar, &ReportBar::exportRequested, this, &ReportView::exportAs);
  connect(m_empty, &EmptyState::clicked, this, &ReportView::openRecipe);
  connect(bench.report, &ReportBridge::changed, this, &ReportView::follow);
  connect(bench.report, &ReportBridge::opened, this, [this] { select(m_wanted); });
  connect(bench.report, &ReportBridge::stepped, this, &ReportView::select);
  connect(bench.report, &ReportBridge::made, this, &ReportView::select);
  connect(bench.report, &ReportBridge::failed, bench.messages, &Messages::error);
  connect(bench.report, &ReportBridge::warned, bench.messages, &Messages::tell);
  follow();
}

QWidget* ReportView::makeBody() {
  auto* body = new QWidget(m_stack);
  m_list = new ReportList(body);
  m_list->setObjectName("reportList");
  m_list->setAccessibleName(tr("Items of the report"));
  m_list->setModel(m_model);
  m_list->setFixedWidth(listWidth);
  setHelp(m_list,
          {tr("Items of the report"),
           tr("In reading order. Drag a row to another place, or press Alt+Up and Alt+Down. Delete takes an "
              "item out, Enter or a double click opens the view that it came from, F2 edits its caption."),
           {}});
  m_page = new PageView(m_bench, body);
  setHelp(m_page, {tr("Page"),
                   tr("The item as it will stand in the document, %1 mm wide. A double click opens the view "
                      "that it came from.")
                       .arg(ReportPictures::textWidthMm),
                   {}});
  m_texts = new TextPanel(m_bench, body);
  m_texts->setFixedWidth(textsWidth);
  auto* row = new QHBoxLayout(body);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(m_list);
  row->addWidget(m_page, 1);
  row->addWidget(m_texts);
  connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& now) {
            if (now.isValid()) select(now.data(ReportModel::IdRole).toString());
          });
  connect(m_model, &QAbstractItemModel::modelReset, this,
          [this] { m_list->setCurrentIndex(m_model->indexOf(m_current)); });
  connect(m_list, &ReportList::moveRequested, m_bench.report, &ReportBridge::move);
  connect(m_list, &ReportList::removeRequested, this, &ReportView::remove);
  connect(m_list, &ReportList::openRequested, this, &ReportView::openOrigin);
  connect(m_list, &ReportList::editRequested, m_texts, &TextPanel::editCaption);
  connect(m_list, &QListView::customContextMenuRequested, this,
          [this](const QPoint& place) { showMenu(m_list->viewport()->mapToGlobal(place)); });
  connect(m_page, &PageView::menuRequested, this, &ReportView::showMenu);
  connect(m_page, &PageView::openRequested, this, [this] { openOrigin(m_current); });
  connect(m_texts, &TextPanel::openRequested, this, [this] { openOrigin(m_current); });
  connect(m_texts, &TextPanel::removeRequested, this, [this] { remove(m_current); });
  const auto table = [this]() -> std::optional<Table> {
    const int place = m_bench.report->placeOf(m_current);
    if (place < 0) return std::nullopt;
    const ReportEntry entry = m_bench.report->entry(place);
    return entry.table ? std::optional(*entry.table) : std::nullopt;
  };
  offerTable(m_page, table);
  offerTable(m_list, table);
  return body;
}

QWidget* ReportView::keyTarget() const {
  return m_bench.report->empty() ? static_cast<QWidget*>(m_empty->button()) : m_list;
}

// What was removed leaves its place to the next one.
void ReportView::follow() {
  const bool empty = m_bench.report->empty();
  m_stack->setCurrentIndex(empty ? 1 : 0);
  if (!m_current.isEmpty() && m_bench.report->placeOf(m_current) < 0) select({});
}

void ReportView::select(const QString& id) {
  m_current = m_bench.report->placeOf(id) < 0 ? QString() : id;
  m_page->show(m_current);
  m_texts->show(m_current);
  if (m_list->currentId() != m_current || !m_list->currentIndex().isValid())
    m_list->setCurrentIndex(m_model->indexOf(m_current));
}

void ReportView::remove(const QString& id) {
  ReportBridge& report = *m_bench.report;
  const int place = report.placeOf(id);
  if (place < 0) return;
  const QString number = numberOf(report, place);
  const int next = place + 1 < report.size() ? place + 1 : place - 1;
  const QString beside = next < 0 ? QString() : report.entry(next).id;
  report.remove(id);
  select(beside);
  m_bench.messages->offer(tr("%1 was removed from the report.").arg(number), tr("Undo"), [this, id] {
    m_bench.report->putBack(id);
    select(id);
  });
}

void ReportView::openOrigin(const QString& id) {
  const int place = m_bench.report->placeOf(id);
  if (place < 0) return;
  const ReportEntry entry = m_bench.report->entry(place);
  if (entry.figure) emit originRequested(entry.figure->provenance, numberOf(*m_bench.report, place));
}

void ReportView::showMenu(const QPoint& globalPosition) {
  ReportBridge& report = *m_bench.report;
  const int place = report.placeOf(m_current);
  if (place < 0) return;
  const ReportEntry entry = report.entry(place);
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  if (entry.figure) {
    menu->addAction(tr("Open the view"), this, [this, id = entry.id] { openOrigin(id); });
    menu->addAction(tr("Copy as image"), this, &ReportView::copyItem);
  } else {
    addCopyTable(menu, *entry.table);
  }
  menu->addSeparator();
  menu->addAction(tr("Edit the caption"), m_texts, &TextPanel::editCaption);
  QAction* earlier = menu->addAction(tr("Move up"), this,
                                     [this, id = entry.id, place] { m_bench.report->move(id, place - 1); });
  QAction* later = menu->addAction(tr("Move down"), this,
                                   [this, id = entry.id, place] { m_bench.report->move(id, place + 1); });
  earlier->setEnabled(place > 0);
  later->setEnabled(place + 1 < report.size());
  menu->addSeparator();
  menu->addAction(tr("Remove"), this, [this, id = entry.id] { remove(id); });
  menu->popup(globalPosition);
}

void ReportView::copyItem() {
  const int place = m_bench.report->placeOf(m_current);
  if (place < 0) return;
  if (const std::shared_ptr<const Table> table = m_bench.report->entry(place).table)
    copyTable(*table, TableText::tsv);
  else if (const QImage image = m_page->picture(); !image.isNull())
    QApplication::clipboard()->setImage(image);
}

void ReportView::openRecipe() {
  auto* dialog = new RecipeDialog(m_bench, window());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->open();
}

void ReportView::addTableOfRuns() {
  const std::vector<RunId> runs = shownRuns(m_bench);
  if (runs.empty()) {
    m_bench.messages->error(tr("No run is shown: open the eye of the runs that the table is to list."));
    return;
  }
  m_bench.report->tableOf(runs, this, [this](const Result<Table>& table) {
    if (table)
      select(m_bench.report->add(*table));
    else
      m_bench.messages->error(QString::fromStdString(table.error().message));
  });
}

void ReportView::exportAs(ReportFormat format) {
  if (m_bench.report->empty())
    m_bench.messages->tell(tr("The report is empty: there is nothing to export yet."));
  else
    m_files->write(format);
}

void ReportView::newReport() {
  const bool empty = m_bench.report->empty();
  const QString before = m_bench.report->folder();
  m_wanted.clear();
  m_bench.report->create();
  if (empty || before.isEmpty()) return;
  m_bench.messages->offer(tr("This is a new report. The one before is kept in its folder."),
                          tr("Back to the one before"), [this, before] { m_bench.report->open(before); });
}

void ReportView::openReport() {
  m_files->choose();
}

void ReportView::saveCopy() {
  m_files->saveCopy();
}

Json ReportView::viewState() const {
  return {{"folder", m_bench.report->folder().toStdString()}, {"item", m_current.toStdString()}};
}

// "" is the report of a session that had none: what is not kept yet is not thrown away for it.
void ReportView::setViewState(const Json& state) {
  if (!state.is_object() || !state.contains("folder") || !state["folder"].is_string()) return;
  const QString folder = QString::fromStdString(state["folder"].get<std::string>());
  m_wanted.clear();
  if (state.contains("item") && state["item"].is_string())
    m_wanted = QString::fromStdString(state["item"].get<std::string>());
  const QString now = m_bench.report->folder();
  if (folder == now)
    select(m_wanted);
  else if (!folder.isEmpty())
    m_bench.report->open(folder);
  else
    m_bench.report->create();
}

} // namespace latent::ui
