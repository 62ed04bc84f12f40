#include "ui/views/inspector/inspector.h"

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
      m_setupTab(new QToolButton(this)),
      m_pointTab(new QToolButton(this)),
      m_stack(new QStackedWidget(this)),
      m_setup(new SetupPanel(bench, m_stack)),
      m_point(new PointPanel(bench, m_stack)) {
  auto* row = new QWidget(this);
  row->setFixedHeight(tabRowHeight);
  auto* tabs = new QHBoxLayout(row);
  tabs->setContentsMargins(16, 0, 16, 0);
  tabs->setSpacing(4);
  auto* group = new QButtonGroup(this);
  m_setupTab->setText(tr("Setup"));
  m_pointTab->setText(tr("Point"));
  m_setupTab->setObjectName("setupTab");
  m_pointTab->setObjectName("pointTab");
  for (QToolButton* tab : {m_setupTab, m_pointTab}) {
    tab->setCheckable(true);
    setRole(tab, "tab");
    group->addButton(tab);
    tabs->addWidget(tab);
  }
  tabs->addStretch(1);
  m_stack->addWidget(m_setup);
  m_stack->addWidget(m_point);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(row);
  column->addWidget(m_stack, 1);
  connect(m_setupTab, &QToolButton::clicked, this, [this] { setTab(Tab::setup); });
  connect(m_pointTab, &QToolButton::clicked, this, [this] { setTab(Tab::point); });
  setTab(Tab::point);
}

Inspector::Tab Inspector::tab() const {
  return m_stack->currentWidget() == m_setup ? Tab::setup : Tab::point;
}

void Inspector::setTab(Tab tab) {
  (tab == Tab::setup ? m_setupTab : m_pointTab)->setChecked(true);
  m_stack->setCurrentWidget(tab == Tab::setup ? static_cast<QWidget*>(m_setup) : m_point);
}

// A panel with a line towards the stage.
void Inspector::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), colours(this).panel);
  painter.fillRect(QRect(0, 0, 1, height()), colours(this).line);
}

} // namespace latent::ui
