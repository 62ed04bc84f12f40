// What a cell of Compare shows and what a click on it does to the Focus.
#include "ui/models/focus_store.h"
#include "ui/views/compare/compare_bar.h"
#include "ui/views/compare/compare_figure.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/compare/noise_panel.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/image_view.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

constexpr int mostSpokenLatents = 4;

/// Codes of one image from batches of different size agree to the last bits only.
bool samePoint(const LatentPoint& a, const LatentPoint& b) {
  return std::ranges::equal(
      a, b, [](float x, float y) { return std::abs(x - y) <= 1e-5F * std::max(1.0F, std::abs(x)); });
}

} // namespace

const CompareRow* CompareView::rowOfLine(int line) const {
  if (line < 0 || static_cast<size_t>(line) >= m_lines.size()) return nullptr;
  return m_rows->find(m_lines[static_cast<size_t>(line)].source);
}

void CompareView::fillCell(int line, int column) {
  const CellPicture* picture = m_feed->picture(line, column);
  const CompareRow* row = rowOfLine(line);
  if (!picture || !row) {
    if (!m_grid->cell(line, column).image.isNull()) m_grid->setCell(line, column, {});
    return;
  }
  GridCell cell;
  cell.image = toQImage(picture->image);
  cell.under = toQImage(picture->under);
  QStringList words;
  if (picture->error) words << tr("squared error %1").arg(numberText(*picture->error));
  if (!picture->z.empty() && picture->z.size() <= mostSpokenLatents) {
    QStringList numbers;
    for (const float z : picture->z) numbers << numberText(z);
    words << tr("z = (%1)").arg(numbers.join(QStringLiteral(", ")));
  }
  const auto place = m_columns->noiseAt(column);
  const int subject = m_lines[static_cast<size_t>(line)].line.subject;
  if (place && place->draw == 0 && !place->mean) {
    const auto read = m_noise->readIn(row->source, place->sigma, static_cast<size_t>(subject));
    if (read) {
      words << (read->kept ? tr("read as %1").arg(read->name)
                           : tr("read as %1, no longer its class").arg(read->name));
      const bool brief = read->name.size() <= 2;
      cell.badge = read->kept ? (brief ? read->name : QString()) : brief ? read->name : QStringLiteral("×");
      cell.warns = !read->kept;
    }
  }
  cell.words = words.join(QStringLiteral(", "));
  const Focus& focus = m_bench.focus->focus();
  cell.taken = row->ofActive && m_lines[static_cast<size_t>(line)].line.kind != ColumnLine::Kind::errorMap &&
               (!row->snapshot || focus.step == row->snapshot) && !picture->z.empty() &&
               samePoint(picture->z, focus.cursor);
  m_grid->setCell(line, column, std::move(cell));
}

void CompareView::markTaken() {
  if (!isVisible() || !m_columns) return;
  for (int line = 0; line < m_grid->lineCount(); ++line) {
    const CompareRow* row = rowOfLine(line);
    if (!row || !row->ofActive) continue;
    for (int column = 0; column < m_grid->columnCount(); ++column) fillCell(line, column);
  }
  int taken = -1;
  if (m_settings.mode == CompareMode::reconstruct) {
    const Subject& subject = m_bench.focus->focus().subject;
    const auto& inputs = m_inputs->inputs();
    const auto found = subject.split == "test" ? std::ranges::find(inputs, subject.index, &CompareInput::item)
                                               : inputs.end();
    if (found != inputs.end()) taken = static_cast<int>(found - inputs.begin());
  }
  m_grid->setTakenColumn(taken);
}

// One edit of the Focus, so one undo: the input of the column, the point of the cell, the time of the row.
void CompareView::takeCell(int line, int column) {
  const CompareRow* row = rowOfLine(line);
  const CellPicture* picture = m_feed->picture(line, column);
  if (!row) return;
  Focus focus = m_bench.focus->focus();
  const auto& inputs = m_inputs->inputs();
  if (m_settings.mode == CompareMode::reconstruct && static_cast<size_t>(column) < inputs.size() &&
      inputs[static_cast<size_t>(column)].item >= 0) {
    focus.subject = {};
    focus.subject.index = inputs[static_cast<size_t>(column)].item;
    focus.tokens.clear();
  }
  if (row->ofActive && picture && picture->z.size() == static_cast<size_t>(row->latent)) {
    if (!picture->z.empty()) focus.cursor = picture->z;
    if (row->snapshot) focus.step = row->snapshot;
  } else if (!row->ofActive && m_settings.mode != CompareMode::reconstruct) {
    m_hint =
        tr("%1 is not the active run; a double-click opens this point of it in Explore.").arg(row->letter);
    showNote();
  } else if (row->ofActive && picture && m_settings.mode == CompareMode::noise) {
    m_hint = tr("A mean of several draws has no point of its own.");
    showNote();
  }
  m_bench.focus->set(focus);
}

void CompareView::openCell(int line, int column) {
  const CompareRow* row = rowOfLine(line);
  if (!row) return;
  const CellPicture* picture = m_feed->picture(line, column);
  const LatentPoint z = picture ? picture->z : LatentPoint();
  m_bench.focus->beginGesture();
  if (!row->ofActive) {
    const size_t latent = static_cast<size_t>(row->latent);
    m_bench.navigator->activate(RunId(row->run));
    if (!z.empty() && z.size() == latent) m_bench.focus->setCursor(z);
  }
  m_bench.focus->endGesture();
  emit exploreRequested();
}

void CompareView::takeColumn(int column) {
  const auto& inputs = m_inputs->inputs();
  if (m_settings.mode == CompareMode::reconstruct && static_cast<size_t>(column) < inputs.size() &&
      inputs[static_cast<size_t>(column)].item >= 0)
    m_bench.navigator->setInput(inputs[static_cast<size_t>(column)].item);
  m_grid->setCurrent(m_grid->currentLine(), column);
}

void CompareView::takeLine(int line) {
  const CompareRow* row = rowOfLine(line);
  if (!row) return;
  if (row->snapshot)
    m_bench.focus->setStep(row->snapshot);
  else
    m_bench.navigator->activate(RunId(row->run));
}

Result<FigureRequest> CompareView::figure() const {
  const auto pointAt = [this](const CompareRow& row, int column) {
    for (size_t line = 0; line < m_lines.size(); ++line) {
      if (m_lines[line].source != row.source || m_lines[line].line.kind != ColumnLine::Kind::points) continue;
      const CellPicture* picture = m_feed->picture(static_cast<int>(line), column);
      return picture ? picture->z : LatentPoint();
    }
    return LatentPoint();
  };
  return compareFigure(m_settings, m_rows->rows(), context(), m_grid->seen(), pointAt);
}

} // namespace latent::ui
