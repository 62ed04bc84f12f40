#include "ui/views/explore/nearest_panel.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/image_rows.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/dataset_offer.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace latent::ui {
namespace {

constexpr int paceMs = 50;

} // namespace

NearestPanel::NearestPanel(const Workbench& bench, int mostRows, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_caption(new QLabel(tr("Nearest real images"), this)),
      m_rows(new ImageRows(bench, mostRows, tr("Nearest real images"), this)),
      m_offer(new DatasetOffer(bench, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  setRole(m_caption, mostRows > 1 ? "heading" : "caption");
  column->addWidget(m_caption);
  column->addWidget(m_rows, 1);
  column->addWidget(m_offer, 1);
  m_offer->hide();
  if (mostRows == 1) { // in the inspector, where nothing moves when the images arrive
    m_offer->setShort();
    m_offer->setMinimumHeight(m_rows->sizeHint().height());
  }
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
  connect(bench.library, &LibraryBridge::datasetLoaded, this, &NearestPanel::refreshSoon);
  connect(m_rows, &ImageRows::capacityChanged, this, &NearestPanel::refreshSoon);
}

void NearestPanel::refreshSoon() {
  if (!m_pace.isActive()) m_pace.start();
}

void NearestPanel::refresh() {
  if (!isVisible()) return;
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  const bool hasImages = run && m_bench.library->split(run->config.dataset, "test");
  m_offer->setVisible(run && !hasImages);
  m_rows->setVisible(!m_offer->isVisibleTo(this));
  if (run && !hasImages) m_offer->setDataset(run->config.dataset);

  const auto codes = m_bench.codes->codes();
  std::vector<int64_t> found;
  bool far = false;
  if (hasImages && codes && codes->run == focus.active &&
      static_cast<int>(focus.cursor.size()) == codes->codes.points().latent) {
    found = codes->codes.nearest(focus.cursor, m_rows->capacity());
    far = codes->codes.isFar(focus.cursor);
  }
  m_caption->setText(far ? tr("Nearest, though far from z") : tr("Nearest real images"));
  m_rows->setPlaceholder(!hasImages                           ? QString()
                         : m_bench.codes->problem().isEmpty() ? tr("The test images are being encoded…")
                                                              : m_bench.codes->problem());
  m_rows->setImages(found);
}

void NearestPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refreshSoon();
}

} // namespace latent::ui
