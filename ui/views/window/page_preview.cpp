#include "ui/views/window/page_preview.h"

#include "core/figure/figure_page.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QScreen>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr double inch = 25.4; // mm
constexpr int margin = 24;
constexpr int patienceMs = 300;
constexpr int turnMs = 40;
constexpr int turnDegrees = 15;
constexpr int spinnerSize = 28;
constexpr double strangeLow = 40, strangeHigh = 700; ///< screens that tell another density do not know it

} // namespace

PagePreview::PagePreview(QWidget* parent) : QAbstractScrollArea(parent) {
  setFrameShape(QFrame::NoFrame);
  setObjectName("pagePreview");
  setAccessibleName(tr("The page"));
  setFocusPolicy(Qt::TabFocus);
  m_patience.setSingleShot(true);
  m_patience.setInterval(patienceMs);
  m_turn.setInterval(turnMs);
  connect(&m_patience, &QTimer::timeout, this, [this] {
    m_turn.start();
    viewport()->update();
  });
  connect(&m_turn, &QTimer::timeout, this, [this] {
    m_angle = (m_angle + turnDegrees) % 360;
    viewport()->update();
  });
}

QSize PagePreview::sizeHint() const {
  return {560, 480};
}

double PagePreview::screenDpi() const {
  const QScreen* on = screen();
  const double dpi = on->physicalDotsPerInch();
  return dpi > strangeLow && dpi < strangeHigh ? dpi : on->logicalDotsPerInch();
}

double PagePreview::scale() const {
  if (m_real || m_paper.isEmpty()) return 1;
  const double perMm = screenDpi() / inch;
  const QSize room =
      viewport()->size() + QSize(verticalScrollBar()->isVisible() ? verticalScrollBar()->width() : 0,
                                 horizontalScrollBar()->isVisible() ? horizontalScrollBar()->height() : 0);
  return std::min((room.width() - 2 * margin) / (m_paper.width() * perMm),
                  (room.height() - 2 * margin) / (m_paper.height() * perMm));
}

double PagePreview::dpi() const {
  return std::max(page_limits::leastDpi, screenDpi() * devicePixelRatioF() * scale());
}

QSizeF PagePreview::seenSize() const {
  return m_paper * (screenDpi() / inch * scale());
}

QRect PagePreview::pageRect() const {
  const QSize size = seenSize().toSize();
  const QSize room = viewport()->size();
  const int x = size.width() + 2 * margin > room.width() ? margin - horizontalScrollBar()->value()
                                                         : (room.width() - size.width()) / 2;
  const int y = size.height() + 2 * margin > room.height() ? margin - verticalScrollBar()->value()
                                                           : (room.height() - size.height()) / 2;
  return {QPoint(x, y), size};
}

void PagePreview::setPaper(const QSizeF& millimetres) {
  const double height = millimetres.height() > 0 ? millimetres.height()
                                                 : millimetres.width() * m_paper.height() / m_paper.width();
  m_paper = {millimetres.width(), height};
  adapt();
}

void PagePreview::setPage(const QImage& page, const QSizeF& millimetres) {
  stopWaiting();
  m_problem.clear();
  m_page = page;
  m_paper = millimetres;
  adapt();
}

void PagePreview::setProblem(const QString& sentence) {
  stopWaiting();
  m_problem = sentence;
  m_page = {};
  setAccessibleDescription(sentence);
  adapt();
}

void PagePreview::setWaiting() {
  if (!m_patience.isActive() && !m_turn.isActive()) m_patience.start();
}

void PagePreview::stopWaiting() {
  m_patience.stop();
  m_turn.stop();
}

void PagePreview::setRealSize(bool real) {
  m_real = real;
  adapt();
}

void PagePreview::adapt() {
  const QSize size = seenSize().toSize() + QSize(2 * margin, 2 * margin), room = viewport()->size();
  const auto range = [](QScrollBar* bar, int content, int seen) {
    bar->setPageStep(seen);
    bar->setRange(0, std::max(0, content - seen));
  };
  range(horizontalScrollBar(), m_real ? size.width() : 0, room.width());
  range(verticalScrollBar(), m_real ? size.height() : 0, room.height());
  viewport()->update();
  if (const double wanted = dpi(); isVisible() && std::abs(wanted - m_asked) > 0.005 * wanted) {
    m_asked = wanted;
    emit dpiChanged(wanted);
  }
}

void PagePreview::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  adapt();
}

void PagePreview::showEvent(QShowEvent* event) {
  QAbstractScrollArea::showEvent(event);
  adapt();
}

void PagePreview::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  const ThemeColours& theme = colours(this);
  painter.fillRect(viewport()->rect(), theme.dark ? theme.ground.darker(130) : theme.ground.darker(108));
  const QRect paper = pageRect();
  if (m_problem.isEmpty()) {
    for (int depth = 3; depth > 0; --depth)
      painter.fillRect(paper.adjusted(-depth, -depth + 1, depth, depth + 1), QColor(0, 0, 0, 14));
    painter.fillRect(paper, Qt::white); // paper is white in every theme
  }
  if (!m_page.isNull()) {
    // Dot for dot where it was drawn for this size; otherwise scaled until it is.
    const QSize dots = paper.size() * devicePixelRatioF();
    const bool exact =
        std::abs(dots.width() - m_page.width()) <= 1 && std::abs(dots.height() - m_page.height()) <= 1;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !exact);
    if (exact) {
      QImage page = m_page;
      page.setDevicePixelRatio(devicePixelRatioF());
      painter.drawImage(paper.topLeft(), page);
    } else {
      painter.drawImage(QRectF(paper), m_page);
    }
  }
  if (!m_problem.isEmpty()) {
    painter.setPen(theme.error);
    painter.drawText(viewport()->rect().adjusted(margin, margin, -margin, -margin),
                     Qt::AlignCenter | Qt::TextWordWrap, m_problem);
  }
  if (spinning()) {
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF circle(0, 0, spinnerSize, spinnerSize);
    circle.moveCenter(QRectF(paper.intersected(viewport()->rect())).center());
    painter.setPen(QPen(QColor(0, 0, 0, 40), 3));
    painter.drawEllipse(circle);
    painter.setPen(QPen(theme.accent, 3, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(circle, -m_angle * 16, 90 * 16);
  }
}

} // namespace latent::ui
