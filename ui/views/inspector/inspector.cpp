#include "ui/views/inspector/inspector.h"

#include "ui/views/inspector/history_panel.h"
#include "ui/views/inspector/pins_panel.h"
#include "ui/views/inspector/point_panel.h"
#include "ui/views/inspector/setup_panel.h"
#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace latent::ui {
namespace {

constexpr int tabRowHeight = 36;

} // namespace

Inspector::Inspector(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_tabs{makeTab(tr("Setup"), "setupTab", Tab::setup), makeTab(tr("Point"), "pointTab", Tab::point),
             makeTab(tr("Pins"), "pinsTab", Tab::pins), makeTab(tr("History"), "historyTab", Tab::history)},
      m_stack(new QStackedWidget(this)),
      m_setup(new SetupPanel(bench, m_stack)),
      m_point(new PointPanel(bench, m_stack)),
      m_pins(new PinsPanel(bench, m_stack)),
      m_history(new HistoryPanel(bench, m_stack)) {
  for (QWidget* page : std::initializer_list<QWidget*>{m_setup, m_point, m_pins, m_history})
    m_stack->addWidget(page);
  auto* row = new QWidget(this);
  row->setFixedHeight(tabRowHeight);
  auto* tabs = new QHBoxLayout(row);
  tabs->setContentsMargins(16, 0, 16, 0);
  tabs->setSpacing(4);
  auto* group = new QButtonGroup(this);
  for (QToolButton* tab : m_tabs) {
    group->addButton(tab);
    tabs->addWidget(tab);
  }
  tabs->addStretch(1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(row);
  column->addWidget(m_stack, 1);
  setTab(Tab::point);
}

QToolButton* Inspector::makeTab(const QString& text, const char* name, Tab tab) {
  auto* made = new QToolButton(this);
  made->setText(text);
  made->setObjectName(QLatin1String(name));
  made->setCheckable(true);
  made->setFocusPolicy(Qt::TabFocus);
  setRole(made, "tab");
  connect(made, &QToolButton::clicked, this, [this, tab] { setTab(tab); });
  return made;
}

void Inspector::fork(const RunItem& run, std::optional<int64_t> step) {
  m_setup->fork(run, step);
  setTab(Tab::setup);
}

Inspector::Tab Inspector::tab() const {
  return static_cast<Tab>(m_stack->currentIndex());
}

void Inspector::setTab(Tab tab) {
  m_tabs[static_cast<size_t>(tab)]->setChecked(true);
  m_stack->setCurrentIndex(static_cast<int>(tab));
  emit tabAsked();
}

// A panel with a line towards the stage.
void Inspector::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), colours(this).panel);
  painter.fillRect(QRect(0, 0, 1, height()), colours(this).line);
}

} // namespace latent::ui
