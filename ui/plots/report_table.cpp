#include "ui/plots/report_table.h"

#include "ui/plots/figure_text.h"
#include "ui/plots/page.h"
#include "ui/plots/set_text.h"

#include <QFontMetricsF>

#include <algorithm>
#include <limits>
#include <numeric>

namespace latent::ui {
namespace {

constexpr double tablePoints = 9, leastPoints = 5.5;
constexpr double unbounded = 1e7;

std::string headOf(const TableColumn& column) {
  return column.unit.empty() ? column.name : column.name + " (" + column.unit + ")";
}

/// Words of every cell, the head first.
std::vector<std::vector<std::string>> wordsOf(const Table& table) {
  std::vector<std::vector<std::string>> rows(1);
  for (const TableColumn& column : table.columns) rows[0].push_back(headOf(column));
  for (const auto& row : table.rows) {
    rows.emplace_back();
    for (size_t i = 0; i < row.size(); ++i) rows.back().push_back(cellText(row[i], table.columns[i]));
  }
  return rows;
}

/// Widths of the columns at one size of type.
struct Columns {
  std::vector<double> widths;
  double gap = 0;

  double total() const {
    return std::accumulate(widths.begin(), widths.end(), 0.0) +
           gap * static_cast<double>(widths.size() - (widths.empty() ? 0 : 1));
  }
};

/// The room that each column keeps behind numbers without a spread, so that points stand below points.
std::vector<double> roomsOf(const Table& table, const TextStyle& style) {
  std::vector<double> rooms(table.columns.size());
  for (const auto& row : table.rows)
    for (size_t i = 0; i < row.size(); ++i) {
      if (!row[i].spread) continue;
      const std::string spread = " ± " + cellText({"", row[i].spread, {}}, table.columns[i]);
      const double blank = SetText("0", unbounded, style).width();
      rooms[i] = std::max(rooms[i], SetText("0" + spread, unbounded, style).width() - blank);
    }
  return rooms;
}

Columns naturalColumns(const std::vector<std::vector<std::string>>& rows, const TextStyle& style,
                       const TextStyle& headStyle) {
  Columns columns;
  columns.gap = 1.4 * style.size;
  columns.widths.resize(rows.front().size());
  for (size_t r = 0; r < rows.size(); ++r)
    for (size_t i = 0; i < rows[r].size(); ++i)
      columns.widths[i] =
          std::max(columns.widths[i], SetText(rows[r][i], unbounded, r == 0 ? headStyle : style).width() + 1);
  return columns;
}

/// Numbers without a spread need their room as well.
void widenForRooms(Columns& columns, const Table& table, const std::vector<double>& rooms,
                   const TextStyle& style) {
  for (const auto& row : table.rows)
    for (size_t i = 0; i < row.size(); ++i) {
      if (!row[i].value || row[i].spread) continue;
      const double width = SetText(cellText(row[i], table.columns[i]), unbounded, style).width();
      columns.widths[i] = std::max(columns.widths[i], width + 1 + rooms[i]);
    }
}

/// Takes what is too much from the columns of words, but leaves each a fifth of `width` or its own.
void narrow(Columns& columns, const Table& table, double width) {
  double surplus = columns.total() - width;
  while (surplus > 0) {
    size_t widest = table.columns.size();
    for (size_t i = 0; i < table.columns.size(); ++i)
      if (!table.columns[i].number && columns.widths[i] > width / 5 &&
          (widest == table.columns.size() || columns.widths[i] > columns.widths[widest]))
        widest = i;
    if (widest == table.columns.size()) return;
    const double taken = std::min(surplus, columns.widths[widest] - width / 5);
    columns.widths[widest] -= taken;
    surplus -= taken;
  }
}

struct Row {
  std::vector<SetText> cells;
  std::vector<double> rooms; ///< behind each of them
  double height = 0;
};

Row rowOf(const std::vector<std::string>& words, const Columns& columns, const TextStyle& style) {
  Row row;
  for (size_t i = 0; i < words.size(); ++i) {
    row.cells.emplace_back(words[i], columns.widths[i], style);
    row.height = std::max(row.height, row.cells.back().height());
  }
  row.rooms.resize(words.size());
  return row;
}

void drawRule(QCPPainter& painter, const QPointF& from, double width, double points) {
  QPen pen(PlotColours::light().text, points * unitsPerPoint);
  pen.setCapStyle(Qt::FlatCap);
  painter.setPen(pen);
  painter.drawLine(from, from + QPointF(width, 0));
}

/// A table whose columns fit the width.
struct SetTable {
  Columns columns;
  double points = tablePoints;
  double left = 0;           ///< of its first column
  std::vector<bool> numbers; ///< which columns hold them

  double width() const { return columns.total(); }
  void draw(const Row& row, QCPPainter& painter, const QPointF& at) const {
    double x = at.x() + left;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      const double free = columns.widths[i] - row.cells[i].width();
      row.cells[i].draw(painter, {x + (numbers[i] ? std::max(0.0, free - row.rooms[i]) : 0), at.y()});
      x += columns.widths[i] + columns.gap;
    }
  }
};

/// In smaller letters where it would be too wide.
SetTable setTable(const Table& table, const std::vector<std::vector<std::string>>& words, double width) {
  SetTable set;
  for (;; set.points -= 0.5) {
    set.columns = naturalColumns(words, TextStyle(set.points), TextStyle(set.points, true));
    widenForRooms(set.columns, table, roomsOf(table, TextStyle(set.points)), TextStyle(set.points));
    narrow(set.columns, table, width);
    if (set.width() <= width || set.points <= leastPoints) break;
  }
  set.left = std::max(0.0, (width - set.width()) / 2);
  for (const TableColumn& column : table.columns) set.numbers.push_back(column.number);
  return set;
}

void appendNotes(const Table& table, double width, double size, std::vector<ReportBlock>& blocks) {
  const TextStyle noteStyle(8);
  for (size_t i = 0; i < table.notes.size(); ++i) {
    const auto note = std::make_shared<const SetText>(table.notes[i], width, noteStyle);
    ReportBlock block;
    block.above = (i == 0 ? 0.6 : 0.1) * size;
    block.height = note->height();
    block.draw = [note](QCPPainter& painter, const QPointF& at) { note->draw(painter, at); };
    blocks.push_back(std::move(block));
  }
}

} // namespace

void appendTable(const Table& table, double width, std::vector<ReportBlock>& blocks) {
  if (table.columns.empty()) return;
  const auto words = wordsOf(table);
  const auto set = std::make_shared<const SetTable>(setTable(table, words, width));
  const TextStyle style(set->points), headStyle(set->points, true);
  const double pad = 0.3 * style.size, heavy = 0.9, thin = 0.5;
  const std::vector<double> rooms = roomsOf(table, style);
  const auto head = std::make_shared<const Row>(rowOf(words[0], set->columns, headStyle));
  ReportBlock headBlock;
  headBlock.above = 0.5 * style.size;
  headBlock.height = head->height + 2 * pad;
  headBlock.withNext = true;
  headBlock.draw = [=](QCPPainter& painter, const QPointF& at) {
    drawRule(painter, at + QPointF(set->left, 0), set->width(), heavy);
    set->draw(*head, painter, at + QPointF(0, pad));
    drawRule(painter, at + QPointF(set->left, head->height + 2 * pad), set->width(), thin);
  };
  const auto shared = std::make_shared<const ReportBlock>(headBlock);
  blocks.push_back(std::move(headBlock));
  for (size_t r = 1; r < words.size(); ++r) {
    const auto row = std::make_shared<Row>(rowOf(words[r], set->columns, style));
    for (size_t i = 0; i < rooms.size(); ++i)
      if (const TableCell& cell = table.rows[r - 1][i]; cell.value && !cell.spread) row->rooms[i] = rooms[i];
    const bool last = r + 1 == words.size();
    ReportBlock block;
    block.height = row->height + (last ? 2 * pad : pad);
    block.head = shared;
    block.draw = [=](QCPPainter& painter, const QPointF& at) {
      set->draw(*row, painter, at + QPointF(0, pad));
      if (last) drawRule(painter, at + QPointF(set->left, row->height + 2 * pad), set->width(), heavy);
    };
    // Neither the first row nor the last stands alone.
    block.withNext = r == 1 || r + 2 == words.size();
    if (last) block.withNext = !table.notes.empty();
    blocks.push_back(std::move(block));
  }
  appendNotes(table, width, style.size, blocks);
}

} // namespace latent::ui
