#include "ui/views/explore/explore_view.h"

#include "ui/views/codes/codes_view.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/explore/plane_view.h"
#include "ui/views/traverse/traverse_view.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/latent_plane.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>
#include <string>

namespace latent::ui {
namespace {

constexpr int pages = 3;
constexpr std::array<const char*, pages> pageNames = {"plane", "traverse", "codes"}; // what files hold

} // namespace

ExploreView::ExploreView(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_plane(new PlaneView(bench, this)),
      m_traverse(new TraverseView(bench, this)),
      m_codes(new CodesView(bench, this)),
      m_pages(new QStackedWidget(this)),
      m_tools(new QWidget(this)),
      m_choice(new QButtonGroup(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_pages);
  for (QWidget* page : std::initializer_list<QWidget*>{m_plane, m_traverse, m_codes})
    m_pages->addWidget(page);
  makeTools();
  connect(m_traverse, &TraverseView::codesAsked, this, [this] { setPage(Page::codes); });
  connect(m_codes, &CodesView::traverseAsked, this, [this] { setPage(Page::traverse); });
  setPage(Page::plane);
}

// The choice of the page stands at the right end, where it does not move when the tools beside it change.
void ExploreView::makeTools() {
  auto* row = new QHBoxLayout(m_tools);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(m_plane->tools());
  auto* segments = new QHBoxLayout;
  segments->setSpacing(0);
  row->addLayout(segments);
  const auto add = [&](Page page, const QString& text, const QString& tip, const HelpText& help) {
    auto* button = new QToolButton(m_tools);
    button->setText(text);
    button->setToolTip(tip);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setObjectName(QStringLiteral("page-") + QLatin1String(pageNames[static_cast<size_t>(page)]));
    setRole(button, "segment");
    setHelp(button, help);
    m_choice->addButton(button, static_cast<int>(page));
    segments->addWidget(button);
  };
  add(Page::plane, tr("Plane"), tr("The latent plane with tiles and points"),
      {tr("Plane"),
       tr("Two latents of the active run as a plane: drag the point, see what is decoded there."),
       tr("x̂ = decoder(z)")});
  add(Page::traverse, tr("Traverse"), tr("A slider and a strip of images for each latent"),
      {tr("Traverse"), tr("What each latent does: one moves while all others stay."),
       tr("x̂ = decoder(start with z_j := value)")});
  add(Page::codes, tr("Codes"), tr("The map of codes of a VQ-VAE and its codebook"),
      {tr("Codes"), tr("The map of codes of a VQ-VAE: edit it, draw it from the prior, see its codebook."),
       tr("x̂ = decoder( e_k(1), …, e_k(n) )")});
  connect(m_choice, &QButtonGroup::idClicked, this, [this](int page) { setPage(static_cast<Page>(page)); });
  m_tools->hide();
}

ExploreView::Page ExploreView::page() const {
  return static_cast<Page>(m_pages->currentIndex());
}

void ExploreView::setPage(Page page) {
  m_choice->button(static_cast<int>(page))->setChecked(true);
  m_plane->tools()->setVisible(page == Page::plane);
  const bool other = static_cast<int>(page) != m_pages->currentIndex();
  const bool keys = m_pages->isAncestorOf(QApplication::focusWidget());
  m_pages->setCurrentIndex(static_cast<int>(page));
  if (keys) keyTarget()->setFocus(Qt::OtherFocusReason);
  if (other) emit pageChanged(page);
}

PlanePanel* ExploreView::planePanel() const {
  return m_plane->planePanel();
}

QWidget* ExploreView::pageInFront() const {
  return m_pages->currentWidget();
}

QWidget* ExploreView::keyTarget() const {
  switch (page()) {
  case Page::traverse:
    return m_traverse->keyTarget();
  case Page::codes:
    return m_codes->keyTarget();
  case Page::plane:
    break;
  }
  return planePanel()->plane();
}

void ExploreView::stepLatent(int direction) {
  switch (page()) {
  case Page::traverse:
    m_traverse->stepLatent(direction);
    break;
  case Page::codes:
    m_codes->stepCode(direction);
    break;
  case Page::plane:
    planePanel()->stepAxis(direction);
    break;
  }
}

Json ExploreView::viewState() const {
  Json state;
  state["page"] = pageNames[static_cast<size_t>(page())];
  state["plane"] = m_plane->viewState();
  state["traverse"] = m_traverse->viewState();
  state["codes"] = m_codes->viewState();
  return state;
}

void ExploreView::setViewState(const Json& state) {
  if (!state.is_object()) return;
  if (state.contains("plane")) m_plane->setViewState(state["plane"]);
  if (state.contains("traverse")) m_traverse->setViewState(state["traverse"]);
  if (state.contains("codes")) m_codes->setViewState(state["codes"]);
  const auto known = state.find("page");
  for (int page = 0; page < pages; ++page)
    if (known != state.end() && *known == pageNames[static_cast<size_t>(page)])
      setPage(static_cast<Page>(page));
}

} // namespace latent::ui
