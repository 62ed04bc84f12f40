#include "ui/views/inspector/setup_panel.h"

#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/inspector/dataset_row.h"
#include "ui/views/inspector/family_ticks.h"
#include "ui/views/inspector/fork_bar.h"
#include "ui/views/inspector/model_words.h"
#include "ui/views/inspector/preset_row.h"
#include "ui/views/inspector/run_form.h"
#include "ui/views/inspector/setup_draft.h"
#include "ui/views/inspector/setup_words.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int side = 16; // px beside the form

/// Inside a scroll area that is as wide as the panel.
QScrollArea* scrolled(QWidget* content) {
  auto* scroll = new QScrollArea;
  scroll->setWidget(content);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus); // a stop of the Tab key that nobody sees
  return scroll;
}

} // namespace

SetupPanel::SetupPanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_preset(new PresetRow(bench, this)),
      m_fork(new ForkBar(this)),
      m_families(new FamilyTicks(bench.library->families(), this)),
      m_dataset(new DatasetRow(bench, this)),
      m_form(new ParameterForm(this)),
      m_reset(new QToolButton(this)),
      m_summary(new QLabel(this)),
      m_train(new QPushButton(tr("Train"), this)),
      m_nextTab(new QToolButton(this)),
      m_runTab(new QToolButton(this)),
      m_stack(new QStackedWidget(this)),
      m_check(bench.jobs) {
  auto* run = new QWidget(this);
  auto* runRows = new QVBoxLayout(run);
  runRows->setContentsMargins(side, 8, side, 12);
  auto* runForm = new RunForm(bench, run);
  runRows->addWidget(runForm);
  m_stack->addWidget(scrolled(makeNext()));
  m_stack->addWidget(scrolled(run));
  connect(m_stack, &QStackedWidget::currentChanged, this, // what it resets is out of sight
          [this](int page) { m_reset->setVisible(page == 0); });
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeSwitch());
  column->addWidget(m_stack, 1);
  column->addWidget(makeFooter());

  connect(m_fork, &ForkBar::cancelled, this, &SetupPanel::endFork);
  connect(m_preset, &PresetRow::chosen, this, &SetupPanel::takePreset);
  connect(m_families, &FamilyTicks::changed, m_preset, &PresetRow::clear);
  connect(m_families, &FamilyTicks::changed, this, &SetupPanel::takeSchema);
  connect(m_form, &ParameterForm::edited, m_preset, &PresetRow::clear);
  connect(m_form, &ParameterForm::edited, this, &SetupPanel::refresh);
  connect(m_dataset, &DatasetRow::chosen, this, &SetupPanel::refresh);
  connect(&m_check, &ModelCheck::answered, this, [this](const ModelAnswer& answer) {
    m_answer = answer;
    show(runs());
  });
  connect(runForm, &RunForm::forkRequested, this, [this](const RunId& id) {
    if (const RunItem* item = m_bench.runs->find(id)) fork(*item, m_bench.focus->focus().step);
  });
  connect(runForm, &RunForm::takeOverRequested, this, &SetupPanel::copyFrom);
  connect(bench.library, &LibraryBridge::datasetsChanged, this, &SetupPanel::selectFirstDataset);
  connect(bench.training, &TrainingBridge::stateChanged, this, &SetupPanel::refreshSwitch);
  connect(bench.runs, &QAbstractItemModel::dataChanged, this, &SetupPanel::refreshSwitch);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active) refreshSwitch();
  });
  takeSchema();
  selectFirstDataset();
  refreshSwitch();
}

QWidget* SetupPanel::makeSwitch() {
  auto* row = new QWidget(this);
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(side, 4, side, 0);
  line->setSpacing(0);
  auto* group = new QButtonGroup(this);
  m_nextTab->setText(tr("Next run"));
  m_nextTab->setObjectName("nextRunTab");
  m_runTab->setObjectName("activeRunTab");
  for (QToolButton* tab : {m_nextTab, m_runTab}) {
    tab->setCheckable(true);
    setRole(tab, "segment");
    group->addButton(tab);
    line->addWidget(tab);
    connect(tab, &QToolButton::clicked, this,
            [this] { m_stack->setCurrentIndex(m_runTab->isChecked() ? 1 : 0); });
  }
  line->addStretch(1);
  m_nextTab->setChecked(true);
  m_nextTab->setToolTip(tr("What Train begins"));
  m_runTab->setToolTip(tr("The values of the active run"));
  return row;
}

QWidget* SetupPanel::makeNext() {
  auto* content = new QWidget(this);
  auto* rows = new QVBoxLayout(content);
  rows->setContentsMargins(side, 8, side, 12);
  rows->setSpacing(8);
  rows->addWidget(m_fork);
  rows->addWidget(m_preset);
  rows->addWidget(m_families);
  rows->addWidget(m_dataset);
  rows->addWidget(m_form);
  rows->addStretch(1);
  m_form->setObjectName("setupForm");
  return content;
}

QWidget* SetupPanel::makeFooter() {
  auto* footer = new QFrame(this);
  auto* column = new QVBoxLayout(footer);
  column->setContentsMargins(side, 8, side, 12);
  column->setSpacing(8);
  m_train->setObjectName("trainButton");
  m_summary->setObjectName("setupSummary");
  m_summary->setWordWrap(true);
  setRole(m_summary, "caption");
  setHelp(m_train,
          {tr("Train"), tr("Queues what is set up above: one run, or one for each combination of the listed "
                           "values and ticked models. A finished run is never overwritten.")});
  m_reset->setObjectName("resetSetup");
  m_reset->setText(tr("Reset"));
  m_reset->setToolTip(tr("All values of the next run back to their defaults"));
  setRole(m_reset, "text");
  auto* line = new QHBoxLayout;
  line->setSpacing(8);
  line->addWidget(m_summary, 1);
  line->addWidget(m_reset, 0, Qt::AlignTop);
  column->addLayout(line);
  column->addWidget(m_train);
  connect(m_train, &QPushButton::clicked, this, &SetupPanel::train);
  connect(m_reset, &QToolButton::clicked, this, &SetupPanel::reset);
  return footer;
}

// Values of keys that stay are kept; a key that comes back is as it was left in its family.
void SetupPanel::takeSchema() {
  const std::vector<FamilyInfo> ticked = m_families->ticked();
  if (ticked.empty()) return refresh();
  const FormTexts before = m_form->texts();
  const ParameterSchema was = m_form->schema();
  m_form->setSchema(setupSchema(ticked, m_bench.library->runSchema()));
  const ParameterSchema& form = m_form->schema();
  setTabOrder(m_form->control(QString::fromStdString(form.back().key)),
              m_reset); // the rows are newer than what is below them
  setTabOrder(m_reset, m_train);
  FormTexts texts = freshTexts(form);
  for (const auto& [key, text] : texts) texts[key] = rememberedText(m_memory, {}, key).value_or(text);
  for (auto family = ticked.rbegin(); family != ticked.rend(); ++family)
    for (const ParameterSpec& spec : family->schema)
      if (const auto text = rememberedText(m_memory, family->id, spec.key))
        texts[formKey(*family, spec.key, form)] = *text;
  for (const ParameterSpec& spec : form) {
    const ParameterSpec* known = findParameter(was, spec.key);
    if (known && sameKind(*known, spec)) texts[spec.key] = before.at(spec.key);
  }
  m_form->setTexts(texts);
  refresh();
}

// The form as the preset says, with the program's defaults for the rest.
void SetupPanel::takePreset(const PresetCard& preset) {
  {
    const QSignalBlocker quiet(m_families);
    m_families->tick({preset.family});
  }
  takeSchema();
  m_form->setTexts(freshTexts(m_form->schema()));
  Parameters values = preset.parameters;
  if (preset.epochs) values.set("epochs", *preset.epochs);
  m_form->setValues(values);
  if (!preset.dataset.empty()) {
    m_datasetChosen = true;
    m_dataset->select(preset.dataset);
  }
  refresh();
}

void SetupPanel::remember() {
  const std::vector<FamilyInfo> ticked = m_families->ticked();
  if (ticked.empty()) return;
  m_memory.families.clear();
  for (const FamilyInfo& family : ticked) m_memory.families.push_back(family.id);
  if (m_datasetChosen && !m_dataset->current().empty()) m_memory.dataset = m_dataset->current();
  FormTexts rest = m_form->texts();
  const FormTexts texts = rest;
  for (const FamilyInfo& family : ticked) {
    for (const ParameterSpec& spec : family.schema) {
      const std::string key = formKey(family, spec.key, m_form->schema());
      const auto text = texts.find(key);
      if (text == texts.end()) continue;
      m_memory.texts[family.id][spec.key] = text->second;
      rest.erase(key);
    }
  }
  for (const auto& [key, text] : rest) m_memory.texts[{}][key] = text;
}

void SetupPanel::restore(const SetupMemory& memory) {
  m_memory = memory;
  if (!memory.dataset.empty()) {
    m_datasetChosen = true;
    m_dataset->select(memory.dataset);
  }
  m_memory = memory; // choosing has remembered what the controls held before
  m_form->setSchema({});
  m_families->tick(memory.families.empty() ? std::vector<std::string>{"vae"} : memory.families);
}

void SetupPanel::reset() {
  m_memory.texts.clear();
  m_form->setTexts(freshTexts(m_form->schema()));
  m_preset->clear();
  refresh();
}

std::vector<RunConfig> SetupPanel::runs() const {
  const std::vector<FamilyInfo> ticked = m_families->ticked();
  if (ticked.empty() || !m_form->valid() || !m_dataset->available()) return {};
  std::vector<RunConfig> planned = setupRuns(ticked, m_form->drafts(), m_dataset->current());
  for (RunConfig& run : planned) run.parent = m_parent;
  return planned;
}

void SetupPanel::refresh() {
  remember();
  const std::vector<RunConfig> planned = runs();
  if (const auto shape = m_dataset->shape(); shape && !planned.empty()) {
    m_check.ask(planned, *shape);
  } else {
    m_check.forget();
    m_answer = {};
  }
  show(planned);
}

// What is typed and what the engine says of it, which comes a moment later.
void SetupPanel::show(const std::vector<RunConfig>& planned) {
  const bool works = !planned.empty() && m_answer.problem.isEmpty();
  m_form->setRefusal(QString::fromStdString(m_answer.parameter), m_answer.problem);
  m_train->setEnabled(works);
  m_summary->setText(summaryOf(planned));
  m_summary->setToolTip(works ? layersText(m_answer) : QString());
  setRole(m_summary, works || m_families->ticked().empty() || !m_dataset->available() ? "caption" : "error");
  m_reset->setEnabled(m_form->texts() != freshTexts(m_form->schema()));
  const QString plan = works ? planOf(planned) : QString();
  m_train->setText(plan.isEmpty() ? tr("Train") : plan);
  if (plan == m_plan) return;
  m_plan = plan;
  emit planChanged(plan);
}

QString SetupPanel::planOf(const std::vector<RunConfig>& planned) const {
  return planned.empty() ? QString()
                         : planWords(planned, m_bench.library->families(), m_dataset->currentName());
}

QString SetupPanel::summaryOf(const std::vector<RunConfig>& planned) const {
  if (m_families->ticked().empty()) return tr("Tick at least one model.");
  if (!m_form->valid()) return m_form->firstError();
  if (!m_dataset->available()) return tr("%1 is not here yet.").arg(m_dataset->currentName());
  if (planned.empty()) return {};
  if (!m_answer.problem.isEmpty()) return m_answer.problem;
  return summaryWords(planned, m_bench.library->families(), weightsText(m_answer));
}

void SetupPanel::refreshSwitch() {
  const RunItem* run = m_bench.runs->find(m_bench.focus->focus().active);
  m_runTab->setEnabled(run != nullptr);
  const QString title = run ? run->title() : tr("Active run");
  if (m_runTab->text() != title) m_runTab->setText(title);
  if (run || !m_runTab->isChecked()) return;
  m_nextTab->setChecked(true);
  m_stack->setCurrentIndex(0);
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
  m_families->tick({config.family});
  m_datasetChosen = true;
  m_dataset->select(config.dataset);
  Parameters values = config.parameters;
  values.set("epochs", config.epochs);
  values.set("seed", static_cast<int64_t>(config.seed));
  m_form->setValues(values);
  m_nextTab->setChecked(true);
  m_stack->setCurrentIndex(0);
  refresh();
}

void SetupPanel::fork(const RunItem& run, std::optional<int64_t> step) {
  std::optional<ForkPoint> point = forkPointOf(run, step);
  if (!point) {
    m_bench.messages->error(
        tr("%1 kept no snapshot to fork from; let it train for a moment.").arg(run.title()));
    return;
  }
  const QString when = timeText(run, point->step);
  endFork();
  RunConfig config = run.config;
  for (const auto& [key, value] : run.spec.parameters.all()) config.parameters.set(key, value);
  config.epochs = epochsOfFork(run, *point);
  copyFrom(config);
  m_parent = std::move(point);
  Parameters values = config.parameters;
  values.set("epochs", config.epochs);
  values.set("seed", static_cast<int64_t>(config.seed));
  m_form->setBaseline(values);
  m_fork->setFork(tr("Fork of %1 · %2").arg(run.title(), when));
  for (QWidget* fixed : std::initializer_list<QWidget*>{m_preset, m_families, m_dataset})
    fixed->setEnabled(false);
  refresh();
}

// The form keeps what was typed: it is a run of its own now.
void SetupPanel::endFork() {
  if (!m_parent) return;
  m_parent.reset();
  m_fork->setFork({});
  m_form->setBaseline({});
  for (QWidget* free : std::initializer_list<QWidget*>{m_preset, m_families, m_dataset})
    free->setEnabled(true);
  refresh();
}

void SetupPanel::chooseData(const QString& path) {
  m_datasetChosen = true;
  m_dataset->select(path.toStdString());
  m_nextTab->setChecked(true);
  m_stack->setCurrentIndex(0);
}

void SetupPanel::train() {
  const std::vector<RunConfig> planned = runs();
  if (m_form->valid() && !m_families->ticked().empty() && m_dataset->canDownload()) {
    m_bench.messages->offer(m_summary->text(), m_dataset->downloadWords(), [this] { m_dataset->download(); });
    return;
  }
  if (planned.empty() || !m_answer.problem.isEmpty()) {
    m_bench.messages->error(m_summary->text());
    return;
  }
  m_bench.training->enqueue(planned);
  endFork();
  emit enqueued(static_cast<int>(planned.size()));
}

} // namespace latent::ui
