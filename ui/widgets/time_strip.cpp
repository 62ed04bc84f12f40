#include "ui/widgets/time_strip.h"

#include "ui/widgets/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr double sideMargin = 12, trackY = 12, textTop = 23, textHeight = 16;
constexpr double wordsWidth = 184; ///< of the read-out on the left
constexpr double lanesTop = 20, lanesHeight = 8, numbersBottom = 3;
constexpr double numberSpacing = 44;
constexpr double liveWidth = 44, liveHeight = 18;
constexpr double handleRadius = 7;

/// "3", "0.05": whole epochs without decimals.
QString epochText(int64_t step, int64_t stepsPerEpoch) {
  if (step % stepsPerEpoch == 0) return QString::number(step / stepsPerEpoch);
  const double epoch = static_cast<double>(step) / static_cast<double>(stepsPerEpoch);
  return QString::number(epoch, 'f', epoch < 0.095 ? 3 : epoch < 0.95 ? 2 : 1);
}

/// "24k", "2.4M": short enough to stand under a mark.
QString timeText(double time) {
  if (time >= 1e6) return QString::number(time / 1e6, 'g', 3) + QLatin1Char('M');
  if (time >= 1e4) return QString::number(time / 1e3, 'g', 3) + QLatin1Char('k');
  return QString::number(time, 'g', 4);
}

} // namespace

TimeStrip::TimeStrip(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Time"));
  setWhatsThis(
      tr("Kept snapshots of the shown runs on one axis; the last place is live. Drag, click, turn the wheel "
         "or press the arrow keys to look back; L returns to live. Training goes on meanwhile."));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumHeight(40);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  describe();
}

QSize TimeStrip::sizeHint() const {
  return {920, 44};
}

// ---- what it shows ----

void TimeStrip::setSnapshots(const std::vector<int64_t>& steps, int64_t stepsPerEpoch) {
  if (steps.size() != m_times.size()) m_times.clear();
  m_steps = steps;
  m_stepsPerEpoch = std::max<int64_t>(0, stepsPerEpoch);
  if (m_current && !std::binary_search(m_steps.begin(), m_steps.end(), *m_current)) m_current.reset();
  describe();
  update();
}

void TimeStrip::setTimes(const std::vector<double>& times) {
  if (times == m_times || (times.size() != m_steps.size() && !times.empty())) return;
  m_times = times;
  update();
}

void TimeStrip::setLanes(const std::vector<TimeLane>& lanes) {
  if (lanes == m_lanes) return;
  m_lanes = lanes;
  update();
}

void TimeStrip::setDamaged(const std::set<int64_t>& steps) {
  if (steps == m_damaged) return;
  m_damaged = steps;
  update();
}

bool TimeStrip::isDamaged(int place) const {
  return place >= 0 && place < static_cast<int>(m_steps.size()) &&
         m_damaged.contains(m_steps[static_cast<size_t>(place)]);
}

void TimeStrip::setLiveStep(int64_t step, bool training) {
  if (step == m_liveStep && training == m_training) return;
  m_liveStep = step;
  m_training = training;
  describe();
  update();
}

void TimeStrip::setCurrent(std::optional<int64_t> step) {
  if (step == m_current) return;
  m_current = step;
  describe();
  update();
}

QString TimeStrip::placeText(int64_t step) const {
  const QString steps = tr("step %L1").arg(step);
  if (m_stepsPerEpoch == 0) return tr("Step %L1").arg(step);
  const int64_t all = std::max(m_liveStep, m_steps.empty() ? 0 : m_steps.back()) / m_stepsPerEpoch;
  const QString epoch = epochText(step, m_stepsPerEpoch);
  const QString place = all > 0 ? tr("Epoch %1 of %2").arg(epoch).arg(all) : tr("Epoch %1").arg(epoch);
  return place + QStringLiteral(" · ") + steps;
}

QString TimeStrip::readout() const {
  if (m_current) return placeText(*m_current);
  return QStringLiteral("%1 · %2").arg(liveWords(), livePlace());
}

QString TimeStrip::liveWords() const {
  return m_training ? tr("Live, training") : tr("Live");
}

QString TimeStrip::livePlace() const {
  if (m_stepsPerEpoch == 0) return tr("step %L1").arg(m_liveStep);
  return tr("epoch %1 · step %L2").arg(epochText(m_liveStep, m_stepsPerEpoch)).arg(m_liveStep);
}

void TimeStrip::describe() {
  setAccessibleDescription(readout());
}

// ---- geometry ----

QRectF TimeStrip::liveRect() const {
  return {width() - sideMargin - liveWidth, trackY - liveHeight / 2, liveWidth, liveHeight};
}

QRectF TimeStrip::track() const {
  const double left = sideMargin + wordsWidth + handleRadius;
  return {left, trackY - 1, std::max(1.0, liveRect().left() - 16 - left), 2};
}

QRectF TimeStrip::returnRect() const {
  if (!m_current) return {};
  const double wide = QFontMetricsF(captionFont()).horizontalAdvance(tr("Return to live (L)")) + 16;
  return {sideMargin, textTop, wide, textHeight};
}

double TimeStrip::timeAt(int place) const {
  const auto i = static_cast<size_t>(place);
  return m_times.empty() ? static_cast<double>(m_steps[i]) : m_times[i];
}

double TimeStrip::lastTime() const {
  double last = m_steps.empty() ? 0 : timeAt(static_cast<int>(m_steps.size()) - 1);
  for (const TimeLane& lane : m_lanes)
    if (!lane.times.empty()) last = std::max(last, lane.times.back());
  return last;
}

double TimeStrip::xOfTime(double time) const {
  const double last = lastTime();
  return track().left() + (last > 0 ? track().width() * std::sqrt(std::clamp(time / last, 0.0, 1.0)) : 0);
}

double TimeStrip::xOf(int place) const {
  return place >= static_cast<int>(m_steps.size()) ? liveRect().center().x() : xOfTime(timeAt(place));
}

QPointF TimeStrip::placeOf(int place) const {
  return {xOf(place), trackY};
}

int TimeStrip::placeAt(double x) const {
  const int count = static_cast<int>(m_steps.size());
  // Half way between the last snapshot and the edge of LIVE divides the two.
  if (count == 0 || x >= (xOf(count - 1) + liveRect().left()) / 2) return count;
  int nearest = 0;
  for (int place = 1; place < count; ++place)
    if (std::abs(x - xOf(place)) < std::abs(x - xOf(nearest))) nearest = place;
  return nearest;
}

int TimeStrip::currentPlace() const {
  if (!m_current) return static_cast<int>(m_steps.size());
  const auto found = std::lower_bound(m_steps.begin(), m_steps.end(), *m_current);
  return static_cast<int>(found - m_steps.begin());
}

// ---- painting ----

void TimeStrip::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const int count = static_cast<int>(m_steps.size());
  const QRectF line = track(), live = liveRect();
  const QColor tone = m_current ? theme.amber : theme.accent;
  const double here = xOf(currentPlace());

  painter.setPen(QPen(theme.line, 2, Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(QPointF(line.left(), trackY), QPointF(live.left(), trackY));
  if (count > 0) {
    painter.setPen(QPen(tone, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(line.left(), trackY), QPointF(std::min(here, live.left()), trackY));
  }
  for (int place = 0; place < count; ++place) {
    const double x = xOf(place);
    if (isDamaged(place)) {
      painter.setPen(QPen(theme.error, 2, Qt::SolidLine, Qt::RoundCap));
      painter.drawLine(QPointF(x - 4, trackY - 4), QPointF(x + 4, trackY + 4));
      painter.drawLine(QPointF(x - 4, trackY + 4), QPointF(x + 4, trackY - 4));
      continue;
    }
    // Whole epochs stand out from the early snapshots.
    const bool epoch = m_stepsPerEpoch > 0 && m_steps[static_cast<size_t>(place)] % m_stepsPerEpoch == 0;
    painter.setPen(QPen(x <= here ? tone : theme.muted, 1.5, Qt::SolidLine, Qt::RoundCap));
    const double half = epoch ? 5 : 3;
    painter.drawLine(QPointF(x, trackY - half), QPointF(x, trackY + half));
  }

  // LIVE: filled while it is what is shown; in the accent while training, else grey.
  const QColor liveTone = m_training ? theme.accent : theme.muted;
  painter.setPen(QPen(liveTone, 1));
  painter.setBrush(m_current ? QBrush(theme.panel) : QBrush(liveTone));
  painter.drawRoundedRect(live.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
  QFont badge = captionFont();
  badge.setWeight(QFont::Medium);
  painter.setFont(badge);
  painter.setPen(m_current ? liveTone : m_training ? theme.onAccent : theme.panel);
  painter.drawText(live, Qt::AlignCenter, tr("LIVE"));
  if (m_current) {
    painter.setPen(QPen(theme.panel, 2));
    painter.setBrush(theme.amber);
    painter.drawEllipse(QPointF(here, trackY), handleRadius, handleRadius);
  }

  drawLanes(painter);
  drawNumbers(painter);

  drawReadout(painter);
  if (hasFocus()) {
    painter.setPen(QPen(theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
  }
}

// Two lines: where the shown weights stand, and below it the way back, or, live, the place itself.
void TimeStrip::drawReadout(QPainter& painter) const {
  const ThemeColours& theme = colours(this);
  painter.setFont(captionFont());
  const QFontMetricsF metrics(captionFont());
  const QRectF first(sideMargin, trackY - textHeight / 2, wordsWidth - 8, textHeight);
  const auto line = [&](const QRectF& place, const QString& text) {
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(text, Qt::ElideRight, place.width()));
  };
  if (!m_current) {
    painter.setPen(m_training ? theme.accent : theme.muted);
    line(first, liveWords());
    painter.setPen(theme.muted);
    line({sideMargin, textTop, wordsWidth - 8, textHeight}, livePlace());
    return;
  }
  painter.setPen(theme.amber);
  line(first, placeText(*m_current));
  const QRectF back = returnRect();
  painter.setPen(QPen(theme.amber, 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(back.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
  painter.drawText(back, Qt::AlignCenter, tr("Return to live (L)"));
}

// Each other run has its row of marks; the one that is seen is larger.
void TimeStrip::drawLanes(QPainter& painter) const {
  const double pitch = lanesHeight / static_cast<double>(std::max<size_t>(m_lanes.size(), 2));
  double y = lanesTop + pitch / 2;
  painter.setPen(Qt::NoPen);
  for (const TimeLane& lane : m_lanes) {
    painter.setBrush(lane.colour);
    for (size_t i = 0; i < lane.steps.size() && i < lane.times.size(); ++i) {
      const double x = xOfTime(lane.times[i]);
      if (lane.current == lane.steps[i])
        painter.drawEllipse(QPointF(x, y), 3, 3);
      else
        painter.drawRect(QRectF(x - 1, y - 1.5, 2, 3));
    }
    y += pitch;
  }
}

// The end, and 1, 2 or 5 times a power of ten, from there down to where they would touch.
void TimeStrip::drawNumbers(QPainter& painter) const {
  const double last = lastTime();
  if (m_steps.size() < 2 || !(last > 0)) return;
  const QFontMetricsF metrics(captionFont());
  painter.setFont(captionFont());
  painter.setPen(colours(this).muted);
  const double baseLine = height() - numbersBottom;
  const auto draw = [&](double x, const QString& text) {
    painter.drawText(QPointF(x - metrics.horizontalAdvance(text) / 2, baseLine), text);
  };
  draw(xOfTime(0), QStringLiteral("0"));
  draw(xOfTime(last), timeText(last));
  double free = xOfTime(last);
  for (int power = static_cast<int>(std::floor(std::log10(last))); power >= -3; --power) {
    for (const double factor : {5.0, 2.0, 1.0}) {
      const double time = factor * std::pow(10, power), x = xOfTime(time);
      if (time > last * (1 + 1e-9) || x > free - numberSpacing || x < track().left() + numberSpacing)
        continue;
      draw(x, timeText(time));
      free = x;
    }
  }
}

QString TimeStrip::laneText(double time) const {
  QString text;
  for (const TimeLane& lane : m_lanes) {
    const auto after = std::upper_bound(lane.times.begin(), lane.times.end(), time * (1 + 1e-9) + 1e-9);
    const auto kept = after - lane.times.begin();
    const QString seen =
        kept > 0 ? tr("step %L1").arg(lane.steps[static_cast<size_t>(kept - 1)]) : tr("live");
    text += QStringLiteral("\n") + tr("%1: %2").arg(lane.name, seen);
  }
  return text;
}

} // namespace latent::ui
