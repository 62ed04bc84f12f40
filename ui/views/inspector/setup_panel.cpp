#include "ui/views/inspector/setup_panel.h"

#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/runs_model.h"
#include "ui/views/inspector/dataset_row.h"
#include "ui/views/inspector/setup_draft.h"
#include "ui/views/shared/messages.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr const char* liveKey = "learning_rate";

} // namespace

SetupPanel::SetupPanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_dataset(new DatasetRow(bench, this)),
      m_form(new ParameterForm(this)),
      m_summary(new QLabel(this)),
      m_train(new QPushButton(tr("Train"), this)),
      m_liveTitle(new QLabel(this)),
      m_live(new ParameterForm(this)) {
  auto* content = new QWidget(this);
  auto* rows = new QVBoxLayout(content);
  rows->setContentsMargins(16, 12, 16, 12);
  rows->setSpacing(8);
  rows->addWidget(makeFamilies());
  rows->addWidget(m_dataset);
  rows->addWidget(m_form);
  rows->addStretch(1);
  auto* scroll = new QScrollArea(this);
  scroll->setWidget(content);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(scroll, 1);
  column->addWidget(makeFooter());

  m_form->setObjectName("setupForm");
  connect(m_form, &ParameterForm::edited, this, &SetupPanel::refresh);
  connect(m_dataset, &DatasetRow::chosen, this, &SetupPanel::refresh);
  connect(bench.library, &LibraryBridge::datasetsChanged, this, &SetupPanel::selectFirstDataset);
  connect(bench.training, &TrainingBridge::stateChanged, this, &SetupPanel::refreshLive);
  connect(bench.training, &TrainingBridge::runBegan, this, &SetupPanel::refreshLive);

  takeSchema();
  Parameters first;
  first.set("latent", int64_t{2}); // a plane to drag is what the window is for
  m_form->setValues(first);
  selectFirstDataset();
  refresh();
  refreshLive();
}

QWidget* SetupPanel::makeFamilies() {
  auto* box = new QWidget(this);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(16);
  row->addWidget(new QLabel(tr("Model"), box));
  row->addStretch(1);
  for (const FamilyInfo& family : m_bench.library->families()) {
    auto* check = new QCheckBox(QString::fromStdString(family.shortName), box);
    check->setObjectName("family-" + QString::fromStdString(family.id));
    check->setToolTip(QString::fromStdString(family.name));
    check->setChecked(family.id == "vae");
    setHelp(check,
            {QString::fromStdString(family.name),
             tr("%1 Tick several models to train one of each.").arg(QString::fromStdString(family.summary)),
             tr("minimised: %1").arg(QString::fromStdString(family.objective))});
    connect(check, &QCheckBox::toggled, this, &SetupPanel::takeSchema);
    row->addWidget(check);
    m_families.emplace_back(check, family.id);
  }
  return box;
}

QWidget* SetupPanel::makeFooter() {
  auto* footer = new QFrame(this);
  auto* column = new QVBoxLayout(footer);
  column->setContentsMargins(16, 8, 16, 12);
  column->setSpacing(8);
  m_train->setObjectName("trainButton");
  m_summary->setObjectName("setupSummary");
  m_summary->setWordWrap(true);
  setRole(m_summary, "caption");
  setHelp(m_train,
          {tr("Train"), tr("Queues what is set up above: one run, or one for each combination of the listed "
                           "values and ticked models. A finished run is never overwritten.")});
  column->addWidget(m_summary);
  column->addWidget(m_train);
  connect(m_train, &QPushButton::clicked, this, &SetupPanel::train);

  // Always there, so that a beginning run moves nothing.
  setRole(m_liveTitle, "caption");
  m_live->setObjectName("liveForm");
  column->addWidget(m_liveTitle);
  column->addWidget(m_live);
  ParameterSchema live;
  for (const FamilyInfo& family : m_bench.library->families()) {
    const ParameterSpec* spec = findParameter(family.schema, liveKey);
    if (spec && live.empty()) {
      live.push_back(*spec);
      live.back().sweepable = false;
      live.back().group.clear();
    }
  }
  m_live->setSchema(live);
  m_live->setLiveOnly(true);
  connect(m_live, &ParameterForm::liveValueChanged, this,
          [this](const QString& key, const ParameterValue& value) {
            const double* rate = std::get_if<double>(&value);
            if (key != QLatin1String(liveKey) || !rate) return;
            m_bench.training->setLearningRate(*rate);
            emit changedLive(m_bench.training->current(), tr("learning rate %1").arg(*rate));
          });
  return footer;
}

void SetupPanel::takeSchema() {
  std::vector<FamilyInfo> ticked;
  for (const FamilyInfo& family : m_bench.library->families()) {
    const bool on = std::ranges::any_of(
        m_families, [&](const auto& entry) { return entry.second == family.id && entry.first->isChecked(); });
    if (on) ticked.push_back(family);
  }
  if (!ticked.empty()) m_form->setSchema(setupSchema(ticked, m_bench.library->runSchema()));
  refresh();
}

std::vector<RunConfig> SetupPanel::runs() const {
  std::vector<FamilyInfo> ticked;
  for (const auto& [check, id] : m_families) {
    const auto& families = m_bench.library->families();
    if (check->isChecked()) ticked.push_back(*std::ranges::find(families, id, &FamilyInfo::id));
  }
  if (ticked.empty() || !m_form->valid() || !m_dataset->available()) return {};
  return setupRuns(ticked, m_form->drafts(), m_dataset->current());
}

void SetupPanel::refresh() {
  const std::vector<RunConfig> planned = runs();
  const bool anyFamily =
      std::ranges::any_of(m_families, [](const auto& entry) { return entry.first->isChecked(); });
  m_train->setEnabled(!planned.empty());
  m_train->setText(planned.size() > 1 ? tr("Train %1 runs").arg(planned.size()) : tr("Train"));
  QString summary;
  if (!anyFamily)
    summary = tr("Tick at least one model.");
  else if (!m_form->valid())
    summary = m_form->firstError();
  else if (!m_dataset->available())
    summary = tr("The data set is not here yet.");
  else if (planned.size() > 1)
    summary =
        tr("%1 runs, one after the other, %2 epochs each.").arg(planned.size()).arg(planned.front().epochs);
  else if (!planned.empty())
    summary = tr("A new run of %1 epochs. Lists such as 2, 10, 20 queue one run for each value.")
                  .arg(planned.front().epochs);
  m_summary->setText(summary);
}

void SetupPanel::refreshLive() {
  const RunId current = m_bench.training->current();
  const RunItem* run = m_bench.runs->find(current);
  m_live->setEnabled(run != nullptr);
  m_liveTitle->setText(run ? tr("%1 trains: may change now").arg(run->title())
                           : tr("May change while a run trains"));
  if (!run || current == m_liveRun) return;
  m_liveRun = current;
  if (!run->spec.parameters.has(liveKey)) return;
  Parameters values;
  values.set(liveKey, run->spec.parameters.at(liveKey));
  m_live->setValues(values);
}

void SetupPanel::selectFirstDataset() {
  if (m_datasetChosen) return;
  for (const char* id : {"mnist", "fashion-mnist", "digits"}) {
    const auto& cards = m_bench.library->datasets();
    const auto card = std::ranges::find(cards, id, &DatasetCard::id);
    if (card == cards.end() || !card->available) continue;
    m_datasetChosen = true;
    m_dataset->select(id);
    return;
  }
}

void SetupPanel::copyFrom(const RunConfig& config) {
  for (const auto& [check, id] : m_families) check->setChecked(id == config.family);
  m_dataset->select(config.dataset);
  m_datasetChosen = true;
  Parameters values = config.parameters;
  values.set("epochs", config.epochs);
  values.set("seed", static_cast<int64_t>(config.seed));
  m_form->setValues(values);
  refresh();
}

void SetupPanel::train() {
  const std::vector<RunConfig> planned = runs();
  if (planned.empty()) {
    m_bench.messages->error(m_summary->text());
    return;
  }
  m_bench.training->enqueue(planned);
  emit enqueued(static_cast<int>(planned.size()));
}

} // namespace latent::ui
