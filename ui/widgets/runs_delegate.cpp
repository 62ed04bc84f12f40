#include "ui/widgets/runs_delegate.h"

#include "core/base/run_config.h"
#include "ui/models/runs_model.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr int rowHeight = 44, railHeight = 44, lineHeight = 14, margin = 8;
constexpr int badgeSize = 24, eyeSize = 28, markSize = 14;
constexpr int textLeft = margin + badgeSize + 11;
constexpr int lockSize = 12; // at the badge's corner
constexpr int progressLeft = margin + 4, scrollBarWidth = 10;
constexpr double ringRadius = 15;

/// Black or white, whichever is easier to read on the colour (relative luminance of WCAG 2.1).
QColor inkOn(const QColor& colour) {
  const auto linear = [](double value) {
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  const double luminance =
      0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
  return luminance > 0.179 ? QColor(Qt::black) : QColor(Qt::white);
}

/// Lines of the progress text under a row of this width, also beside a scroll bar; it breaks after a comma,
/// never inside a duration.
QStringList progressLines(const QString& text, int width) {
  if (text.isEmpty()) return {};
  const QFontMetrics metrics(captionFont());
  const int room = width - progressLeft - scrollBarWidth - 2;
  if (metrics.horizontalAdvance(text) <= room) return {text};
  const int comma = static_cast<int>(text.lastIndexOf(QLatin1String(", ")));
  if (comma < 0) return {metrics.elidedText(text, Qt::ElideRight, room)};
  return {text.left(comma), text.mid(comma + 2)};
}

/// px. Forks of forks of forks stay readable.
int indentOf(int depth) {
  return std::min(depth, 3) * 12;
}

bool hasBar(const QModelIndex& index) {
  return index.data(RunsModel::ProgressRole).toDouble() >= 0;
}

} // namespace

QRect RunsDelegate::eyeRect(const QRect& row) const {
  if (m_rail) return {};
  return {row.right() - eyeSize - 3, row.top() + (rowHeight - eyeSize) / 2, eyeSize, eyeSize};
}

QRect RunsDelegate::nameRect(const QRect& row, int depth) const {
  const int left = row.left() + textLeft + indentOf(depth) - margin;
  return {left, row.top() + 8, eyeRect(row).left() - left, controlHeight};
}

QSize RunsDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
  if (m_rail) return {48, railHeight};
  const auto lines = progressLines(index.data(RunsModel::ProgressTextRole).toString(), m_width).size();
  const int extra = lines > 0 ? static_cast<int>(lines) * lineHeight + 6 : 0;
  return {m_width, rowHeight + extra + (hasBar(index) ? 7 : 0)};
}

void RunsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
  const ThemeColours& c = colours(option.widget);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const QRectF card = QRectF(option.rect).adjusted(4, 1, -4, -1);
  const bool active = index.data(RunsModel::ActiveRole).toBool();
  if (active || (option.state & QStyle::State_MouseOver)) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(active ? c.selection : c.hover);
    painter->drawRoundedRect(card, 4, 4);
  }
  const bool current = (option.state & QStyle::State_Selected) && (option.state & QStyle::State_HasFocus);
  if (current && option.widget && option.widget->hasFocus()) {
    painter->setPen(QPen(c.accent, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(card.adjusted(1, 1, -1, -1), 3, 3);
  }
  const double middle = option.rect.top() + rowHeight / 2.0;
  const int indent = m_rail ? 0 : indentOf(index.data(RunsModel::DepthRole).toInt());
  const double left =
      m_rail ? option.rect.center().x() + 0.5 : option.rect.left() + margin + 4 + indent + badgeSize / 2.0;
  if (indent > 0) { // the branch that it hangs on
    const double x = left - badgeSize / 2.0 - 5;
    painter->setPen(QPen(c.line, 1.5));
    painter->drawLine(QPointF(x, option.rect.top()), QPointF(x, middle));
    painter->drawLine(QPointF(x, middle), QPointF(x + 4, middle));
  }
  paintBadge(painter, {left, middle}, option, index);
  if (!m_rail) {
    paintText(painter, option, index);
    paintProgress(painter, option, index);
  }
  painter->restore();
}

void RunsDelegate::paintBadge(QPainter* painter, const QPointF& centre, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
  const ThemeColours& c = colours(option.widget);
  const QColor run = index.data(RunsModel::ColourRole).value<QColor>();
  const bool active = index.data(RunsModel::ActiveRole).toBool();
  const bool faded = m_rail && !index.data(RunsModel::ShownRole).toBool(); // the rail has no eye to tell
  painter->save();
  if (faded) painter->setOpacity(0.5);
  const QRectF disc(centre.x() - badgeSize / 2.0, centre.y() - badgeSize / 2.0, badgeSize, badgeSize);
  const double shrink = index.data(RunsModel::TrainingRole).toBool() ? 2 : 0; // makes room for the ring
  painter->setPen(active ? Qt::NoPen : QPen(run, 1.5));
  painter->setBrush(active ? QBrush(run) : QBrush(Qt::NoBrush));
  painter->drawEllipse(disc.adjusted(1 + shrink, 1 + shrink, -1 - shrink, -1 - shrink));
  const QString letter = index.data(RunsModel::LetterRole).toString();
  QFont font = textFont();
  font.setWeight(QFont::Medium);
  font.setPixelSize(letter.size() > 1 ? 10 : 12);
  painter->setFont(font);
  painter->setPen(active ? inkOn(run) : c.text);
  painter->drawText(disc, Qt::AlignCenter, letter);
  if (shrink > 0) {
    const QRectF ring(centre.x() - ringRadius + 1, centre.y() - ringRadius + 1, 2 * ringRadius - 2,
                      2 * ringRadius - 2);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(c.line, 2));
    painter->drawEllipse(ring);
    painter->setPen(QPen(run, 2, Qt::SolidLine, Qt::RoundCap));
    const double progress =
        std::max(index.data(RunsModel::ProgressRole).toDouble(), 0.02); // a dot tells "begun"
    painter->drawArc(ring, 90 * 16, -qRound(progress * 360 * 16));
  }
  const auto state = static_cast<RunState>(index.data(RunsModel::StateRole).toInt());
  if (!m_rail && index.data(RunsModel::ReadOnlyRole).toBool()) paintLock(painter, disc, option, active);
  if (m_rail && (state == RunState::failed || index.data(RunsModel::ProblemRole).toBool())) {
    painter->setPen(QPen(c.panel, 1.5));
    painter->setBrush(c.error);
    painter->drawEllipse(QPointF(centre.x() + 9, centre.y() - 9), 4, 4);
  }
  painter->restore();
}

// At the badge, which leaves both lines of the row to the words.
void RunsDelegate::paintLock(QPainter* painter, const QRectF& disc, const QStyleOptionViewItem& option,
                             bool active) const {
  const ThemeColours& c = colours(option.widget);
  const QRectF place(disc.right() - lockSize + 2, disc.bottom() - lockSize + 3, lockSize, lockSize);
  const bool hover = option.state & QStyle::State_MouseOver;
  painter->setPen(Qt::NoPen);
  painter->setBrush(active ? c.selection : hover ? c.hover : c.panel);
  painter->drawEllipse(place.adjusted(-1, -1, 1, 1));
  themedIcon(QStringLiteral("lock"), c.muted).paint(painter, place.toRect());
}

void RunsDelegate::paintText(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
  const ThemeColours& c = colours(option.widget);
  const bool shown = index.data(RunsModel::ShownRole).toBool();
  const QRect eye = eyeRect(option.rect);
  int right = eye.left() + 4; // the glyph is smaller than what a click hits
  // The mark is the row's exception: red for a failure, muted for the rest.
  const auto state = static_cast<RunState>(index.data(RunsModel::StateRole).toInt());
  QString mark;
  QColor markColour = c.muted;
  const bool wrong = state == RunState::failed || index.data(RunsModel::ProblemRole).toBool();
  const bool lossy = !index.data(RunsModel::WarningRole).toString().isEmpty();
  if (wrong || lossy || state == RunState::interrupted) mark = QStringLiteral("warning");
  if (wrong) markColour = c.error;
  if (!mark.isEmpty()) {
    const QRect place(right - markSize - 2, option.rect.top() + (rowHeight - markSize) / 2, markSize,
                      markSize);
    themedIcon(mark, markColour).paint(painter, place);
    right = place.left() - 4;
  }
  if (!index.data(RunsModel::QueuedRole).toBool()) { // a waiting run has nothing to show yet
    const QRect glyph(eye.center().x() - 7, eye.center().y() - 7, 16, 16);
    painter->setOpacity(shown ? 1 : 0.55);
    themedIcon(shown ? QStringLiteral("eye") : QStringLiteral("eye-off"), c.muted).paint(painter, glyph);
    painter->setOpacity(1);
  }
  const int left = option.rect.left() + textLeft + indentOf(index.data(RunsModel::DepthRole).toInt());
  const int width = right - left - 2;
  painter->setFont(textFont());
  painter->setPen(shown ? c.text : c.muted);
  const QFontMetrics nameMetrics(textFont());
  painter->drawText(QRect(left, option.rect.top() + 5, width, 18), Qt::AlignLeft | Qt::AlignVCenter,
                    nameMetrics.elidedText(index.data().toString(), Qt::ElideRight, width));
  painter->setFont(captionFont());
  painter->setPen(c.muted);
  const QFontMetrics smallMetrics(captionFont());
  painter->drawText(QRect(left, option.rect.top() + 23, width, 16), Qt::AlignLeft | Qt::AlignVCenter,
                    smallMetrics.elidedText(index.data(Qt::StatusTipRole).toString(), Qt::ElideRight, width));
}

void RunsDelegate::paintProgress(QPainter* painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
  const ThemeColours& c = colours(option.widget);
  const double progress = index.data(RunsModel::ProgressRole).toDouble();
  int top = option.rect.top() + rowHeight;
  const int left = option.rect.left() + progressLeft, width = option.rect.width() - 2 * progressLeft;
  if (progress >= 0) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(c.line);
    painter->drawRoundedRect(QRectF(left, top, width, 3), 1.5, 1.5);
    painter->setBrush(c.accent);
    if (progress > 0)
      painter->drawRoundedRect(QRectF(left, top, std::max(3.0, width * progress), 3), 1.5, 1.5);
    top += 7;
  }
  painter->setFont(captionFont());
  painter->setPen(c.muted);
  for (const QString& line : progressLines(index.data(RunsModel::ProgressTextRole).toString(), m_width)) {
    painter->drawText(QRect(left, top, option.rect.right() - left, lineHeight),
                      Qt::AlignLeft | Qt::AlignVCenter, line);
    top += lineHeight;
  }
}

} // namespace latent::ui
