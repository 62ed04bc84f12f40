#include "ui/views/codes/codes_view.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/codes/code_panel.h"
#include "ui/views/codes/codebook_feed.h"
#include "ui/views/codes/codebook_plots.h"
#include "ui/views/codes/draw_bar.h"
#include "ui/views/codes/map_draw.h"
#include "ui/views/shared/dataset_offer.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/tokens_feed.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/token_map.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr int gap = 16;
constexpr int captionHeight = 20;
constexpr int largestSquare = 280;
constexpr int panelWidth = 264;
constexpr int margin = 12;         // left and right
constexpr int smallestBelow = 180; // under the maps
constexpr size_t nearCodes = 16;

} // namespace

CodesView::CodesView(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_codebook(new CodebookFeed(bench, this)),
      m_draw(new MapDraw(bench, this)),
      m_bar(new DrawBar(this)),
      m_inputCaption(new QLabel(tr("Input x"), this)),
      m_mapCaption(new QLabel(this)),
      m_outputCaption(new QLabel(tr("Output x̂"), this)),
      m_input(new TokenMap(this)),
      m_map(new TokenMap(this)),
      m_output(new TokenMap(this)),
      m_panel(new CodePanel(this)),
      m_plots(new CodebookPlots(m_codebook, this)),
      m_absence(new EmptyState(this)),
      m_offer(new DatasetOffer(bench, this)),
      m_maps{m_input, m_map, m_output} {
  setObjectName("codesView");
  m_map->setObjectName("tokenMap");
  m_input->setObjectName("tokenInput");
  m_output->setObjectName("tokenOutput");
  m_absence->setObjectName("noCodes");
  for (QWidget* cover : std::initializer_list<QWidget*>{m_absence, m_offer})
    cover->setAutoFillBackground(true);
  m_input->setAccessibleName(tr("Input x, cell by cell"));
  m_output->setAccessibleName(tr("Output x̂, cell by cell"));
  m_input->setFocusPolicy(Qt::NoFocus); // the map between them takes the keys
  m_output->setFocusPolicy(Qt::NoFocus);
  for (QLabel* label : {m_inputCaption, m_mapCaption, m_outputCaption}) setRole(label, "caption");

  auto* squares = new QHBoxLayout;
  squares->setSpacing(gap);
  squares->addWidget(square(m_inputCaption, m_input));
  squares->addWidget(square(m_mapCaption, m_map));
  squares->addWidget(square(m_outputCaption, m_output));
  squares->addStretch(1);
  auto* parts = new QWidget(this);
  parts->setMinimumHeight(smallestBelow); // less than its parts ask for: they share what a low window has
  auto* below = new QHBoxLayout(parts);
  below->setContentsMargins(0, 0, 0, 0);
  below->setSpacing(gap);
  m_panel->setFixedWidth(panelWidth);
  below->addWidget(m_panel);
  below->addWidget(m_plots, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(margin, 0, margin, 0);
  column->setSpacing(8);
  column->addWidget(m_bar);
  column->addLayout(squares);
  column->addWidget(parts, 1);

  setHelp(m_map,
          {tr("Map of codes"),
           tr("The encoder gives each square of the image the nearest code of the codebook; the number "
              "and colour of a cell name it, similar codes have similar colours. Choose a cell with a "
              "click or the arrow keys and give it another code: type a number, press [ or ], or take "
              "one of the list. A folded corner marks a cell that is not the input's own."),
           tr("k(i) = argmin_k ‖encoder(x)_i − e_k‖;  x̂ = decoder(e_k(1), …)")});
  connectParts();
  takeRun();
}

QWidget* CodesView::square(QLabel* caption, TokenMap* map) {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  caption->setFixedHeight(captionHeight);
  column->addWidget(caption);
  column->addWidget(map);
  return box;
}

void CodesView::connectParts() {
  connect(m_bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active || before.subject != now.subject) m_draw->cancel();
    if (before.active != now.active) {
      m_anchor = -1;
      takeRun();
    }
    if (before.tokens != now.tokens && !m_editing) gather(); // undone, or another input
  });
  connect(m_bench.runs, &QAbstractItemModel::dataChanged, this, [this] {
    if (!m_absence->isHidden()) takeRun();
  });
  connect(m_bench.tokens, &TokensFeed::changed, this, &CodesView::showMap);
  connect(m_bench.input, &InputFeed::imageChanged, this, &CodesView::takeRun);
  connect(m_codebook, &CodebookFeed::changed, this, &CodesView::showCodebook);
  connect(m_draw, &MapDraw::changed, this, &CodesView::showMap);
  connect(m_draw, &MapDraw::finished, this, [this](const std::vector<int64_t>& map) {
    m_bench.focus->setTokens(map);
    m_bar->nextSeed();
  });
  connect(m_draw, &MapDraw::failed, m_bench.messages, &Messages::error);
  connect(m_bar, &DrawBar::drawAsked, this, &CodesView::draw);
  connect(m_bar, &DrawBar::stopAsked, m_draw, &MapDraw::stop);
  connect(m_bar, &DrawBar::ownAsked, this, [this] {
    m_draw->cancel();
    m_bench.focus->setTokens({});
  });
  for (TokenMap* map : m_maps) connect(map, &TokenMap::currentChanged, this, &CodesView::chooseCell);
  connect(m_map, &TokenMap::digitTyped, m_panel, &CodePanel::typeDigit);
  connect(m_panel, &CodePanel::codeChosen, this, &CodesView::putCode);
  connect(m_panel, &CodePanel::entered, this, [this] { m_map->setFocus(Qt::OtherFocusReason); });
  connect(m_panel, &CodePanel::everywhereToggled, this, [this] {
    gather();
    showCell();
  });
  connect(m_plots, &CodebookPlots::codeChosen, this, &CodesView::chooseCode);
  connect(m_absence, &EmptyState::clicked, this, [this] {
    if (m_bench.runs->find(m_bench.focus->focus().active))
      emit traverseAsked();
    else
      m_bench.navigator->askTraining();
  });
}

// ---- the run ----

const RunItem* CodesView::run() const {
  const RunItem* item = m_bench.runs->find(m_bench.focus->focus().active);
  return item && item->discrete ? item : nullptr;
}

void CodesView::takeRun() {
  const RunItem* item = m_bench.runs->find(m_bench.focus->focus().active);
  const bool broken = item && item->discrete && !item->problem.isEmpty();
  if (!item)
    m_absence->setContent(tr("No run is open."), tr("Set up a run"));
  else if (!item->discrete)
    m_absence->setContent(tr("This model has continuous latents."), tr("Open Traverse"));
  else if (broken)
    m_absence->setContent(item->problem, {});
  m_absence->setVisible(!item || !item->discrete || broken);
  const bool missing = item && m_absence->isHidden() && m_bench.input->image().empty();
  m_offer->setVisible(missing);
  if (missing) m_offer->setDataset(item->config.dataset);
  m_absence->raise();
  m_offer->raise();
  showMap();
  showCodebook();
}

const std::vector<int64_t>& CodesView::tokens() const {
  return m_draw->running() ? m_draw->map() : m_bench.tokens->tokens();
}

// ---- what is seen ----

void CodesView::showMap() {
  if (!isVisible() || !run()) return;
  const TokensFeed& feed = *m_bench.tokens;
  const int rows = feed.rows(), columns = feed.columns();
  const bool drawing = m_draw->running();
  if (m_cell >= rows * columns) m_cell = -1;
  for (TokenMap* map : m_maps) map->setTokens(rows, columns, tokens());
  m_map->setOwn(feed.own());
  m_map->setDrawn(drawing ? m_draw->drawn() : -1);
  m_input->setImage(toQImage(feed.input().empty() ? m_bench.input->image() : feed.input()));
  const bool partial = drawing && !m_draw->image().empty();
  m_output->setImage(toQImage(partial ? m_draw->image() : feed.image()));
  m_map->setImageSize({run()->spec.shape.width, run()->spec.shape.height});
  m_map->setPlaceholder(feed.problem().isEmpty() ? tr("The input is being encoded.") : feed.problem());

  const int cells = rows * columns;
  const auto changed =
      feed.edited() && !drawing
          ? std::ranges::count_if(
                feed.own(), [&, i = size_t{0}](int64_t own) mutable { return own != feed.tokens()[i++]; })
          : 0;
  m_mapCaption->setText(changed > 0 ? tr("Codes · %1 of %2 cells changed").arg(changed).arg(cells)
                        : cells > 0 ? tr("Codes · %1 × %2 of %3").arg(rows).arg(columns).arg(feed.codes())
                                    : tr("Codes"));
  m_bar->setDrawing(drawing, drawing ? tr("cell %1 of %2").arg(m_draw->drawn()).arg(cells) : QString());
  m_bar->setReason(
      !feed.ready() || feed.hasPrior()
          ? QString()
          : tr("This run has no prior over its codes, so that no map can be drawn: train one with "
               "“Train a prior”."));
  m_bar->setEdited(feed.edited() || drawing);
  showCell();
}

void CodesView::showCell() {
  const std::vector<int64_t>& map = tokens();
  const bool chosen = m_cell >= 0 && m_cell < static_cast<int>(map.size());
  const int columns = std::max(1, m_bench.tokens->columns());
  for (TokenMap* each : m_maps) each->setCurrent(chosen ? m_cell : -1);
  const int64_t code = chosen ? map[static_cast<size_t>(m_cell)] : -1;
  m_panel->setCell(tr("Row %1, column %2: code").arg(m_cell / columns + 1).arg(m_cell % columns + 1), code,
                   m_bench.tokens->codes());
  m_panel->setEqualCells(chosen ? static_cast<int>(std::ranges::count(map, code)) : 0);
  m_panel->setEnabled(!m_draw->running());
  m_bar->setCell(chosen);
  if (!chosen) return;
  m_plots->setCurrent(code);
}

void CodesView::showCodebook() {
  if (!isVisible() || !run()) return;
  const CodebookLook& look = m_codebook->look();
  if (m_anchor < 0 && !look.used.empty()) // nothing was chosen yet: what is used most
    m_anchor = std::ranges::max_element(look.used) - look.used.begin();
  m_plots->refresh();
  for (TokenMap* map : m_maps) map->setColours(look.colours);
  m_panel->setNear(m_anchor, m_codebook->nearest(m_anchor, nearCodes), look);
  showCell();
}

// ---- what a person does ----

void CodesView::chooseCell(int cell) {
  m_cell = cell;
  const std::vector<int64_t>& map = tokens();
  if (cell >= 0 && cell < static_cast<int>(map.size())) m_anchor = map[static_cast<size_t>(cell)];
  gather();
  showCodebook();
}

void CodesView::chooseCode(int64_t code) {
  m_anchor = code;
  m_plots->setCurrent(code);
  m_panel->setNear(code, m_codebook->nearest(code, nearCodes), m_codebook->look());
}

// The cells are those that were equal when the cell was chosen: stepping through codes does not gather others
// on its way.
void CodesView::gather() {
  const std::vector<int64_t>& map = m_bench.tokens->tokens();
  m_group.clear();
  if (m_cell < 0 || m_cell >= static_cast<int>(map.size())) return;
  m_group.insert(m_cell);
  if (!m_panel->everywhere()) return;
  for (size_t i = 0; i < map.size(); ++i)
    if (map[i] == map[static_cast<size_t>(m_cell)]) m_group.insert(static_cast<int>(i));
}

void CodesView::putCode(int64_t code) {
  std::vector<int64_t> map = m_bench.tokens->tokens();
  if (m_draw->running() || code < 0 || code >= m_bench.tokens->codes()) return;
  if (m_group.empty() || *m_group.rbegin() >= static_cast<int>(map.size())) return;
  for (const int cell : m_group) map[static_cast<size_t>(cell)] = code;
  const bool own = map == m_bench.tokens->own();
  m_editing = true;
  m_bench.focus->setTokens(own ? std::vector<int64_t>() : map);
  m_editing = false;
}

void CodesView::stepCode(int direction) {
  const std::vector<int64_t>& map = m_bench.tokens->tokens();
  const int64_t codes = m_bench.tokens->codes();
  if (m_cell < 0 || m_cell >= static_cast<int>(map.size()) || codes < 1) return;
  putCode((map[static_cast<size_t>(m_cell)] + direction + codes) % codes);
}

void CodesView::draw(bool fromCell) {
  if (!m_bench.tokens->ready()) return;
  m_draw->start(m_bench.tokens->tokens(), fromCell ? std::max(0, m_cell) : 0, m_bar->seed(),
                m_bar->temperature());
}

Json CodesView::viewState() const {
  Json state;
  state["temperature"] = m_bar->temperature();
  state["seed"] = m_bar->seed();
  state["cell"] = m_cell;
  state["everywhere"] = m_panel->everywhere();
  return state;
}

void CodesView::setViewState(const Json& state) {
  if (!state.is_object()) return;
  const auto number = [&state](const char* key, double otherwise) {
    const auto found = state.find(key);
    return found != state.end() && found->is_number() ? found->get<double>() : otherwise;
  };
  m_bar->setValues(number("temperature", m_bar->temperature()),
                   static_cast<uint64_t>(std::max(0.0, number("seed", double(m_bar->seed())))));
  const auto everywhere = state.find("everywhere");
  if (everywhere != state.end() && everywhere->is_boolean()) m_panel->setEverywhere(everywhere->get<bool>());
  m_cell = static_cast<int>(number("cell", m_cell));
  chooseCell(m_cell);
}

QWidget* CodesView::keyTarget() const {
  return m_absence->isHidden() ? static_cast<QWidget*>(m_map) : m_absence->button();
}

void CodesView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  m_codebook->setFollowing(true);
  takeRun();
}

void CodesView::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  m_draw->stop();
  m_codebook->setFollowing(false);
}

void CodesView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_absence->setGeometry(rect());
  m_offer->setGeometry(rect());
  const int wide = (width() - 2 * gap - 2 * margin) / 3;
  const int tall = height() - controlHeight - captionHeight - smallestBelow - 2 * 8;
  const int side = std::clamp(std::min(wide, tall) / 28 * 28, 56, largestSquare);
  for (TokenMap* map : m_maps) map->setFixedSize(side, side);
}

} // namespace latent::ui
