#include "ui/widgets/support_meter.h"

#include "ui/widgets/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr double wellFrom = 0.2, sparseFrom = 0.01;
constexpr double barTop = 22, barHeight = 6;

/// Place on the bar, 0..1, on a logarithmic scale: 1/10,000 of the median density at the left end, three
/// times the median at the right.
double place(double density) {
  const double lowest = -4, highest = std::log10(3.0);
  if (!(density > 0)) return 0;
  return std::clamp((std::log10(density) - lowest) / (highest - lowest), 0.0, 1.0);
}

QString verdictOf(SupportLevel level) {
  switch (level) {
  case SupportLevel::well:
    return SupportMeter::tr("well supported");
  case SupportLevel::sparse:
    return SupportMeter::tr("sparse");
  case SupportLevel::outside:
    break;
  }
  return SupportMeter::tr("outside the data");
}

} // namespace

SupportLevel supportLevel(double density) {
  if (density >= wellFrom) return SupportLevel::well;
  return density >= sparseFrom ? SupportLevel::sparse : SupportLevel::outside;
}

SupportMeter::SupportMeter(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Support"));
  setToolTip(tr(
      "How dense the codes of the test images are at this point, relative to the median density at the codes "
      "themselves (logarithmic bar), and the distance from the prior's mean."));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setSupport(std::nullopt, 1, false);
}

void SupportMeter::setSupport(const std::optional<Support>& support, int latent, bool hasPrior, bool far) {
  m_support = support;
  m_latent = latent;
  m_hasPrior = hasPrior;
  m_far = far;
  QString text = support ? verdict() : tr("unknown");
  if (!radiusText().isEmpty()) text += QStringLiteral(", ") + radiusText();
  setAccessibleDescription(text);
  update();
}

QString SupportMeter::verdict() const {
  if (m_support && m_far) return tr("far outside of the data");
  return m_support ? verdictOf(supportLevel(m_support->density)) : QString();
}

QString SupportMeter::radiusText() const {
  if (!m_support || !m_hasPrior) return {};
  const auto two = [](double value) {
    return value < 1e4 ? QString::number(value, 'f', 2) : QString::number(value, 'g', 3);
  };
  // The prior's mass lies near sqrt(K); with one or two latents it is simply the distance in sigma.
  if (m_latent <= 2) return tr("|z| = %1 σ of the prior").arg(two(m_support->priorRadius));
  return tr("|z| = %1, prior near %2").arg(two(m_support->priorRadius), two(std::sqrt(m_latent)));
}

QSize SupportMeter::sizeHint() const {
  return {280, 48};
}
QSize SupportMeter::minimumSizeHint() const {
  return {120, 48};
}

void SupportMeter::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(textFont());
  painter.setPen(theme.muted);
  const QRectF head(0, 0, width(), 18);
  painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, tr("Support"));
  if (m_support) {
    painter.setPen(supportLevel(m_support->density) == SupportLevel::outside ? theme.muted : theme.text);
    painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter, verdict());
  }

  const QRectF bar(0, barTop, width(), barHeight);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.line);
  painter.drawRoundedRect(bar, 3, 3);
  if (m_support) {
    QRectF filled = bar;
    filled.setWidth(std::max(barHeight, bar.width() * place(m_support->density)));
    QColor tone = supportLevel(m_support->density) == SupportLevel::outside ? theme.muted : theme.accent;
    if (supportLevel(m_support->density) == SupportLevel::sparse) tone.setAlphaF(0.6f);
    painter.setBrush(tone);
    painter.drawRoundedRect(filled, 3, 3);
  }
  // Where the words change.
  painter.setBrush(theme.panel);
  for (const double from : {sparseFrom, wellFrom})
    painter.drawRect(QRectF(bar.left() + bar.width() * place(from) - 1, barTop, 2, barHeight));

  painter.setFont(captionFont());
  painter.setPen(theme.muted);
  painter.drawText(QRectF(0, barTop + barHeight + 4, width(), 14), Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetricsF(captionFont()).elidedText(radiusText(), Qt::ElideRight, width()));
}

} // namespace latent::ui
