#include "ui/views/traverse/traverse_view.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/copy_table.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/point_feed.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/views/traverse/grid_panel.h"
#include "ui/views/traverse/latent_facts.h"
#include "ui/views/traverse/latent_table.h"
#include "ui/views/traverse/strip_feed.h"
#include "ui/views/traverse/sweep.h"
#include "ui/views/traverse/traverse_bar.h"
#include "ui/views/traverse/traverse_rows.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/histogram_slider.h"
#include "ui/widgets/image_matrix.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

constexpr int margin = 12; // of the words left of the rows, as theirs

QToolButton* smallButton(const QString& name, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setObjectName(name);
  button->setFocusPolicy(Qt::TabFocus);
  setRole(button, "small");
  return button;
}

} // namespace

TraverseView::TraverseView(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_facts(new LatentFactsFeed(bench, this)),
      m_strips(new StripFeed(bench, this)),
      m_sweep(new Sweep(this)),
      m_bar(new TraverseBar(this)),
      m_sentence(new QLabel(this)),
      m_resort(smallButton(QStringLiteral("traverseResort"), this)),
      m_fold(smallButton(QStringLiteral("traverseFold"), this)),
      m_pages(new QStackedWidget(this)),
      m_list(new QWidget(m_pages)),
      m_rows(new TraverseRows(m_list)),
      m_detail(new QWidget(m_list)),
      m_output(new ImageView(m_detail)),
      m_words(new QLabel(m_detail)),
      m_grid(new GridPanel(m_pages)),
      m_absence(new EmptyState(this)) {
  setObjectName("traverseView");
  m_rows->setObjectName("traverseRows");
  m_absence->setObjectName("noTraverse");
  m_absence->setAutoFillBackground(true);
  m_output->setCaption(tr("Output x̂"));
  m_words->setTextFormat(Qt::PlainText);
  m_words->setWordWrap(true);
  setRole(m_sentence, "caption");
  offerTable(
      this,
      [this]() -> std::optional<Table> {
        const auto facts = m_facts->facts();
        return facts && informed() ? std::optional(latentTable(facts->use)) : std::nullopt;
      },
      TableKey::pictures);
  m_resort->setText(tr("Sort again"));
  m_resort->setToolTip(tr("The order is that of the moment when this page was opened"));

  auto* line = new QHBoxLayout;
  line->setContentsMargins(margin, 0, 0, 0);
  line->setSpacing(8);
  line->addWidget(m_sentence, 1);
  line->addWidget(m_resort);
  line->addWidget(m_fold);
  m_fold->hide(); // until there is something to fold
  auto* detail = new QHBoxLayout(m_detail);
  detail->setContentsMargins(12, 8, 0, 0);
  detail->setSpacing(16);
  detail->addWidget(m_output, 0, Qt::AlignTop);
  detail->addWidget(m_words, 1, Qt::AlignTop);
  auto* list = new QVBoxLayout(m_list);
  list->setContentsMargins(0, 0, 0, 0);
  list->setSpacing(0);
  list->addWidget(m_rows);
  list->addWidget(m_detail);
  list->addStretch(1);
  m_pages->addWidget(m_list);
  m_pages->addWidget(m_grid);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(m_bar);
  column->addLayout(line);
  column->addWidget(m_pages, 1);
  setHelp(
      m_rows,
      {tr("Latents"),
       tr("Each row moves one latent of z while all others stay. The histogram in the slider's track shows "
          "where the codes of the test images lie, the dotted line the code of the input. Left and Right "
          "move by 0.05 of the data's spread (Shift ten times, Ctrl a tenth), Up and Down change the "
          "latent, hold S plays the sweep. A click on an image takes its point."),
       tr("x̂ = decoder(start with z_j := value)")});
  connectParts();
  takeRun();
}

void TraverseView::connectParts() {
  connectFeeds();
  connectChoices();
  connectGestures();
  connect(m_absence, &EmptyState::clicked, this, [this] {
    const RunItem* item = m_bench.runs->find(m_bench.focus->focus().active);
    if (item && item->discrete)
      emit codesAsked();
    else
      m_bench.navigator->askTraining();
  });
}

void TraverseView::connectFeeds() {
  connect(m_bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active)
      takeRun();
    else if (before.cursor != now.cursor)
      showPoint();
  });
  connect(m_bench.sources, &SourceKeeper::changed, this, [this](const RunId& id) {
    if (id != m_bench.focus->focus().active) return;
    if (m_absence->isHidden() && isVisible())
      askImages();
    else
      refresh();
  });
  connect(m_bench.input, &InputFeed::answered, this, [this](const RunId& id) {
    if (id == m_bench.focus->focus().active) refresh();
  });
  connect(m_bench.runs, &QAbstractItemModel::dataChanged, this, [this] {
    if (m_absence->isVisible()) takeRun(); // its weights may have come
  });
  connect(m_facts, &LatentFactsFeed::changed, this, [this] {
    if (!m_ordered && m_facts->facts())
      takeOrder();
    else
      appendAlive();
    takeChoice();
  });
  connect(m_strips, &StripFeed::arrived, this, &TraverseView::showImages);
  connect(m_bench.point, &PointFeed::arrived, this, &TraverseView::showImages);
}

void TraverseView::connectChoices() {
  connect(m_bar, &TraverseBar::choiceChanged, this, [this] {
    const TraverseChoice before = std::exchange(m_choice, m_bar->choice());
    if (before.sort != m_choice.sort) takeOrder();
    takeChoice();
  });
  connect(m_bar, &TraverseBar::playToggled, this, &TraverseView::playFrom);
  connect(m_resort, &QToolButton::clicked, this, [this] {
    takeOrder();
    refresh();
  });
  connect(m_fold, &QToolButton::clicked, this, [this] {
    m_choice.unfolded = !m_choice.unfolded;
    takeOrder();
    takeChoice();
  });
  connect(m_rows, &TraverseRows::seenChanged, this, [this] {
    for (TraverseRow* row : m_rows->seen()) fillRow(row);
    askImages();
  });
  connect(m_rows, &TraverseRows::currentChanged, this, &TraverseView::setLatent);
  connect(m_rows, &TraverseRows::valueMoved, this, &TraverseView::moveLatent);
  connect(m_rows, &TraverseRows::imagePicked, this, &TraverseView::pick);
  connect(m_grid->across(), &HistogramSlider::valueMoved, this,
          [this](double value) { moveLatent(m_choice.latent, value); });
  connect(m_grid->up(), &HistogramSlider::valueMoved, this,
          [this](double value) { moveLatent(secondLatent(), value); });
  connect(m_grid->matrix(), &ImageMatrix::picked, this, &TraverseView::pickInGrid);
  connect(m_grid, &GridPanel::sideChanged, this, [this] {
    if (m_pages->currentWidget() == m_grid) refresh();
  });
  connect(m_grid, &GridPanel::axesChosen, this, [this](int across, int up) {
    m_choice.latent = across;
    m_choice.second = up;
    m_rows->setCurrent(across);
    takeChoice();
  });
}

void TraverseView::connectGestures() {
  FocusStore* focus = m_bench.focus;
  const auto begin = [this, focus] {
    m_sweep->stop();
    focus->beginGesture();
  };
  connect(m_rows, &TraverseRows::gestureStarted, this, begin);
  connect(m_grid, &GridPanel::gestureStarted, this, begin);
  connect(m_rows, &TraverseRows::gestureFinished, focus, &FocusStore::endGesture);
  connect(m_grid, &GridPanel::gestureFinished, focus, &FocusStore::endGesture);
  connect(m_sweep, &Sweep::started, this, [this] {
    m_bench.focus->beginGesture();
    m_bar->setPlaying(true);
  });
  connect(m_sweep, &Sweep::moved, this, [this](double value) { moveLatent(m_choice.latent, value); });
  connect(m_sweep, &Sweep::stopped, this, [this] {
    m_bench.focus->endGesture();
    m_bar->setPlaying(false);
  });
}

// ---- the run and what is chosen ----

const RunItem* TraverseView::run() const {
  const RunId& active = m_bench.focus->focus().active;
  const RunItem* item = active == m_run ? m_bench.runs->find(active) : nullptr;
  const bool points = item && item->latentSize() > 0 &&
                      m_bench.focus->focus().cursor.size() == static_cast<size_t>(item->latentSize());
  return points ? item : nullptr;
}

void TraverseView::takeRun() {
  m_sweep->stop();
  m_strips->clear();
  m_ordered = false;
  m_run = m_bench.focus->focus().active;
  const RunItem* item = m_bench.runs->find(m_run);
  if (!item)
    m_absence->setContent(tr("No run is open."), tr("Set up a run"));
  else if (item->discrete)
    m_absence->setContent(tr("%1 has codes of a codebook in place of coordinates: there is no z_j to move.")
                              .arg(item->shortFamily),
                          tr("Open Codes"));
  else if (!item->problem.isEmpty())
    m_absence->setContent(item->problem, {});
  m_absence->setVisible(!item || item->discrete || !item->problem.isEmpty());
  m_absence->raise();
  takeOrder();
  takeChoice();
}

void TraverseView::takeChoice() {
  const RunItem* item = run();
  const bool prior = item && item->hasPrior, codes = m_facts->facts() != nullptr;
  m_bar->setPossible(prior, codes, m_facts->facts() ? m_facts->facts()->use.byKl : prior,
                     item && item->latentSize() > 1);
  m_bar->setChoice(m_choice, rangeFor(m_choice, prior, codes));
  const bool two = m_choice.grid && item && item->latentSize() > 1;
  m_pages->setCurrentWidget(two ? static_cast<QWidget*>(m_grid) : m_list);
  layOutRows();
  refresh();
}

Json TraverseView::viewState() const {
  return toJson(m_choice);
}

void TraverseView::setViewState(const Json& state) {
  m_choice = traverseChoiceFromJson(state);
  takeOrder();
  takeChoice();
}

bool TraverseView::informed() const {
  return m_facts->facts() != nullptr;
}

QWidget* TraverseView::keyTarget() const {
  if (!m_absence->isHidden()) return m_absence->button();
  return m_pages->currentWidget() == m_grid ? static_cast<QWidget*>(m_grid) : m_rows;
}

// ---- what a person does ----

void TraverseView::moveLatent(int latent, double value) {
  m_bench.navigator->setLatent(latent, static_cast<float>(value));
}

// An image's point is the start with one latent changed.
void TraverseView::pick(int latent, int column) {
  const LatentPoint from = start();
  const std::vector<float> strip = traversalStrip(from, latent, interval(latent), m_frames);
  const auto at = strip.begin() + static_cast<long>(column) * static_cast<long>(from.size());
  m_bench.focus->setCursor({at, at + static_cast<long>(from.size())});
}

void TraverseView::pickInGrid(int row, int column) {
  const LatentPoint from = start();
  const std::vector<float> points =
      traversalGrid(from, m_choice.latent, interval(m_choice.latent), m_grid->side(), secondLatent(),
                    interval(secondLatent()), m_grid->side());
  const auto at =
      points.begin() + static_cast<long>(row * m_grid->side() + column) * static_cast<long>(from.size());
  m_bench.focus->setCursor({at, at + static_cast<long>(from.size())});
}

void TraverseView::setLatent(int latent) {
  if (latent == m_choice.latent) return;
  m_sweep->stop();
  m_choice.latent = latent;
  refresh();
}

void TraverseView::stepLatent(int direction) {
  m_rows->stepCurrent(direction);
}

void TraverseView::playFrom(bool on) {
  const auto j = static_cast<size_t>(m_choice.latent);
  const LatentPoint& z = m_bench.focus->focus().cursor;
  if (!on || !run() || j >= z.size()) {
    m_sweep->stop();
    m_bar->setPlaying(m_sweep->running());
    return;
  }
  const Interval range = interval(m_choice.latent);
  m_sweep->start(range.low, range.high, z[j]);
}

void TraverseView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  m_facts->setFollowing(true);
  takeRun();
}

void TraverseView::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  m_sweep->stop();
  m_facts->setFollowing(false);
}

void TraverseView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_absence->setGeometry(rect());
  layout()->activate();
  layOutRows();
  refresh();
}

void TraverseView::keyPressEvent(QKeyEvent* event) {
  const bool bare = !(event->modifiers() & ~Qt::KeypadModifier);
  if (event->key() != Qt::Key_S || !bare) return QWidget::keyPressEvent(event);
  if (!event->isAutoRepeat()) playFrom(true);
}

void TraverseView::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_S) return QWidget::keyReleaseEvent(event);
  if (!event->isAutoRepeat()) m_sweep->stop();
}

} // namespace latent::ui
