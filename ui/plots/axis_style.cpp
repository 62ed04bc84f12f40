#include "ui/plots/axis_style.h"

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

QString withTrueMinus(QString text) {
  return text.replace(QLatin1Char('-'), QChar(0x2212));
}

class QuietTicker : public QCPAxisTicker {
 public:
  explicit QuietTicker(bool logarithmic, bool whole = false) : m_logarithmic(logarithmic), m_whole(whole) {}

 protected:
  double getTickStep(const QCPRange& range) override {
    m_step = QCPAxisTicker::getTickStep(range);
    if (m_whole) m_step = std::max(1.0, std::floor(m_step));
    m_largest = std::max(std::abs(range.lower), std::abs(range.upper));
    return m_step;
  }

  QVector<double> createTickVector(double tickStep, const QCPRange& range) override {
    m_decades = m_logarithmic && range.lower > 0 ? std::log10(range.upper / range.lower) : 0;
    if (m_decades < 1) return QCPAxisTicker::createTickVector(tickStep, range);
    const int first = static_cast<int>(std::floor(std::log10(range.lower)));
    const int last = static_cast<int>(std::ceil(std::log10(range.upper)));
    const int stride = std::max(1, static_cast<int>(std::ceil(m_decades / std::max(2, mTickCount))));
    QVector<double> ticks;
    for (int exponent = first; exponent <= last; exponent += stride) {
      const double power = std::pow(10.0, exponent);
      ticks << power;
      if (m_decades < 2.5) ticks << 2 * power << 5 * power;
    }
    if (m_whole)
      ticks.erase(std::remove_if(ticks.begin(), ticks.end(), [](double t) { return t < 1; }), ticks.end());
    return ticks;
  }

  QString getTickLabel(double tick, const QLocale&, QChar, int) override {
    if (m_decades >= 1) {
      const double size = std::abs(tick);
      if (size >= 1e10 || size < 1e-4) return withTrueMinus(QString::number(tick, 'g', 3));
      return scaled(tick, size >= 1e7 ? 1e6 : size >= 1e4 ? 1e3 : 1, 0);
    }
    if (m_largest >= 1e10 || m_largest < 1e-4) return withTrueMinus(QString::number(tick, 'g', 5));
    return scaled(tick, m_largest >= 1e7 ? 1e6 : m_largest >= 1e4 ? 1e3 : 1, m_step);
  }

 private:
  /// `step` > 0 gives every label of an axis the decimals that the step needs.
  static QString scaled(double tick, double unit, double step) {
    const double value = tick / unit;
    const QString suffix = unit == 1 || tick == 0 ? QString() : QString(unit == 1e3 ? u'k' : u'M');
    if (step <= 0) return withTrueMinus(QString::number(value, 'g', 6)) + suffix;
    int decimals = 0;
    for (double s = step / unit; decimals < 8 && std::abs(s - std::round(s)) > 1e-6 * s; s *= 10) ++decimals;
    const bool nothing = std::abs(value) < 1e-9 * step / unit; // rounding makes "-0.0" of it
    return nothing && suffix.isEmpty() && unit != 1
               ? QStringLiteral("0")
               : withTrueMinus(QString::number(nothing ? 0 : value, 'f', decimals)) + suffix;
  }

  bool m_logarithmic;
  bool m_whole;
  double m_step = 1;
  double m_largest = 1;
  double m_decades = 0;
};

} // namespace

QColor mixed(const QColor& a, const QColor& b, double share) {
  const auto mix = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
  return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

PlotColours PlotColours::light() {
  return {QColor("#FFFFFF"), QColor("#1D1F22"), QColor("#5E646B"), QColor("#D9D9D6"), QColor("#0B62B8")};
}

PlotColours PlotColours::of(const QPalette& palette) {
  const QColor ground = palette.color(QPalette::Window);
  const QColor text = palette.color(QPalette::WindowText);
  // These two shares give EXPERIENCE's muted and line colours in its light theme and in its dark one.
  return {ground, text, mixed(text, ground, 0.31), mixed(text, ground, 0.87),
          palette.color(QPalette::Highlight)};
}

void styleAxes(QCPAxisRect& rect, const AxisStyle& style) {
  const QPen axisPen(style.colours.muted, style.lineWidth, Qt::SolidLine, Qt::FlatCap);
  const QPen gridPen(style.colours.line, style.gridWidth, Qt::SolidLine, Qt::FlatCap);
  const int length = static_cast<int>(std::lround(style.tickLength));
  const int gap = static_cast<int>(std::lround(style.labelGap));
  for (QCPAxis* axis : rect.axes(QCPAxis::atTop | QCPAxis::atRight)) axis->setVisible(false);
  for (QCPAxis* axis : rect.axes(QCPAxis::atBottom | QCPAxis::atLeft)) {
    const bool bottom = axis->axisType() == QCPAxis::atBottom;
    axis->setBasePen(bottom || style.leftLine ? axisPen : QPen(Qt::NoPen));
    axis->setTickPen(length > 0 ? axisPen : QPen(Qt::NoPen));
    axis->setTickLengthIn(0);
    axis->setTickLengthOut(length);
    axis->setSubTicks(false);
    axis->setTickLabelFont(style.tickFont);
    axis->setTickLabelColor(style.colours.muted);
    axis->setTickLabelPadding(gap);
    axis->setLabelFont(style.labelFont);
    axis->setLabelColor(style.colours.text);
    axis->setLabelPadding(gap);
    axis->grid()->setVisible(style.gridWidth > 0);
    axis->grid()->setPen(gridPen);
    axis->grid()->setZeroLinePen(gridPen);
    axis->grid()->setSubGridVisible(false);
    axis->ticker()->setTickCount(style.ticks);
    axis->setSelectableParts(QCPAxis::spNone);
  }
}

void setLogarithmic(QCPAxis& axis, bool logarithmic) {
  const int ticks = axis.ticker()->tickCount();
  axis.setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  axis.setTicker(QSharedPointer<QuietTicker>::create(logarithmic));
  axis.ticker()->setTickCount(ticks);
}

void setWholeTicks(QCPAxis& axis) {
  const int ticks = axis.ticker()->tickCount();
  axis.setTicker(QSharedPointer<QuietTicker>::create(axis.scaleType() == QCPAxis::stLogarithmic, true));
  axis.ticker()->setTickCount(ticks);
}

QPen curvePen(const QColor& colour, int pattern, double width) {
  QPen pen(colour, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
  // In units of the pen's width.
  if (pattern == 1) pen.setDashPattern({5, 3});
  if (pattern == 2) pen.setDashPattern({1.2, 2});
  if (pattern == 3) pen.setDashPattern({6, 2.5, 1.2, 2.5});
  return pen;
}

QString numberText(double value, int significantDigits) {
  const double size = std::abs(value);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e9);
  if (!plain) return withTrueMinus(QString::number(value, 'g', significantDigits));
  const int whole = size < 1 ? 1 : static_cast<int>(std::floor(std::log10(size))) + 1;
  QString text = QString::number(value, 'f', std::max(0, significantDigits - whole));
  if (text.contains(QLatin1Char('.')) && value == std::round(value)) text = QString::number(value, 'f', 0);
  return withTrueMinus(text);
}

} // namespace latent::ui
