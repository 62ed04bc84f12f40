#include "ui/views/train/train_view.h"

#include "ui/views/explore/plane_panel.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/reconstructions_panel.h"

#include <QDataStream>
#include <QResizeEvent>
#include <QSplitter>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int gap = 8;
constexpr int tallFrom = 640;     // px of stage height
constexpr int rowHeight = 176;    // reconstructions under the plane
constexpr int cornerHeight = 200; // reconstructions under the curves
constexpr int narrowestCurves = 320;

} // namespace

TrainView::TrainView(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_plane(new PlanePanel(bench)),
      m_curves(new CurvesPanel(bench)),
      m_reconstructions(new ReconstructionsPanel(bench)),
      m_across(new QSplitter(Qt::Horizontal, this)),
      m_down(new QSplitter(Qt::Vertical, this)) {
  for (QSplitter* splitter : {m_across, m_down}) {
    splitter->setHandleWidth(gap);
    splitter->setChildrenCollapsible(false);
  }
  connect(m_across, &QSplitter::splitterMoved, this,
          [this] { (m_shape == Shape::tall ? m_tall : m_low).across = m_across->sizes(); });
  connect(m_down, &QSplitter::splitterMoved, this,
          [this] { (m_shape == Shape::tall ? m_tall : m_low).down = m_down->sizes(); });
  m_plane->setMinimumSize(240, 240);
  m_curves->setMinimumSize(240, 160);
  m_reconstructions->setMinimumSize(240, 96);
  arrange(Shape::tall);
}

void TrainView::arrange(Shape shape) {
  if (shape == m_shape) return;
  m_shape = shape;
  QSplitter* outer = shape == Shape::tall ? m_down : m_across;
  QSplitter* inner = shape == Shape::tall ? m_across : m_down;
  outer->setParent(this);
  if (shape == Shape::tall) {
    inner->insertWidget(0, m_plane);
    inner->insertWidget(1, m_curves);
    outer->insertWidget(0, inner);
    outer->insertWidget(1, m_reconstructions);
  } else {
    inner->insertWidget(0, m_curves);
    inner->insertWidget(1, m_reconstructions);
    outer->insertWidget(0, m_plane);
    outer->insertWidget(1, inner);
  }
  outer->setGeometry(rect());
  outer->show();
  inner->show();
}

void TrainView::applySizes() {
  const Sizes& sizes = m_shape == Shape::tall ? m_tall : m_low;
  // As designed: the plane is square.
  const int side = m_shape == Shape::tall ? height() - gap - rowHeight : height();
  const int plane = std::clamp(side, 240, std::max(240, width() - gap - narrowestCurves));
  const int lower = m_shape == Shape::tall ? rowHeight : cornerHeight;
  m_across->setSizes(sizes.across.isEmpty() ? QList<int>{plane, width() - gap - plane} : sizes.across);
  m_down->setSizes(sizes.down.isEmpty() ? QList<int>{height() - gap - lower, lower} : sizes.down);
}

void TrainView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange(height() >= tallFrom ? Shape::tall : Shape::low);
  (m_shape == Shape::tall ? m_down : m_across)->setGeometry(rect());
  applySizes();
}

QByteArray TrainView::splitterState() const {
  QByteArray bytes;
  QDataStream stream(&bytes, QIODevice::WriteOnly);
  stream << m_tall.across << m_tall.down << m_low.across << m_low.down;
  return bytes;
}

void TrainView::restoreSplitters(const QByteArray& state) {
  QDataStream stream(state);
  Sizes tall, low;
  stream >> tall.across >> tall.down >> low.across >> low.down;
  if (stream.status() != QDataStream::Ok) return; // nothing was saved yet
  m_tall = tall;
  m_low = low;
  applySizes();
}

} // namespace latent::ui
