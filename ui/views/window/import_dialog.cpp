#include "ui/views/window/import_dialog.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int typingMs = 400;
constexpr size_t imagesPerRow = 8;

/// What shapes the weights; how the model was trained does not matter here.
ParameterSchema shapeOf(const FamilyInfo& family) {
  ParameterSchema schema;
  for (const ParameterSpec& spec : family.schema)
    if (spec.group != "Optimiser" && spec.group != "Objective") schema.push_back(spec);
  return schema;
}

std::vector<Image> partOf(const std::vector<Image>& images, size_t first) {
  const size_t last = std::min(images.size(), first + imagesPerRow);
  return {images.begin() + static_cast<std::ptrdiff_t>(std::min(first, last)),
          images.begin() + static_cast<std::ptrdiff_t>(last)};
}

/// "0.5, 0.5, 0.5"; nothing where a part is no number.
std::optional<std::vector<double>> numbersIn(const QString& text) {
  std::vector<double> numbers;
  if (text.trimmed().isEmpty()) return numbers;
  for (const QString& part : text.split(QLatin1Char(','))) {
    bool ok = false;
    numbers.push_back(part.trimmed().toDouble(&ok));
    if (!ok) return std::nullopt;
  }
  return numbers;
}

} // namespace

ImportDialog::ImportDialog(const Workbench& bench, const QString& file, QWidget* parent)
    : QDialog(parent),
      m_bench(bench),
      m_path(file),
      m_import(bench.jobs, bench.library),
      m_content(new QLabel(tr("Reading…"), this)),
      m_dataset(new QComboBox(this)),
      m_family(new QComboBox(this)),
      m_parameters(new ParameterForm(this)),
      m_range(new QComboBox(this)),
      m_output(new QComboBox(this)),
      m_channels(new QComboBox(this)),
      m_mean(new QLineEdit(this)),
      m_deviation(new QLineEdit(this)),
      m_run(new QPushButton(tr("Run its code and try it"), this)),
      m_images(new ImageGrid(this)),
      m_notes(new QLabel(this)) {
  setWindowTitle(tr("Open model %1").arg(QFileInfo(file).fileName()));
  auto* scroll = new QScrollArea(this);
  scroll->setWidget(makeForm());
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setMinimumSize(340, 320);
  m_images->setMinimumSize(680, 280); // two times eight images of up to 64 pixels, above what becomes of them
  m_images->setObjectName("importImages");
  m_notes->setObjectName("importNotes");
  m_notes->setWordWrap(true);
  m_notes->setTextFormat(Qt::PlainText);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  m_open = buttons->addButton(tr("Open as a run"), QDialogButtonBox::AcceptRole);
  m_open->setObjectName("importOpen");
  m_open->setEnabled(false);
  setRole(m_open, "primary");
  auto* right = new QVBoxLayout;
  right->addWidget(m_images);
  right->addWidget(m_notes);
  right->addStretch(1);
  auto* across = new QHBoxLayout;
  across->setSpacing(16);
  across->addWidget(scroll);
  across->addLayout(right, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->addLayout(across, 1);
  column->addWidget(buttons);

  m_pause.setSingleShot(true);
  m_pause.setInterval(typingMs);
  connect(&m_pause, &QTimer::timeout, this, &ImportDialog::tryIt);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_open, &QPushButton::clicked, this, [this] {
    QString problem;
    const ModelReading how = reading(&problem);
    m_open->setEnabled(false);
    m_import.makeRun(how);
  });
  connect(&m_import, &ModelImport::looked, this, &ImportDialog::takeFile);
  connect(&m_import, &ModelImport::previewed, this, &ImportDialog::showPreview);
  connect(&m_import, &ModelImport::refused, this, [this](const QString& sentence) {
    if (!m_known) m_content->setText(tr("No model that can be read."));
    say(sentence, {});
  });
  connect(&m_import, &ModelImport::made, this, [this](const QString& folder) {
    emit opened(folder);
    accept();
  });
  connect(bench.library, &LibraryBridge::datasetsChanged, this, &ImportDialog::fillDatasets);
  fillDatasets();
  takeFamily();
  for (QWidget* part : m_ofWeights) part->hide();
  for (QWidget* part : m_ofModules) part->hide();
  m_import.look(file);
}

QWidget* ImportDialog::makeForm() {
  auto* content = new QWidget(this);
  auto* form = new QFormLayout(content);
  form->setContentsMargins(0, 0, 8, 0);
  const auto add = [&](const QString& name, QWidget* field, std::vector<QWidget*>* group) {
    auto* label = new QLabel(name, content);
    form->addRow(label, field);
    if (group) group->insert(group->end(), {label, field});
  };
  m_content->setWordWrap(true);
  setRole(m_content, "caption");
  form->addRow(m_content);
  add(tr("Images of"), m_dataset, nullptr);
  add(tr("Model"), m_family, &m_ofWeights);
  form->addRow(m_parameters);
  m_ofWeights.push_back(m_parameters);
  for (const FamilyInfo& family : m_bench.library->families())
    m_family->addItem(QString::fromStdString(family.name), QString::fromStdString(family.id));
  m_family->setCurrentIndex(m_family->findData(QStringLiteral("vae")));

  m_range->addItem(tr("find out"), QVariant());
  m_range->addItem(tr("0 to 1"), QPointF(0, 1));
  m_range->addItem(tr("−1 to 1"), QPointF(-1, 1));
  m_range->addItem(tr("0 to 255"), QPointF(0, 255));
  m_output->addItem(tr("find out, or pixels"), false);
  m_output->addItem(tr("logits"), true);
  m_channels->addItem(tr("red, green, blue"), false);
  m_channels->addItem(tr("blue, green, red"), true);
  m_mean->setPlaceholderText(tr("none, or one number a channel"));
  m_deviation->setPlaceholderText(m_mean->placeholderText());
  add(tr("Black to white"), m_range, &m_ofModules);
  add(tr("Mean taken off"), m_mean, &m_ofModules);
  add(tr("Divided by"), m_deviation, &m_ofModules);
  add(tr("Channels"), m_channels, &m_ofModules);
  add(tr("decode gives"), m_output, &m_ofModules);
  auto* trust = new QLabel(tr("The file holds code, limited to PyTorch's operators. Run it only if you trust "
                              "where it comes from."),
                           content);
  trust->setWordWrap(true);
  setRole(trust, "caption");
  form->addRow(trust);
  form->addRow(m_run);
  m_ofModules.insert(m_ofModules.end(), {trust, m_run});
  m_dataset->setObjectName("importDataset");
  m_family->setObjectName("importFamily");
  m_parameters->setObjectName("importForm");
  m_range->setObjectName("importRange");
  m_run->setObjectName("importRun");

  for (QComboBox* box : {m_dataset, m_range, m_output, m_channels})
    connect(box, &QComboBox::activated, this, &ImportDialog::changed);
  connect(m_family, &QComboBox::activated, this, [this] {
    takeFamily();
    changed();
  });
  connect(m_parameters, &ParameterForm::edited, this, &ImportDialog::changed);
  for (QLineEdit* edit : {m_mean, m_deviation})
    connect(edit, &QLineEdit::textEdited, this, &ImportDialog::changed);
  connect(m_run, &QPushButton::clicked, this, [this] {
    m_trusted = true;
    m_run->hide();
    tryIt();
  });
  return content;
}

void ImportDialog::fillDatasets() {
  QString was = m_dataset->currentData().toString();
  const RunItem* active = m_bench.runs->find(m_bench.focus->focus().active);
  if (was.isEmpty() && active) was = QString::fromStdString(active->config.dataset); // what is looked at now
  m_dataset->clear();
  for (const DatasetCard& card : m_bench.library->datasets())
    if (card.available) m_dataset->addItem(card.name, QString::fromStdString(card.id));
  m_dataset->setCurrentIndex(std::max(0, m_dataset->findData(was)));
}

void ImportDialog::takeFile(const ModelFile& file) {
  m_file = file;
  m_known = true;
  m_content->setText(file.content);
  for (QWidget* part : m_ofWeights) part->setVisible(!file.module);
  for (QWidget* part : m_ofModules) part->setVisible(file.module);
  if (!file.family.empty()) {
    m_family->setCurrentIndex(m_family->findData(QString::fromStdString(file.family)));
    takeFamily();
    m_parameters->setValues(file.parameters);
  }
  tryIt();
}

void ImportDialog::takeFamily() {
  const auto& families = m_bench.library->families();
  const auto family =
      std::ranges::find(families, m_family->currentData().toString().toStdString(), &FamilyInfo::id);
  if (family != families.end()) m_parameters->setSchema(shapeOf(*family));
}

void ImportDialog::changed() {
  m_open->setEnabled(false);
  m_pause.start();
}

ModelReading ImportDialog::reading(QString* problem) const {
  ModelReading how;
  how.file = m_path;
  how.module = m_file.module;
  how.dataset = m_dataset->currentData().toString().toStdString();
  if (how.dataset.empty()) *problem = tr("There is no data set to try it on.");
  if (!how.module) {
    how.family = m_family->currentData().toString().toStdString();
    how.parameters = m_parameters->first();
    if (!m_parameters->valid()) *problem = m_parameters->firstError();
    return how;
  }
  if (const QVariant range = m_range->currentData(); range.isValid())
    how.range = std::pair(range.toPointF().x(), range.toPointF().y());
  how.bgr = m_channels->currentData().toBool();
  how.logits = m_output->currentData().toBool();
  const auto mean = numbersIn(m_mean->text()), deviation = numbersIn(m_deviation->text());
  if (!mean || !deviation) *problem = tr("Mean and divisor are numbers separated by commas, one a channel.");
  how.mean = mean.value_or(std::vector<double>());
  how.deviation = deviation.value_or(std::vector<double>());
  return how;
}

void ImportDialog::tryIt() {
  if (!m_known || (m_file.module && !m_trusted)) return;
  QString problem;
  const ModelReading how = reading(&problem);
  if (!problem.isEmpty()) return say(problem, {});
  m_notes->setText(tr("Trying it…"));
  m_import.preview(how);
}

void ImportDialog::showPreview(const ModelPreview& preview) {
  if (m_pause.isActive()) return; // something else is wanted by now
  std::vector<ImageRow> rows;
  for (size_t first = 0; first < preview.inputs.size(); first += imagesPerRow) {
    rows.push_back({tr("Input x"), {}, {}, partOf(preview.inputs, first), {}});
    rows.push_back({tr("Output x̂"), {}, {}, partOf(preview.outputs, first), {}});
  }
  m_images->setRows(rows);
  say(preview.problem, preview.notes);
  m_open->setEnabled(preview.problem.isEmpty());
}

void ImportDialog::say(const QString& problem, const QStringList& notes) {
  setRole(m_notes, problem.isEmpty() ? "caption" : "error");
  m_notes->setText(problem.isEmpty() ? notes.join(QLatin1Char('\n')) : problem);
}

} // namespace latent::ui
