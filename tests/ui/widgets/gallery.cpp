#include "tests/ui/widgets/gallery.h"

#include "ui/widgets/empty_state.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/runs_panel.h"
#include "ui/widgets/status_strip.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

namespace latent::ui {
namespace {

QPushButton* makeButton(const QString& text, const char* role, bool enabled = true) {
  auto* button = new QPushButton(text);
  if (*role) setRole(button, role);
  button->setEnabled(enabled);
  return button;
}

QLabel* makeLabel(const QString& text, const char* role) {
  auto* label = new QLabel(text);
  if (*role) setRole(label, role);
  return label;
}

QHBoxLayout* makeRow(std::initializer_list<QWidget*> widgets) {
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  for (QWidget* widget : widgets) row->addWidget(widget);
  row->addStretch();
  return row;
}

QFrame* makePanel(QWidget* content, int width) {
  auto* panel = new QFrame;
  setRole(panel, "panel");
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(content);
  if (width > 0) panel->setFixedWidth(width);
  return panel;
}

} // namespace

Gallery::Gallery() {
  setAutoFillBackground(true);
  resize(1280, 800);
  fillRuns();
  auto* runs = new RunsPanel;
  runs->setModel(&m_runs);
  auto* rail = new RunsPanel;
  rail->setModel(&m_runs);
  rail->setMode(RunsPanel::Mode::rail);
  auto* columns = new QHBoxLayout;
  columns->setContentsMargins(16, 16, 16, 16);
  columns->setSpacing(16);
  columns->addWidget(makePanel(runs, 210));
  columns->addWidget(makePanel(rail, 50));
  columns->addWidget(makeControls(), 1);
  columns->addWidget(makePanel(makeForm(), 312));
  auto* status = new StatusStrip;
  status->setDevice(QStringLiteral("CPU, 2 threads"));
  status->setImagesPerSecond(18412);
  status->setLatency(1.8);
  status->setJobs(
      {{1, QStringLiteral("Encoding 10,000 test images"), 0.6}, {2, QStringLiteral("Exporting"), -1}});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(columns, 1);
  layout->addWidget(status);
}

QWidget* Gallery::makeControls() {
  auto* widget = new QWidget;
  auto* layout = new QVBoxLayout(widget);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(12);

  auto* tabs = new QHBoxLayout;
  tabs->setSpacing(0);
  for (const char* name : {"Train", "Explore"}) {
    auto* tab = new QToolButton;
    tab->setText(QString::fromLatin1(name));
    tab->setCheckable(true);
    tab->setChecked(*name == 'T');
    setRole(tab, "tab");
    tabs->addWidget(tab);
  }
  tabs->addStretch();
  auto* start = makeButton(QStringLiteral("Start"), "primary");
  start->setIcon(themedIcon(QStringLiteral("play"), colours(this).onAccent));
  tabs->addWidget(start);
  layout->addLayout(tabs);

  layout->addLayout(
      makeRow({makeButton(QStringLiteral("Export"), ""), makeButton(QStringLiteral("Quiet"), "quiet"),
               makeButton(QStringLiteral("Disabled"), "", false),
               makeButton(QStringLiteral("Disabled"), "primary", false)}));
  auto* icons = new QHBoxLayout;
  icons->setSpacing(0);
  for (const char* name : {"play", "pause", "step", "stop", "skip", "export", "eye", "eye-off", "plus",
                           "search", "home", "pin"}) {
    auto* button = new QToolButton;
    button->setIcon(themedIcon(QString::fromLatin1(name)));
    icons->addWidget(button);
  }
  icons->addStretch();
  layout->addLayout(icons);
  auto* moreIcons = new QHBoxLayout;
  moreIcons->setSpacing(0);
  for (const char* name : {"lock", "warning", "close", "help", "dice", "pencil", "folder", "reset",
                           "chevron-up", "chevron-down", "chevron-left", "chevron-right"}) {
    auto* button = new QToolButton;
    button->setIcon(themedIcon(QString::fromLatin1(name)));
    moreIcons->addWidget(button);
  }
  moreIcons->addStretch();
  layout->addLayout(moreIcons);

  auto* segments = new QHBoxLayout;
  segments->setSpacing(0);
  for (const char* name : {"Setup", "Point"}) {
    auto* segment = new QToolButton;
    segment->setText(QString::fromLatin1(name));
    segment->setCheckable(true);
    segment->setChecked(*name == 'S');
    setRole(segment, "segment");
    segments->addWidget(segment);
  }
  segments->addStretch();
  layout->addLayout(segments);

  auto* edit = new QLineEdit(QStringLiteral("3, 5, 10, 20, 200"));
  auto* wrong = new QLineEdit(QStringLiteral("0"));
  wrong->setProperty("invalid", true);
  auto* off = new QLineEdit(QStringLiteral("off"));
  off->setEnabled(false);
  layout->addLayout(makeRow({edit, wrong, off}));
  edit->setFocus();
  auto* box = new QComboBox;
  box->addItems({QStringLiteral("relu"), QStringLiteral("tanh")});
  auto* boxOff = new QComboBox;
  boxOff->addItem(QStringLiteral("disabled"));
  boxOff->setEnabled(false);
  auto* ticked = new QCheckBox(QStringLiteral("Smooth"));
  ticked->setChecked(true);
  auto* tickedOff = new QCheckBox(QStringLiteral("Off"));
  tickedOff->setChecked(true);
  tickedOff->setEnabled(false);
  layout->addLayout(makeRow({box, boxOff, ticked, new QCheckBox(QStringLiteral("Log x")), tickedOff}));
  auto* slider = new QSlider(Qt::Horizontal);
  slider->setValue(40);
  layout->addWidget(slider);
  auto* bar = new QProgressBar;
  bar->setValue(40);
  bar->setTextVisible(false);
  layout->addWidget(bar);
  layout->addLayout(makeRow(
      {makeLabel(QStringLiteral("Heading"), "heading"), makeLabel(QStringLiteral("Text"), ""),
       makeLabel(QStringLiteral("Muted"), "muted"), makeLabel(QStringLiteral("Caption"), "caption"),
       makeLabel(QStringLiteral("-104.23"), "readout"), makeLabel(QStringLiteral("An error"), "error")}));
  auto* text = new QPlainTextEdit;
  for (int line = 0; line < 30; ++line)
    text->appendPlainText(QStringLiteral("Line %1 of a long text").arg(line));
  layout->addWidget(text);
  auto* empty = new EmptyState;
  empty->setContent(QStringLiteral("MNIST is not here (11 MB)."), QStringLiteral("Download"),
                    QStringLiteral("Use synthetic digits"));
  layout->addWidget(empty);
  return widget;
}

QWidget* Gallery::makeForm() {
  ParameterSchema schema;
  const auto add = [&](const char* key, const char* label, const char* group, ParameterType type,
                       ParameterValue value) {
    ParameterSpec spec;
    spec.key = key;
    spec.label = label;
    spec.group = group;
    spec.type = type;
    spec.standard = std::move(value);
    spec.minimum = 1e-6;
    spec.maximum = 512;
    spec.help = "What it does and when to change it.";
    schema.push_back(spec);
  };
  add("latent", "Latent size", "Model", ParameterType::integer, int64_t{20});
  schema.back().sweepable = true;
  schema.back().minimum = 1;
  add("hidden", "Hidden layers", "Model", ParameterType::integerList, std::vector<int64_t>{500});
  schema.back().maximum = 4096;
  add("activation", "Activation", "Model", ParameterType::choice, std::string("relu"));
  schema.back().choices = {"relu", "tanh"};
  add("pixels", "Pixels", "Model", ParameterType::choice, std::string("grey"));
  schema.back().choices = {"grey", "threshold", "binarise"};
  schema.back().sweepable = true;
  add("rate", "Learning rate", "Optimiser", ParameterType::real, 0.001);
  add("batch", "Batch", "Optimiser", ParameterType::integer, int64_t{100});
  schema.back().unit = "images";
  add("clip", "Clip gradient", "Optimiser", ParameterType::flag, true);
  add("epochs", "Epochs", "Run", ParameterType::integer, int64_t{10});
  add("seed", "Seed", "Run", ParameterType::integer, int64_t{1});
  auto* form = new ParameterForm;
  form->setSchema(schema);
  qobject_cast<QLineEdit*>(form->control(QStringLiteral("latent")))
      ->setText(QStringLiteral("3, 5, 10, 20, 200"));
  Parameters values;
  values.set("epochs", int64_t{600});
  values.set("batch", int64_t{200});
  values.set("hidden", std::vector<int64_t>{500, 500});
  form->setValues(values);
  form->setContentsMargins(16, 16, 16, 16);
  return form;
}

void Gallery::fillRuns() {
  struct Look {
    const char* name;
    const char* family;
    int latent;
    RunState state;
    bool training, queued, readOnly;
  };
  constexpr Look looks[] = {
      {"VAE on MNIST", "VAE", 2, RunState::finished, false, false, true},
      {"Its autoencoder twin", "AE", 2, RunState::running, true, false, false},
      {"A longer name that is elided", "VAE", 20, RunState::interrupted, false, false, false},
      {"beta too large", "VAE", 200, RunState::failed, false, false, false},
      {"VAE z3", "VAE", 3, RunState::created, false, true, false},
      {"VAE z5", "VAE", 5, RunState::created, false, true, false}};
  Focus focus;
  for (const Look& look : looks) {
    RunItem item;
    item.id = look.name;
    item.name = QString::fromLatin1(look.name);
    item.shortFamily = QString::fromLatin1(look.family);
    item.datasetName = QStringLiteral("MNIST");
    item.spec.parameters.set("latent", int64_t{look.latent});
    item.config.epochs = 40;
    item.state = look.state;
    item.training = look.training;
    item.queued = look.queued;
    item.readOnly = look.readOnly;
    item.epoch = 7;
    item.secondsPerEpoch = 3.1;
    item.step = 4200;
    m_runs.put(item);
    if (focus.shown.size() < 2) focus.shown.push_back(item.id);
  }
  focus.active = focus.shown.front();
  m_runs.setFocus(focus);
}

} // namespace latent::ui
