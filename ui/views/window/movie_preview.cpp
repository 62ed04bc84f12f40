#include "ui/views/window/movie_preview.h"

#include <QPainter>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int gap = 12;
constexpr int margin = 12;
constexpr double pale = 0.35;

} // namespace

MoviePreview::MoviePreview(QWidget* parent) : QWidget(parent) {
  setObjectName("moviePreview");
  setAccessibleName(tr("First, middle and last frame"));
  setMinimumSize(360, 240);
}

void MoviePreview::setFrames(const std::vector<QImage>& pictures, const std::vector<int>& numbers) {
  m_pictures = pictures;
  m_numbers = numbers;
  m_problem.clear();
  m_waiting = false;
  update();
}

void MoviePreview::setProblem(const QString& sentence) {
  m_pictures.clear();
  m_problem = sentence;
  m_waiting = false;
  update();
}

void MoviePreview::setWaiting() {
  m_problem.clear();
  m_waiting = true;
  update();
}

// Wide frames stand below each other, high ones beside each other: as large as they fit.
void MoviePreview::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QRect room = rect().adjusted(margin, margin, -margin, -margin);
  painter.setPen(palette().color(QPalette::WindowText));
  const QString words = !m_problem.isEmpty() ? m_problem
                        : m_pictures.empty() ? tr("Drawing the frames…")
                                             : "";
  if (!words.isEmpty()) return painter.drawText(room, Qt::AlignCenter | Qt::TextWordWrap, words), void();

  const int count = static_cast<int>(m_pictures.size());
  const int caption = fontMetrics().height() + 4;
  const QSizeF frame = m_pictures.front().size() / devicePixelRatioF();
  const auto scaleIn = [&](int columns, int rows) {
    const double width = (room.width() - gap * (columns - 1)) / static_cast<double>(columns);
    const double height = (room.height() - gap * (rows - 1)) / static_cast<double>(rows) - caption;
    return std::min({1.0, width / frame.width(), height / frame.height()});
  };
  const bool across = scaleIn(count, 1) >= scaleIn(1, count);
  const double scale = std::max(0.01, across ? scaleIn(count, 1) : scaleIn(1, count));
  const QSizeF size = frame * scale;
  const double step = across ? size.width() + gap : size.height() + caption + gap;
  const QSizeF all =
      across ? QSizeF(count * step - gap, size.height() + caption) : QSizeF(size.width(), count * step - gap);
  const QPointF corner(room.left() + (room.width() - all.width()) / 2,
                       room.top() + (room.height() - all.height()) / 2);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  for (int i = 0; i < count; ++i) {
    const QRectF place(corner + (across ? QPointF(i * step, 0) : QPointF(0, i * step)), size);
    painter.setOpacity(m_waiting ? pale : 1);
    painter.drawImage(place, m_pictures[static_cast<size_t>(i)]);
    painter.setOpacity(1);
    painter.drawText(QRectF(place.left(), place.bottom(), place.width(), caption),
                     Qt::AlignHCenter | Qt::AlignBottom,
                     tr("Frame %1").arg(m_numbers[static_cast<size_t>(i)] + 1));
  }
}

} // namespace latent::ui
