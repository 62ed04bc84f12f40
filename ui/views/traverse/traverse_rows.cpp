#include "ui/views/traverse/traverse_rows.h"

#include "ui/widgets/histogram_slider.h"
#include "ui/widgets/image_matrix.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace latent::ui {

TraverseRows::TraverseRows(QWidget* parent) : QAbstractScrollArea(parent) {
  setAccessibleName(tr("Latents"));
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setAutoFillBackground(false);
}

TraverseRow* TraverseRows::makeRow() {
  auto* row = new TraverseRow(viewport());
  row->setPlan(m_plan);
  const HistogramSlider* slider = row->slider();
  const ImageMatrix* strip = row->strip();
  connect(row, &TraverseRow::pressed, this, [this, row] { choose(row->latent()); });
  connect(slider, &HistogramSlider::gestureStarted, this, [this, row] {
    choose(row->latent());
    emit gestureStarted();
  });
  connect(slider, &HistogramSlider::valueMoved, this,
          [this, row](double value) { emit valueMoved(row->latent(), value); });
  connect(slider, &HistogramSlider::gestureFinished, this, &TraverseRows::gestureFinished);
  connect(strip, &ImageMatrix::gestureStarted, this, [this, row] {
    choose(row->latent());
    emit gestureStarted();
  });
  connect(strip, &ImageMatrix::picked, this,
          [this, row](int, int column) { emit imagePicked(row->latent(), column); });
  connect(strip, &ImageMatrix::gestureFinished, this, &TraverseRows::gestureFinished);
  return row;
}

void TraverseRows::setOrder(const std::vector<int>& latents) {
  if (latents == m_order) return;
  if (TraverseRow* held = rowOf(m_current)) held->slider()->letGo();
  m_order = latents;
  place();
}

void TraverseRows::setPlan(const RowPlan& plan) {
  if (plan == m_plan) return;
  m_plan = plan;
  for (TraverseRow* row : m_rows) row->setPlan(plan);
  place();
}

void TraverseRows::place() {
  const int count = static_cast<int>(m_order.size()), tall = viewport()->height();
  verticalScrollBar()->setPageStep(tall);
  verticalScrollBar()->setSingleStep(m_plan.height / 2);
  verticalScrollBar()->setRange(0, std::max(0, count * m_plan.height - tall));
  const auto wanted = static_cast<size_t>(std::min(count, tall / m_plan.height + 2));
  while (m_rows.size() < wanted) m_rows.push_back(makeRow());
  const int above = verticalScrollBar()->value();
  const int first = above / m_plan.height;
  std::vector<TraverseRow*> used;
  for (int p = first; p < count && p * m_plan.height < above + tall; ++p) {
    TraverseRow* row = m_rows[static_cast<size_t>(p) % m_rows.size()];
    row->setLatent(m_order[static_cast<size_t>(p)]);
    row->setGeometry(0, p * m_plan.height - above, viewport()->width(), m_plan.height);
    row->show();
    used.push_back(row);
  }
  for (TraverseRow* row : m_rows) {
    if (std::ranges::find(used, row) != used.end()) continue;
    row->setLatent(-1);
    row->hide();
  }
  mark();
  emit seenChanged();
}

std::vector<TraverseRow*> TraverseRows::seen() const {
  std::vector<TraverseRow*> rows;
  for (TraverseRow* row : m_rows)
    if (row->latent() >= 0) rows.push_back(row);
  std::ranges::sort(rows, {}, [](const TraverseRow* row) { return row->y(); });
  return rows;
}

TraverseRow* TraverseRows::rowOf(int latent) const {
  const auto found =
      std::ranges::find_if(m_rows, [latent](const TraverseRow* row) { return row->latent() == latent; });
  return latent < 0 || found == m_rows.end() ? nullptr : *found;
}

int TraverseRows::placeOfCurrent() const {
  const auto found = std::ranges::find(m_order, m_current);
  return found == m_order.end() ? -1 : static_cast<int>(found - m_order.begin());
}

void TraverseRows::mark() {
  for (TraverseRow* row : m_rows)
    row->setCurrent(row->latent() >= 0 && row->latent() == m_current,
                    row->latent() == m_current && hasFocus());
  const TraverseRow* row = rowOf(m_current);
  setAccessibleDescription(
      row ? tr("%1: %2").arg(row->slider()->accessibleName(), row->slider()->accessibleDescription())
          : QString());
}

void TraverseRows::setCurrent(int latent) {
  if (latent != m_current) {
    if (TraverseRow* held = rowOf(m_current)) held->slider()->letGo();
    m_current = latent;
  }
  const int at = placeOfCurrent(), tall = viewport()->height();
  if (at >= 0) {
    QScrollBar* bar = verticalScrollBar();
    const int top = at * m_plan.height;
    if (top < bar->value())
      bar->setValue(top);
    else if (top + m_plan.height > bar->value() + tall)
      bar->setValue(top + m_plan.height - tall);
  }
  mark();
}

void TraverseRows::choose(int latent) {
  if (latent < 0 || latent == m_current) return;
  setCurrent(latent);
  emit currentChanged(latent);
}

void TraverseRows::stepCurrent(int rows) {
  if (m_order.empty()) return;
  const int last = static_cast<int>(m_order.size()) - 1, at = placeOfCurrent();
  const int next = at < 0 ? 0 : std::clamp(at + rows, 0, last);
  choose(m_order[static_cast<size_t>(next)]);
}

void TraverseRows::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  place();
}

void TraverseRows::scrollContentsBy(int, int) {
  place();
}

// Under a drag the rows stay, or the hand would hold another latent.
void TraverseRows::wheelEvent(QWheelEvent* event) {
  const TraverseRow* row = rowOf(m_current);
  if (row && row->slider()->isMoving())
    event->accept();
  else
    QAbstractScrollArea::wheelEvent(event);
}

void TraverseRows::keyPressEvent(QKeyEvent* event) {
  const bool bare = !(event->modifiers() & ~Qt::KeypadModifier);
  const int page = std::max(1, viewport()->height() / m_plan.height - 1);
  switch (event->key()) {
  case Qt::Key_Up:
  case Qt::Key_Down:
    if (!bare) break;
    return stepCurrent(event->key() == Qt::Key_Up ? -1 : 1);
  case Qt::Key_PageUp:
    return stepCurrent(-page);
  case Qt::Key_PageDown:
    return stepCurrent(page);
  case Qt::Key_Left:
  case Qt::Key_Right:
  case Qt::Key_Escape: {
    setCurrent(m_current); // back into sight
    TraverseRow* row = rowOf(m_current);
    if (!row) break;
    QCoreApplication::sendEvent(row->slider(), event);
    return;
  }
  default:
    break;
  }
  event->ignore(); // the view's and the window's keys
}

void TraverseRows::keyReleaseEvent(QKeyEvent* event) {
  TraverseRow* row = rowOf(m_current);
  const bool slides = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
  if (row && slides)
    QCoreApplication::sendEvent(row->slider(), event);
  else
    event->ignore();
}

void TraverseRows::focusInEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusInEvent(event);
  mark();
}

void TraverseRows::focusOutEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusOutEvent(event);
  if (TraverseRow* row = rowOf(m_current)) row->slider()->letGo();
  mark();
}

} // namespace latent::ui
