#include "ui/views/train/curves_panel.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/metrics_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/words.h"
#include "ui/views/train/series_words.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemView>
#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int refreshMs = 33;

QToolButton* splitToggle(const QString& text, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setText(text);
  button->setCheckable(true);
  setRole(button, "text");
  return button;
}

/// "latent size": a parameter in the words of the form.
QString labelOf(const LibraryBridge& library, const std::string& key) {
  for (const FamilyInfo& family : library.families()) {
    const ParameterSpec* spec = findParameter(family.schema, key);
    if (!spec) continue;
    QString label = QString::fromStdString(spec->label);
    if (label.size() > 1 && label.at(1).isLower()) label[0] = label.at(0).toLower(); // "KL weight" stays
    return label;
  }
  return QString::fromStdString(key);
}

} // namespace

CurvesPanel::CurvesPanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_view(new CurvesView(this)),
      m_note(new QLabel(this)),
      m_measure(new QComboBox(this)),
      m_part(new QComboBox(this)),
      m_train(splitToggle(tr("Train"), this)),
      m_test(splitToggle(tr("Test"), this)),
      m_more(new QToolButton(this)),
      m_menu(new QMenu(this)) {
  auto* row = new QWidget(this);
  makeTools(row);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(row);
  column->addWidget(m_view, 1);
  column->addWidget(m_note);
  m_note->setObjectName("curvesNote");
  m_note->setTextFormat(Qt::PlainText);
  m_note->setWordWrap(true);
  m_note->hide();
  setRole(m_note, "caption");
  m_view->setObjectName("curvesView");
  setHelp(m_view, {tr("Curves"),
                   tr("How the shown runs learn, in nats, an image on average. Test curves are drawn full, "
                      "training curves thin. "
                      "Turn the wheel to zoom, drag to move, double-click to fit."),
                   tr("loss = recon + KL")});

  // Curves grow at 30 Hz while a run trains: many changes, one redraw.
  m_refresh.setSingleShot(true);
  m_refresh.setInterval(refreshMs);
  connect(&m_refresh, &QTimer::timeout, this, &CurvesPanel::refresh);
  connect(bench.metrics, &MetricsStore::changed, this, [this](const RunId& run) {
    const auto& shown = m_bench.focus->focus().shown;
    if (std::ranges::find(shown, run) != shown.end()) refreshSoon();
  });
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.shown != now.shown || before.active != now.active) refreshSoon();
    if (before.step != now.step || before.active != now.active) updateMarker();
  });
  connect(bench.runs, &QAbstractItemModel::rowsRemoved, this, &CurvesPanel::refreshSoon);
  connect(bench.runs, &QAbstractItemModel::dataChanged, this,
          [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
            if (roles.isEmpty()) refreshSoon(); // a whole row: what is lost of its curves may be said
          });
  connect(m_view, &CurvesView::emptyButtonClicked, this, &CurvesPanel::emptyButtonClicked);
  setChoice(m_choice);
}

void CurvesPanel::makeTools(QWidget* row) {
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(4);
  m_measure->addItem(tr("Loss (lower is better)"), false);
  m_measure->addItem(tr("Log-likelihood bound (higher is better)"), true);
  m_measure->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_measure->setMinimumContentsLength(16);
  m_measure->view()->setMinimumWidth(m_measure->view()->sizeHintForColumn(0) + 16); // longer than the box
  fillParts();
  m_measure->setAccessibleName(tr("What the curves measure"));
  m_part->setAccessibleName(tr("Part of the objective"));
  setHelp(m_measure,
          {tr("Loss or bound"),
           tr("The loss is what training minimises. The log-likelihood bound (ELBO) is what a VAE says about "
              "the data; "
              "an AE has none, its reconstruction is shown instead and the two are not to be ranked."),
           tr("ELBO = −(recon + KL)")});
  setHelp(
      m_part,
      {tr("Part of the objective"),
       tr("The whole objective, the reconstruction (summed over the pixels, mean over the images) or the KL "
          "divergence from the prior (summed over the latents), in nats; and what the families of the shown "
          "runs "
          "measure besides."),
       tr("loss = recon + KL")});
  m_more->setText(QStringLiteral("⋯"));
  m_more->setToolTip(tr("Axes, smoothing, facets"));
  m_more->setAccessibleName(m_more->toolTip());
  m_more->setPopupMode(QToolButton::InstantPopup);
  m_more->setMenu(m_menu);
  setRole(m_more, "text");
  m_train->setToolTip(tr("Curves over the training images, as seen (thin)"));
  m_test->setToolTip(tr("Curves over the whole test set, after each epoch"));
  m_part->setFixedWidth(88);
  m_part->setObjectName("curvePart");
  line->addWidget(m_measure, 1);
  line->addWidget(m_part);
  line->addWidget(m_train);
  line->addWidget(m_test);
  line->addWidget(m_more);
  connect(m_measure, &QComboBox::activated, this, [this] {
    m_choice.bound = m_measure->currentData().toBool();
    m_view->setArea({}); // of another quantity
    chosen();
  });
  connect(m_part, &QComboBox::activated, this, [this] {
    m_choice.part = m_part->currentData().toString().toStdString();
    m_view->setArea({});
    chosen();
  });
  connect(m_train, &QToolButton::clicked, this, [this](bool on) {
    m_choice.train = on;
    chosen();
  });
  connect(m_test, &QToolButton::clicked, this, [this](bool on) {
    m_choice.test = on;
    chosen();
  });
  connect(m_menu, &QMenu::aboutToShow, this, &CurvesPanel::fillMenu);
}

// The terms of the shown runs' families. What was chosen stays, also where no shown run has it.
void CurvesPanel::fillParts() {
  std::vector<std::string> parts = curveParts(m_bench.focus->focus().shown, *m_bench.metrics);
  parts.insert(parts.begin(), "total");
  if (std::ranges::find(parts, m_choice.part) == parts.end()) parts.push_back(m_choice.part);
  QStringList keys, known;
  for (const std::string& part : parts) keys << QString::fromStdString(part);
  for (int i = 0; i < m_part->count(); ++i) known << m_part->itemData(i).toString();
  if (keys == known || m_part->view()->isVisible()) return; // an open list holds still
  m_part->clear();
  for (const std::string& part : parts) {
    const SeriesWords words = wordsOf(part);
    m_part->addItem(part == "total" ? tr("total") : words.name, QString::fromStdString(part));
    if (part != "total") m_part->setItemData(m_part->count() - 1, words.axis, Qt::ToolTipRole);
  }
  m_part->setCurrentIndex(m_part->findData(QString::fromStdString(m_choice.part)));
  m_part->view()->setMinimumWidth(m_part->view()->sizeHintForColumn(0) + 16); // longer than the box
}

void CurvesPanel::fillMenu() {
  m_menu->clear();
  const auto flag = [this](const QString& text, bool on, auto set) {
    QAction* action = m_menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(on);
    connect(action, &QAction::toggled, this, [this, set](bool value) {
      set(value);
      chosen();
    });
  };
  flag(tr("Logarithmic epochs"), m_choice.logX, [this](bool on) { m_choice.logX = on; });
  flag(tr("Logarithmic values"), m_choice.logY, [this](bool on) { m_choice.logY = on; });

  const auto oneOf = [this](const QString& title, const auto& entries, auto current, auto set) {
    QMenu* menu = m_menu->addMenu(title);
    auto* group = new QActionGroup(menu);
    for (const auto& [text, value] : entries) {
      QAction* action = menu->addAction(text);
      action->setCheckable(true);
      action->setChecked(value == current);
      group->addAction(action);
      connect(action, &QAction::triggered, this, [this, set, chosenValue = value] {
        set(chosenValue);
        chosen();
      });
    }
  };
  m_menu->addSeparator();
  oneOf(tr("Smoothing"),
        std::vector<std::pair<QString, double>>{{tr("None"), 0.0},
                                                {tr("Little (0.6)"), 0.6},
                                                {tr("Medium (0.9)"), 0.9},
                                                {tr("Strong (0.97)"), 0.97}},
        m_choice.smoothing, [this](double weight) { m_choice.smoothing = weight; });
  std::vector<std::pair<QString, std::string>> facets{{tr("One plot"), ""}};
  for (const std::string& key : facetKeys(m_bench.focus->focus().shown, *m_bench.runs)) {
    const QString text = key == "family"    ? tr("By model")
                         : key == "dataset" ? tr("By data set")
                                            : tr("By %1").arg(labelOf(*m_bench.library, key));
    facets.emplace_back(text, key);
  }
  oneOf(tr("Facets"), facets, m_choice.facet, [this](const std::string& key) {
    m_choice.facet = key;
    m_view->setArea({}); // of other facets
  });
  if (!m_choice.facet.empty())
    flag(tr("One range of values for all facets"), m_choice.sharedY,
         [this](bool on) { m_choice.sharedY = on; });
}

void CurvesPanel::setChoice(const CurveChoice& choice) {
  m_choice = choice;
  m_measure->setCurrentIndex(m_choice.bound ? 1 : 0);
  fillParts();
  m_part->setCurrentIndex(m_part->findData(QString::fromStdString(m_choice.part)));
  m_train->setChecked(m_choice.train);
  m_test->setChecked(m_choice.test);
  chosen();
}

void CurvesPanel::chosen() {
  m_view->setLogarithmic(m_choice.logX, m_choice.logY);
  m_view->setSmoothing(m_choice.smoothing);
  m_view->setSharedValues(m_choice.sharedY);
  refresh();
}

void CurvesPanel::refreshSoon() {
  if (!m_refresh.isActive()) m_refresh.start();
}

void CurvesPanel::refresh() {
  if (!isVisible()) return; // showEvent catches up
  const Focus& focus = m_bench.focus->focus();
  const CurveLines found = curveLines(m_choice, focus.shown, *m_bench.runs, *m_bench.metrics);
  m_leftOut = found.leftOut;
  fillParts();
  fillEmptyPlace();
  m_view->setLines(found.lines, tr("epoch"), curveAxis(m_choice, focus.shown, *m_bench.runs));
  const QString words = found.lines.empty() ? QString() : note();
  m_note->setText(words);
  m_note->setVisible(!words.isEmpty());
  m_view->setEvents(liveMarks(focus.shown, *m_bench.runs));
  updateMarker();
}

bool CurvesPanel::canBeTrained(const RunItem& run) const {
  const auto& families = m_bench.library->families();
  return std::ranges::find(families, run.config.family, &FamilyInfo::id) != families.end();
}

// Why there is nothing to see, and the way out.
void CurvesPanel::fillEmptyPlace() {
  const RunItem* active = m_bench.runs->find(m_bench.focus->focus().active);
  if (m_leftOut > 0)
    m_view->setEmptyText(m_choice.bound ? tr("A bound below zero has no logarithm.")
                                        : tr("These values are zero or below and have no logarithm."),
                         m_choice.bound ? tr("Show the loss") : tr("Linear axis"));
  else if (active && active->closedForm)
    m_view->setEmptyText(tr("%1 has no curves: it is solved in one step.").arg(active->shortFamily), {});
  else if (active && m_bench.metrics->hasCurves(active->id))
    m_view->setEmptyText(tr("No curve matches this choice."), {});
  else if (active && (active->training || active->queued))
    m_view->setEmptyText(tr("Curves appear with the first updates."), {});
  else if (active)
    m_view->setEmptyText(tr("This run came without curves."),
                         canBeTrained(*active) ? tr("Train a copy") : QString());
  else
    m_view->setEmptyText(tr("No run is open."), {});
}

void CurvesPanel::emptyButtonClicked() {
  if (m_leftOut == 0) {
    emit trainCopyRequested();
    return;
  }
  CurveChoice choice = m_choice;
  (choice.bound ? choice.bound : choice.logY) = false;
  setChoice(choice);
}

QString CurvesPanel::note() const {
  if (m_leftOut > 0) return tr("Values of zero and below are left out: they have no logarithm.");
  for (const RunId& id : m_bench.focus->focus().shown) {
    const RunItem* run = m_bench.runs->find(id);
    if (run && run->closedForm) return tr("%1 is solved in one step and has no curve.").arg(run->title());
    if (run && !run->warning.isEmpty()) return QStringLiteral("%1: %2").arg(run->letterText(), run->warning);
  }
  return {};
}

void CurvesPanel::updateMarker() {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  const int64_t perEpoch = run ? stepsPerEpoch(*run) : 0;
  if (focus.step && perEpoch > 0)
    m_view->setMarker(static_cast<double>(*focus.step) / static_cast<double>(perEpoch));
  else
    m_view->setMarker(std::nullopt);
}

void CurvesPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refreshSoon();
}

} // namespace latent::ui
