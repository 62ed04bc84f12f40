#include "ui/views/explore/plane_caption.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QMenu>
#include <QPainter>

namespace latent::ui {
namespace {

constexpr int captionHeight = 28;
constexpr int badge = 12;

} // namespace

PlaneCaption::PlaneCaption(const Workbench& bench, QWidget* parent) : QToolButton(parent), m_bench(bench) {
  setObjectName("planeCaption");
  setFixedHeight(captionHeight);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  setFocusPolicy(Qt::TabFocus);
  setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(this);
  setMenu(menu);
  setHelp(this, {tr("Plane of a run"),
                 tr("Whose latent plane this is and the time that it shows. The menu holds the other shown "
                    "runs. The line below marks the active run; a click on another plane makes its run "
                    "active."),
                 {}});
  connect(menu, &QMenu::aboutToShow, this, &PlaneCaption::fillMenu);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active || before.step != now.step) refresh();
  });
  connect(bench.runs, &QAbstractItemModel::dataChanged, this, &PlaneCaption::refresh);
  connect(bench.sources, &SourceKeeper::timeUnitChanged, this, &PlaneCaption::refresh);
}

QSize PlaneCaption::sizeHint() const {
  return {160, captionHeight};
}

void PlaneCaption::setRun(const RunId& run) {
  m_run = run;
  refresh();
}

void PlaneCaption::refresh() {
  const RunItem* run = m_bench.runs->find(m_run);
  m_active = run && m_run == m_bench.focus->focus().active;
  setText(run ? tr("%1 · %2").arg(run->title(), timeText(*run, m_bench.sources->stepFor(m_run)))
              : tr("No other run"));
  setAccessibleName(m_active ? tr("Plane of the active run, %1").arg(text()) : tr("Plane of %1").arg(text()));
  setToolTip(text());
  update();
}

void PlaneCaption::fillMenu() {
  menu()->clear();
  for (const RunId& id : m_bench.focus->focus().shown) {
    const RunItem* run = m_bench.runs->find(id);
    if (!run || run->queued) continue;
    QAction* action = menu()->addAction(run->title(), this, [this, id] { emit chosen(id); });
    action->setCheckable(true);
    action->setChecked(id == m_run);
  }
}

void PlaneCaption::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(parentWidget()); // a button's own palette is the style sheet's
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (underMouse() || isDown()) painter.fillRect(rect(), theme.hover);
  const RunItem* run = m_bench.runs->find(m_run);
  const QRectF mark(8, (height() - badge) / 2.0, badge, badge);
  if (run) {
    painter.setPen(QPen(run->colour(), 2));
    painter.setBrush(m_active ? QBrush(run->colour()) : QBrush(Qt::NoBrush));
    painter.drawEllipse(mark.adjusted(1, 1, -1, -1));
  }
  QFont font = textFont();
  font.setWeight(m_active ? QFont::Medium : QFont::Normal);
  painter.setFont(font);
  painter.setPen(m_active ? theme.text : theme.muted);
  const QRectF words(mark.right() + 8, 0, width() - mark.right() - 28, height());
  painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetricsF(font).elidedText(text(), Qt::ElideRight, words.width()));
  const QPointF arrow(width() - 14, height() / 2.0 + 1);
  painter.setPen(QPen(theme.muted, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(
      QPolygonF{arrow + QPointF(-3.5, -2), arrow + QPointF(0, 1.5), arrow + QPointF(3.5, -2)});
  if (m_active) painter.fillRect(QRectF(0, height() - 2, width(), 2), theme.accent);
  if (hasFocus()) {
    painter.setPen(QPen(theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
  }
}

} // namespace latent::ui
