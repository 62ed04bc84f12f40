#include "ui/views/shared/copy_table.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QWidget>

#include <array>
#include <memory>
#include <utility>

namespace latent::ui {
namespace {

QString say(const char* text) {
  return QCoreApplication::translate("CopyTable", text);
}

/// Lies on the widget that offers the table, where tableOf() finds it.
class TableOffer : public QObject {
 public:
  TableOffer(QWidget* widget, TableSource source, TableKey key)
      : QObject(widget), m_source(std::move(source)) {
    setObjectName(QStringLiteral("tableOffer"));
    if (key == TableKey::copies) widget->installEventFilter(this);
  }
  std::optional<Table> table() const { return m_source(); }

 protected:
  // Before the window's Copy, which means the picture of the view.
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
      return QObject::eventFilter(watched, event);
    if (!static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) return false;
    const std::optional<Table> table = m_source();
    if (!table) return false;
    if (event->type() == QEvent::KeyPress) copyTable(*table, TableText::tsv);
    event->accept();
    return true;
  }

 private:
  TableSource m_source;
};

QString html(const Table& table) {
  QString text = QStringLiteral("<table><tr>");
  for (const TableColumn& column : table.columns) {
    const QString name = QString::fromStdString(column.name).toHtmlEscaped();
    text += column.unit.empty() ? QStringLiteral("<th>%1</th>").arg(name)
                                : QStringLiteral("<th>%1 (%2)</th>")
                                      .arg(name, QString::fromStdString(column.unit).toHtmlEscaped());
  }
  for (const auto& row : table.rows) {
    text += QStringLiteral("</tr><tr>");
    for (size_t i = 0; i < row.size() && i < table.columns.size(); ++i)
      text += QStringLiteral("<td>%1</td>")
                  .arg(QString::fromStdString(cellText(row[i], table.columns[i])).toHtmlEscaped());
  }
  return text + QStringLiteral("</tr></table>");
}

} // namespace

QString tableText(const Table& table, TableText text) {
  return QString::fromStdString(text == TableText::tsv     ? tableToTsv(table)
                                : text == TableText::latex ? tableToLatex(table)
                                                           : tableToMarkdown(table));
}

void copyTable(const Table& table, TableText text) {
  auto data = std::make_unique<QMimeData>();
  data->setText(tableText(table, text));
  if (text == TableText::tsv) data->setHtml(html(table));
  QApplication::clipboard()->setMimeData(data.release());
}

void addCopyTable(QMenu* menu, const std::function<void(TableText)>& copy) {
  const std::array entries{std::pair{TableText::tsv, say("Copy as TSV")},
                           std::pair{TableText::latex, say("Copy as LaTeX")},
                           std::pair{TableText::markdown, say("Copy as Markdown")}};
  for (const auto& [text, words] : entries)
    QObject::connect(menu->addAction(words), &QAction::triggered, menu, [copy, text = text] { copy(text); });
}

void addCopyTable(QMenu* menu, const Table& table) {
  addCopyTable(menu, [table](TableText text) { copyTable(table, text); });
}

void offerTable(QWidget* widget, TableSource source, TableKey key) {
  new TableOffer(widget, std::move(source), key);
}

void offerTableMenu(QWidget* widget) {
  widget->setContextMenuPolicy(Qt::CustomContextMenu);
  QObject::connect(widget, &QWidget::customContextMenuRequested, widget, [widget](const QPoint& place) {
    const std::optional<Table> table = tableOf(widget);
    if (!table) return;
    auto* menu = new QMenu(widget);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addCopyTable(menu, *table);
    menu->popup(widget->mapToGlobal(place));
  });
}

std::optional<Table> tableOf(const QWidget* widget) {
  for (; widget; widget = widget->parentWidget())
    if (const auto* offer =
            widget->findChild<QObject*>(QStringLiteral("tableOffer"), Qt::FindDirectChildrenOnly))
      if (std::optional<Table> table = static_cast<const TableOffer*>(offer)->table()) return table;
  return std::nullopt;
}

} // namespace latent::ui
