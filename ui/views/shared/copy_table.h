// Tables as text on the clipboard: one menu for every table of the window.
#pragma once

#include "core/figure/table.h"

#include <QString>

#include <functional>
#include <optional>

class QMenu;
class QWidget;

namespace latent::ui {

enum class TableText { tsv, latex, markdown };

QString tableText(const Table& table, TableText text);
/// TSV goes with HTML, which office programs paste as cells.
void copyTable(const Table& table, TableText text);

/// Three entries, "Copy as TSV", "Copy as LaTeX", "Copy as Markdown".
void addCopyTable(QMenu* menu, const Table& table);
/// The same, for a table that is made when an entry is chosen: `copy` copies it, at once or later.
void addCopyTable(QMenu* menu, const std::function<void(TableText)>& copy);

/// What the widget shows as a table; nothing while it shows none.
using TableSource = std::function<std::optional<Table>()>;
enum class TableKey { copies, pictures };
/// The Edit menu and the view's menu copy the table of the widget that they mean. Ctrl+C copies it as TSV
/// where the widget is a table, not where it is a picture of these numbers.
void offerTable(QWidget* widget, TableSource source, TableKey key = TableKey::copies);
/// The right button offers to copy it: where the widget has no menu of its own.
void offerTableMenu(QWidget* widget);
/// The table of the widget or of its nearest parent that offers one.
std::optional<Table> tableOf(const QWidget* widget);

} // namespace latent::ui
