#include "ui/views/explore/nearest_panel.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/nearest_strip.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int paceMs = 50;

} // namespace

NearestPanel::NearestPanel(const Workbench& bench, int strips, QWidget* parent)
    : QWidget(parent), m_bench(bench) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  auto* caption = new QLabel(tr("Nearest real images"), this);
  setRole(caption, strips > 1 ? "heading" : "caption");
  column->addWidget(caption);
  for (int i = 0; i < strips; ++i) {
    auto* strip = new NearestStrip(this);
    strip->setAccessibleName(tr("Nearest real images"));
    connect(strip, &NearestStrip::clicked, this,
            [this](int64_t index) { m_bench.navigator->setInput(index); });
    column->addWidget(strip);
    m_strips.push_back(strip);
  }
  column->addStretch(1);
  setHelp(this,
          {tr("Nearest real images"),
           tr("Images of the test set whose codes lie nearest to the point. A click takes one as the input."),
           tr("min |mu(x_i) − z|")});

  m_pace.setSingleShot(true);
  m_pace.setInterval(paceMs);
  connect(&m_pace, &QTimer::timeout, this, &NearestPanel::refresh);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.cursor != now.cursor || before.active != now.active) refreshSoon();
  });
  connect(bench.codes, &CodesFeed::changed, this, &NearestPanel::refreshSoon);
}

void NearestPanel::refreshSoon() {
  if (!m_pace.isActive()) m_pace.start();
}

int NearestPanel::perStrip() const {
  return std::max(1, width() / 60);
}

void NearestPanel::refresh() {
  if (!isVisible()) return;
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  const auto codes = m_bench.codes->codes();
  std::vector<NearestItem> found;
  if (run && codes && codes->run == focus.active &&
      static_cast<int>(focus.cursor.size()) == codes->codes.points().latent) {
    const int count = perStrip() * static_cast<int>(m_strips.size());
    const std::vector<std::string> classes = m_bench.library->classNames(run->config.dataset);
    for (const int64_t index : codes->codes.nearest(focus.cursor, count)) {
      NearestItem item;
      item.index = index;
      item.image = m_bench.library->image(run->config.dataset, "test", index);
      const int64_t label = m_bench.library->label(run->config.dataset, "test", index);
      if (label >= 0 && static_cast<size_t>(label) < classes.size())
        item.label = QString::fromStdString(classes[static_cast<size_t>(label)]);
      found.push_back(std::move(item));
    }
  }
  const auto each = static_cast<size_t>(perStrip());
  for (size_t i = 0; i < m_strips.size(); ++i) {
    const size_t first = std::min(found.size(), i * each);
    const size_t last = std::min(found.size(), first + each);
    m_strips[i]->setPlaceholder(i == 0 ? tr("Needs the images of the run's data set.") : QString());
    m_strips[i]->setItems(
        {found.begin() + static_cast<long>(first), found.begin() + static_cast<long>(last)});
  }
}

void NearestPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refreshSoon();
}

void NearestPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  refreshSoon();
}

} // namespace latent::ui
