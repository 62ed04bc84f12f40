#include "ui/views/window/export_dialog.h"

#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace latent::ui {
namespace {

constexpr double oneColumn = 84;
constexpr double twoColumns = 174;
const QStringList formats{"pdf", "svg", "png", "csv"};

} // namespace

ExportDialog::ExportDialog(const ExportSettings& settings, FigureRequest::Kind kind, QWidget* parent)
    : QDialog(parent),
      m_kind(new QComboBox(this)),
      m_file(new QLineEdit(this)),
      m_width(new QComboBox(this)),
      m_millimetres(new QDoubleSpinBox(this)),
      m_dpi(new QSpinBox(this)),
      m_problem(new QLabel(this)) {
  setWindowTitle(tr("Export view"));
  m_kind->addItem(tr("Plane"), static_cast<int>(FigureRequest::Kind::plane));
  m_kind->addItem(tr("Reconstructions"), static_cast<int>(FigureRequest::Kind::reconstruct));
  m_kind->addItem(tr("Curves"), static_cast<int>(FigureRequest::Kind::curves));
  const std::pair<FigureRequest::Kind, QString> ofCompare[] = {{FigureRequest::Kind::noise, tr("Noise")},
                                                               {FigureRequest::Kind::sample, tr("Samples")},
                                                               {FigureRequest::Kind::interpolate, tr("Path")},
                                                               {FigureRequest::Kind::traverse, tr("Sweep")}};
  for (const auto& [each, words] : ofCompare)
    if (each == kind) m_kind->addItem(words, static_cast<int>(each)); // only while it is what is shown
  m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
  m_width->addItem(tr("One column (84 mm)"), oneColumn);
  m_width->addItem(tr("Two columns (174 mm)"), twoColumns);
  m_width->addItem(tr("Other"), 0.0);
  m_millimetres->setRange(20, 1000);
  m_millimetres->setSuffix(tr(" mm"));
  m_millimetres->setDecimals(0);
  m_millimetres->setValue(settings.widthMm);
  const int preset = m_width->findData(settings.widthMm);
  m_width->setCurrentIndex(preset >= 0 ? preset : m_width->count() - 1);
  m_dpi->setRange(72, 1200);
  m_dpi->setValue(static_cast<int>(settings.dpi));
  m_dpi->setSuffix(tr(" dpi"));
  m_file->setMinimumWidth(360);
  setRole(m_problem, "error");
  m_problem->setWordWrap(true);

  auto* choose = new QPushButton(tr("Browse…"), this);
  auto* fileRow = new QHBoxLayout;
  fileRow->addWidget(m_file, 1);
  fileRow->addWidget(choose);
  auto* widthRow = new QHBoxLayout;
  widthRow->addWidget(m_width, 1);
  widthRow->addWidget(m_millimetres);
  auto* form = new QFormLayout;
  form->addRow(tr("View"), m_kind);
  form->addRow(tr("File"), fileRow);
  form->addRow(tr("Width"), widthRow);
  form->addRow(tr("Resolution"), m_dpi);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  m_write = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
  setRole(m_write, "primary");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->addLayout(form);
  column->addWidget(m_problem);
  column->addWidget(buttons);

  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(choose, &QPushButton::clicked, this, &ExportDialog::browse);
  connect(m_file, &QLineEdit::textChanged, this, &ExportDialog::refresh);
  connect(m_kind, &QComboBox::activated, this, [this] { emit kindChosen(this->kind()); });
  connect(m_width, &QComboBox::activated, this, [this] {
    const double millimetres = m_width->currentData().toDouble();
    if (millimetres > 0) m_millimetres->setValue(millimetres);
    refresh();
  });
  refresh();
}

FigureRequest::Kind ExportDialog::kind() const {
  return static_cast<FigureRequest::Kind>(m_kind->currentData().toInt());
}

QString ExportDialog::file() const {
  return m_file->text().trimmed();
}

void ExportDialog::setFile(const QString& file) {
  m_file->setText(file);
}

ExportSettings ExportDialog::settings() const {
  const QFileInfo info(file());
  return {info.absolutePath(), info.suffix().toLower(), m_millimetres->value(),
          static_cast<double>(m_dpi->value()), true};
}

void ExportDialog::refresh() {
  const QFileInfo info(file());
  const bool known = formats.contains(info.suffix().toLower());
  m_write->setEnabled(known && !info.completeBaseName().isEmpty());
  m_problem->setText(known || file().isEmpty()
                         ? QString()
                         : tr("The file name says the format: end it in .pdf, .svg, .png or .csv."));
  m_dpi->setEnabled(info.suffix().compare(QLatin1String("png"), Qt::CaseInsensitive) == 0);
  m_millimetres->setEnabled(m_width->currentData().toDouble() <= 0);
}

void ExportDialog::browse() {
  auto* dialog = new QFileDialog(this, tr("Export view"), QFileInfo(file()).absolutePath(),
                                 tr("Figures (*.pdf *.svg *.png *.csv)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->selectFile(QFileInfo(file()).fileName());
  connect(dialog, &QFileDialog::fileSelected, this, &ExportDialog::setFile);
  dialog->open();
}

} // namespace latent::ui
