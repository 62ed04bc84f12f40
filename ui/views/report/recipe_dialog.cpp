#include "ui/views/report/recipe_dialog.h"

#include "ui/bridge/library_bridge.h"
#include "ui/bridge/report_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int idRole = Qt::UserRole + 1;
constexpr int runsWidth = 280;

QLabel* words(QWidget* parent, const char* name, const char* role = nullptr) {
  auto* label = new QLabel(parent);
  label->setObjectName(QLatin1String(name));
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  if (role) setRole(label, role);
  return label;
}

QLabel* heading(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  setRole(label, "caption");
  return label;
}

QIcon badge(const RunItem& run) {
  QPixmap picture(16, 16);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(run.colour());
  painter.drawEllipse(3, 3, 10, 10);
  return picture;
}

} // namespace

RecipeDialog::RecipeDialog(const Workbench& bench, QWidget* parent)
    : QDialog(parent),
      m_bench(bench),
      m_runs(new QListWidget(this)),
      m_problem(words(this, "recipeProblem", "error")),
      m_pairs(words(this, "recipePairs")),
      m_missingHeading(heading(tr("Missing"), this)),
      m_missing(words(this, "recipeMissing")),
      m_notes(words(this, "recipeNotes", "caption")),
      m_append(new QRadioButton(tr("Add to the open report"), this)),
      m_fresh(new QRadioButton(tr("As a new report"), this)),
      m_queue(new QPushButton(this)),
      m_make(new QPushButton(this)) {
  setObjectName("recipeDialog");
  setWindowTitle(tr("AE against VAE"));
  resize(760, 480);
  auto* intro = words(this, "recipeIntroduction", "muted");
  intro->setText(
      tr("Curves for each number of latents, reconstructions, latent planes, samples, noise and the "
         "table of the runs, from pairs that differ in the family alone."));
  auto* middle = new QHBoxLayout;
  middle->setSpacing(16);
  middle->addWidget(makeRuns());
  middle->addWidget(makeFindings(), 1);
  auto* target = new QHBoxLayout;
  target->setSpacing(16);
  target->addWidget(m_append);
  target->addWidget(m_fresh);
  target->addStretch(1);
  const bool empty = bench.report->empty();
  (empty ? m_fresh : m_append)->setChecked(true);
  m_append->setEnabled(!empty);
  auto* cancel = new QPushButton(tr("Cancel"), this);
  m_queue->setObjectName("recipeQueue");
  m_make->setObjectName("recipeMake");
  setRole(m_make, "primary");
  m_make->setDefault(true);
  setHelp(m_queue,
          {tr("Queue the missing runs"),
           tr("They train one after the other, as those of Setup do. Open this again when they are done."),
           {}});
  setHelp(m_make, {tr("Make the report"),
                   tr("Computes and collects the figures. Progress and a way to cancel are in the job list "
                      "of the status line."),
                   {}});
  auto* buttons = new QHBoxLayout;
  buttons->addStretch(1);
  buttons->addWidget(cancel);
  buttons->addWidget(m_queue);
  buttons->addWidget(m_make);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(12);
  column->addWidget(intro);
  column->addLayout(middle, 1);
  column->addLayout(target);
  column->addLayout(buttons);
  for (QPushButton* other : {cancel, m_queue}) other->setAutoDefault(false);
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  connect(m_queue, &QPushButton::clicked, this, &RecipeDialog::queueMissing);
  connect(m_make, &QPushButton::clicked, this, &RecipeDialog::make);
  replan();
}

QWidget* RecipeDialog::makeRuns() {
  auto* part = new QWidget(this);
  part->setFixedWidth(runsWidth);
  m_runs->setObjectName("recipeRuns");
  m_runs->setAccessibleName(tr("Runs"));
  setHelp(m_runs, {tr("Runs"),
                   tr("Pairs are looked for among those that are ticked. An AE and a VAE are a pair where "
                      "all else is equal."),
                   {}});
  const std::vector<RunId>& shown = m_bench.focus->focus().shown;
  for (const RunItem& run : m_bench.runs->items()) {
    if (run.queued) continue;
    auto* row =
        new QListWidgetItem(badge(run), QStringLiteral("%1 · %2").arg(run.title(), run.datasetName), m_runs);
    row->setData(idRole, QString::fromStdString(run.id));
    row->setToolTip(tr("%1, %2, seed %3").arg(run.title(), run.datasetName).arg(run.config.seed));
    row->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    row->setCheckState(std::ranges::find(shown, run.id) != shown.end() ? Qt::Checked : Qt::Unchecked);
  }
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(heading(tr("Runs"), part));
  column->addWidget(m_runs, 1);
  connect(m_runs, &QListWidget::itemChanged, this, &RecipeDialog::replan);
  return part;
}

QWidget* RecipeDialog::makeFindings() {
  auto* content = new QWidget(this);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 8, 0);
  column->setSpacing(4);
  column->addWidget(heading(tr("Pairs"), content));
  column->addWidget(m_pairs);
  column->addWidget(m_problem);
  column->addSpacing(8);
  column->addWidget(m_missingHeading);
  column->addWidget(m_missing);
  column->addSpacing(8);
  column->addWidget(m_notes);
  column->addStretch(1);
  auto* scroll = new QScrollArea(this);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(content);
  return scroll;
}

std::vector<RunId> RecipeDialog::ticked() const {
  std::vector<RunId> runs;
  for (int row = 0; row < m_runs->count(); ++row)
    if (m_runs->item(row)->checkState() == Qt::Checked)
      runs.push_back(m_runs->item(row)->data(idRole).toString().toStdString());
  return runs;
}

void RecipeDialog::replan() {
  const int number = ++m_asked;
  const std::vector<RunId> runs = ticked();
  m_planning = !runs.empty();
  m_queue->setEnabled(false);
  m_make->setEnabled(false);
  if (runs.empty()) {
    take(usageError(tr("Tick the runs that the report is about.").toStdString()));
    return;
  }
  m_bench.report->plan(runs, this, [this, number](const Result<RecipePlan>& plan) {
    if (number == m_asked) take(plan);
  });
}

void RecipeDialog::take(const Result<RecipePlan>& plan) {
  m_planning = false;
  m_plan = plan ? *plan : RecipePlan();
  m_problem->setText(plan ? QString() : QString::fromStdString(plan.error().message));
  m_problem->setVisible(!plan);
  QStringList pairs, missing;
  for (const RecipePlan::Pair& pair : m_plan.pairs) pairs << pairText(pair);
  for (const RunConfig& run : m_plan.missing) missing << wordsOf(run);
  m_pairs->setText(pairs.isEmpty() && plan ? tr("None of these runs are a pair yet.")
                                           : pairs.join(QLatin1Char('\n')));
  m_pairs->setVisible(plan.ok());
  m_missing->setText(missing.join(QLatin1Char('\n')));
  for (QLabel* label : {m_missingHeading, m_missing}) label->setVisible(!missing.isEmpty());
  m_notes->setText(m_plan.notes.join(QLatin1Char('\n')));
  m_notes->setVisible(!m_plan.notes.isEmpty());
  const auto count = static_cast<int>(m_plan.missing.size());
  m_queue->setVisible(count > 0);
  m_queue->setEnabled(count > 0);
  m_queue->setText(count == 1 ? tr("Queue the missing run") : tr("Queue the %1 missing runs").arg(count));
  m_make->setEnabled(plan.ok() && !m_plan.runs.empty());
  m_make->setText(count > 0 ? tr("Make it without them") : tr("Make the report"));
}

QString RecipeDialog::nameOf(const RunId& run) const {
  const RunItem* item = m_bench.runs->find(run);
  return item ? item->title() : QString::fromStdString(run);
}

QString RecipeDialog::pairText(const RecipePlan::Pair& pair) const {
  const QString latents = pair.latent == 1 ? tr("1 latent") : tr("%1 latents").arg(pair.latent);
  return tr("%1: %2 and %3").arg(latents, nameOf(pair.ae), nameOf(pair.vae));
}

QString RecipeDialog::wordsOf(const RunConfig& config) const {
  const auto& families = m_bench.library->families();
  const auto family = std::ranges::find(families, config.family, &FamilyInfo::id);
  const QString name = QString::fromStdString(family == families.end() ? config.family : family->shortName);
  QString images = QString::fromStdString(config.dataset);
  for (const DatasetCard& card : m_bench.library->datasets())
    if (card.id == config.dataset) images = card.name;
  const int64_t latent = config.parameters.has("latent") ? config.parameters.integer("latent") : 0;
  return tr("%1 with %2, %3, seed %4, %5")
      .arg(name, latent == 1 ? tr("1 latent") : tr("%1 latents").arg(latent), images)
      .arg(config.seed)
      .arg(epochsText(config.epochs));
}

void RecipeDialog::queueMissing() {
  const auto count = static_cast<int>(m_plan.missing.size());
  m_bench.training->enqueue(m_plan.missing);
  m_bench.messages->tell(
      count == 1 ? tr("The missing run is in the queue. Open AE against VAE again when it is trained.")
                 : tr("%1 missing runs are in the queue. Open AE against VAE again when they are trained.")
                       .arg(count));
  accept();
}

void RecipeDialog::make() {
  m_bench.report->make(m_plan, m_fresh->isChecked());
  accept();
}

} // namespace latent::ui
