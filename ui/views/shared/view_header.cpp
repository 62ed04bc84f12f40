#include "ui/views/shared/view_header.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/menu_button.h"
#include "ui/widgets/theme.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int headerHeight = 36;
constexpr int narrowestTitle = 64;

} // namespace

ViewHeader::ViewHeader(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_text(new QLabel(this)),
      m_live(new QToolButton(this)),
      m_link(new QToolButton(this)),
      m_row(new QHBoxLayout(this)) {
  setFixedHeight(headerHeight);
  m_row->setContentsMargins(8, 0, 0, 0);
  m_row->setSpacing(8);
  m_live->setText(tr("Return to live (L)"));
  m_live->setObjectName("returnToLive");
  m_live->setFocusPolicy(Qt::TabFocus);
  setRole(m_live, "text");
  m_text->setObjectName("viewTitle");
  m_text->setTextFormat(Qt::PlainText);
  m_text->setMinimumWidth(narrowestTitle);
  makeLinks();
  auto* exporter = new QToolButton(this);
  exporter->setText(tr("Export"));
  exporter->setIcon(themedIcon("export"));
  exporter->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  exporter->setToolTip(tr("See this view as a page and write it to a file (Ctrl+E)"));
  exporter->setObjectName("exportButton");
  exporter->setFocusPolicy(Qt::TabFocus);
  setRole(exporter, "text");
  m_row->addWidget(m_text);
  m_row->addWidget(m_live);
  m_row->addWidget(m_link);
  m_row->addStretch(1);
  m_row->addWidget(exporter);
  connect(exporter, &QToolButton::clicked, this, &ViewHeader::exportRequested);
  connect(m_live, &QToolButton::clicked, bench.navigator, &Navigator::goLive);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active || before.step != now.step || before.shown != now.shown ||
        before.link != now.link)
      refresh();
  });
  connect(bench.runs, &QAbstractItemModel::dataChanged, this, &ViewHeader::refresh);
  refresh();
}

void ViewHeader::makeLinks() {
  m_link->setObjectName("linkButton");
  setHelp(
      m_link,
      {tr("Link"),
       tr("The point belongs to the active run. In each other shown run its place is: the code of the same "
          "input x; the same coordinates; the same quantile of the prior in each latent, which for N(0, I) "
          "are the same coordinates again, but only between runs with a prior; or the same quantile of the "
          "encoded data in each latent. All but the first need as many latents."),
       tr("z' = mu'(x);  z' = z;  Φ(z'_j) = Φ(z_j);  F'_j(z'_j) = F_j(z_j)")});
  auto* menu = new QMenu(m_link);
  auto* group = new QActionGroup(menu);
  const auto add = [&](const QString& text, Link link) {
    QAction* action = menu->addAction(text, this, [this, link] { m_bench.focus->setLink(link); });
    action->setCheckable(true);
    action->setData(static_cast<int>(link));
    group->addAction(action);
  };
  add(tr("Same input"), Link::sameInput);
  add(tr("Same z"), Link::sameZ);
  add(tr("Same prior quantile"), Link::samePriorQuantile);
  add(tr("Same data quantile"), Link::sameDataQuantile);
  makeMenuButton(m_link, menu);
}

void ViewHeader::addTools(QWidget* tools) {
  m_tools << tools;
  m_row->insertWidget(m_row->count() - 1, tools);
}

void ViewHeader::showTools(QWidget* tools) {
  for (QWidget* each : m_tools) each->setVisible(each == tools);
  adapt();
}

QString ViewHeader::text() const {
  return m_text->text();
}

void ViewHeader::refresh() {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  const bool pinned = run && focus.step.has_value();
  m_link->setVisible(run && focus.shown.size() > 1);
  if (!run)
    m_text->setText(tr("No run"));
  else if (run->queued)
    m_text->setText(tr("%1 · waits in the queue").arg(run->title()));
  else
    m_text->setText(pinned
                        ? tr("%1 · %2.").arg(run->title(), timeText(*run, focus.step))
                        : tr("%1 · %2 · %3").arg(run->title(), run->datasetName, timeText(*run, focus.step)));
  m_text->setToolTip(m_text->text());
  if (pinned != m_pinned) {
    m_pinned = pinned;
    update();
  }
  adapt();
}

// Where there is little room the button goes, which the time strip has too, then a word of the link; at last
// the title is cut.
void ViewHeader::adapt() {
  const auto link = static_cast<int>(m_bench.focus->focus().link);
  const QList<QAction*> rules = m_link->menu()->actions();
  const auto chosen =
      std::ranges::find_if(rules, [&](QAction* rule) { return rule->data().toInt() == link; });
  (*chosen)->setChecked(true);
  const QString word = (*chosen)->text(), sentence = tr("Link: %1").arg(word.toLower());
  m_link->setAccessibleName(sentence);
  m_link->setText(sentence);
  m_live->setVisible(m_pinned);
  const auto tooWide = [this] { return m_row->sizeHint().width() > width(); };
  if (tooWide()) m_live->hide();
  if (tooWide()) m_link->setText(word);
}

void ViewHeader::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  adapt();
}

void ViewHeader::paintEvent(QPaintEvent*) {
  if (!m_pinned) return;
  QPainter painter(this);
  const ThemeColours& theme = colours(this);
  QColor wash = theme.amber;
  wash.setAlpha(theme.dark ? 70 : 60);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(wash);
  painter.drawRoundedRect(rect().adjusted(0, 4, 0, -4), 4, 4);
  painter.setBrush(theme.amber);
  painter.drawRect(QRect(0, 4, 3, height() - 8));
}

} // namespace latent::ui
