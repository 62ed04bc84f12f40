#include "ui/views/inspector/run_form.h"

#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/inspector/setup_draft.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace latent::ui {

RunForm::RunForm(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_state(new QLabel(this)),
      m_continue(new QPushButton(tr("Continue training"), this)),
      m_fork(new QPushButton(tr("Fork to change"), this)),
      m_takeOver(new QPushButton(tr("Use these for the next run"), this)),
      m_form(new ParameterForm(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(m_state);
  column->addWidget(m_continue);
  column->addWidget(m_fork);
  column->addWidget(m_takeOver);
  column->addWidget(m_form);
  column->addStretch(1);
  m_state->setObjectName("runFormState");
  m_state->setWordWrap(true);
  setRole(m_state, "caption");
  m_continue->setObjectName("continueRun");
  setHelp(m_continue, {tr("Continue training"),
                       tr("Goes on where this run was stopped, up to the epochs that it was to have; its end "
                          "is the same as if it had never been stopped.")});
  m_fork->setObjectName("forkToChange");
  setHelp(m_fork, {tr("Fork to change"),
                   tr("A new run that begins with the weights of the snapshot you look at and goes on with "
                      "values that you change. This run stays as it is.")});
  m_takeOver->setObjectName("takeOver");
  setHelp(m_takeOver,
          {tr("Use these for the next run"),
           tr("Copies the values of this run into the form of the next one, where each of them can be "
              "changed. This run stays as it is.")});
  m_form->setObjectName("runForm");
  m_form->setLiveOnly(true);
  connect(m_form, &ParameterForm::liveValueChanged, this, &RunForm::changeLive);
  connect(m_continue, &QPushButton::clicked, this, [this] { m_bench.training->continueRun(m_run); });
  connect(m_fork, &QPushButton::clicked, this, [this] { emit forkRequested(m_run); });
  connect(m_takeOver, &QPushButton::clicked, this, [this] {
    if (const RunItem* run = m_bench.runs->find(m_run)) emit takeOverRequested(run->config);
  });
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active) refresh();
  });
  connect(bench.training, &TrainingBridge::stateChanged, this, &RunForm::refresh);
  connect(bench.runs, &QAbstractItemModel::dataChanged, this, [this] {
    if (m_run.empty()) refresh(); // the active run's row may have come after the Focus
    showContinue();
  });
  refresh();
}

ParameterSchema RunForm::schemaOf(const std::string& family) const {
  const auto& families = m_bench.library->families();
  const auto info = std::ranges::find(families, family, &FamilyInfo::id);
  if (info == families.end()) return {};
  ParameterSchema schema = setupSchema({*info}, m_bench.library->runSchema());
  // What may be changed comes first: it is what this form is opened for while a run trains.
  std::stable_partition(schema.begin(), schema.end(), [](const ParameterSpec& spec) { return spec.live; });
  return schema;
}

void RunForm::showContinue() {
  const RunItem* run = m_bench.runs->find(m_run);
  const bool unfinished = run && (run->state == RunState::stopped || run->state == RunState::interrupted ||
                                  run->state == RunState::paused);
  m_continue->setVisible(unfinished && !run->queued && !run->readOnly &&
                         m_bench.training->current() != m_run);
}

void RunForm::refresh() {
  const RunItem* run = m_bench.runs->find(m_bench.focus->focus().active);
  const bool known =
      run && !schemaOf(run->config.family).empty(); // not so where the weights came from elsewhere
  m_takeOver->setVisible(known);
  m_fork->setVisible(known && !run->queued && !run->closedForm);
  m_form->setVisible(known);
  if (!run) {
    m_run.clear();
    showContinue();
    m_state->setText(tr("No run is open."));
    return;
  }
  const ParameterSchema schema = schemaOf(run->config.family);
  const bool live = std::ranges::any_of(schema, &ParameterSpec::live);
  const bool trains = m_bench.training->current() == run->id;
  m_form->setLiveEditable(trains);
  m_state->setText(!live ? tr("The values of this run are fixed.")
                   : trains
                       ? tr("Values marked live may change while it trains; each change is marked on the "
                            "curves. The others are fixed.")
                       : tr("The values of this run are fixed. Those marked live may change while it "
                            "trains."));
  if (run->id == m_run) return showContinue();
  m_run = run->id;
  showContinue();
  m_form->setSchema({}); // values of another run are not kept
  m_form->setSchema(schema);
  Parameters values = run->config.parameters;
  for (const auto& [key, value] : run->spec.parameters.all()) values.set(key, value);
  values.set("epochs", run->config.epochs);
  values.set("seed", static_cast<int64_t>(run->config.seed));
  values.set("device", run->config.device);
  for (const LiveChange& change : run->changes) {
    const ParameterSpec* spec = findParameter(schema, change.parameter);
    if (!spec) continue;
    if (spec->type == ParameterType::integer)
      values.set(change.parameter, static_cast<int64_t>(std::llround(change.to)));
    else
      values.set(change.parameter, change.to);
  }
  m_form->setValues(values);
}

void RunForm::changeLive(const QString& key, const ParameterValue& value) {
  if (m_bench.training->current() != m_run) return;
  m_bench.training->setParameter(key.toStdString(), value);
}

} // namespace latent::ui
