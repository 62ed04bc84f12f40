#include "ui/widgets/thin_bar.h"

#include "ui/widgets/theme.h"

#include <QPainter>

#include <algorithm>

namespace latent::ui {

ThinBar::ThinBar(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setFixedHeight(3);
}

void ThinBar::setProgress(double fraction) {
  const double wanted = fraction < 0 ? -1 : std::min(fraction, 1.0);
  if (wanted == m_progress) return;
  m_progress = wanted;
  setAccessibleDescription(wanted < 0 ? tr("running") : tr("%1 per cent").arg(qRound(100 * wanted)));
  update();
}

void ThinBar::paintEvent(QPaintEvent*) {
  const ThemeColours& c = colours(this);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(c.line);
  painter.drawRoundedRect(QRectF(rect()), 1.5, 1.5);
  painter.setBrush(c.accent);
  QRectF bar(rect());
  if (m_progress < 0)
    bar.setRect(width() / 3.0, 0, width() / 3.0, height());
  else
    bar.setWidth(width() * m_progress);
  if (bar.width() > 0) painter.drawRoundedRect(bar, 1.5, 1.5);
}

} // namespace latent::ui
