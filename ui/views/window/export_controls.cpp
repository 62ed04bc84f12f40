#include "ui/views/window/export_controls.h"

#include "core/figure/figure_tex.h"
#include "ui/views/window/file_field.h"
#include "ui/views/window/form_rows.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

const QStringList formats{"pdf", "svg", "png", "csv"};

QDoubleSpinBox* numberBox(double low, double high, double step, const QString& suffix, QWidget* parent) {
  auto* box = new QDoubleSpinBox(parent);
  box->setRange(low, high);
  box->setSingleStep(step);
  box->setDecimals(1);
  box->setSuffix(suffix);
  box->setKeyboardTracking(false); // a page of each digit on the way would only flicker
  return box;
}

bool equal(double a, double b) {
  return std::abs(a - b) < 0.05;
}

} // namespace

ExportControls::ExportControls(const std::vector<FigureChoice>& choices, size_t current,
                               const ExportSettings& settings, QWidget* parent)
    : QWidget(parent),
      m_choices(choices),
      m_start(settings),
      m_kind(new QComboBox(this)),
      m_format(new QComboBox(this)),
      m_preset(new QComboBox(this)),
      m_width(numberBox(narrowestPage, largestPage, 1, tr(" mm"), this)),
      m_height(numberBox(0, largestPage, 1, tr(" mm"), this)),
      m_font(numberBox(smallestFont, largestFont, 0.5, tr(" pt"), this)),
      m_line(numberBox(thinnestCurve, thickestCurve, 0.1, tr(" pt"), this)),
      m_dpi(new QSpinBox(this)),
      m_colour(new QComboBox(this)),
      m_hasTitle(new QCheckBox(tr("Title"), this)),
      m_title(new QLineEdit(this)),
      m_legend(new QComboBox(this)),
      m_smooth(new QCheckBox(tr("Interpolate pixels"), this)),
      m_numbers(new QCheckBox(tr("Numbers (.csv)"), this)),
      m_tex(new QCheckBox(tr("PGFPlots (.tex)"), this)),
      m_sidecar(new QCheckBox(tr("Recipe (.json)"), this)),
      m_file(new FileField("export", tr("Export view"), tr("Figures"), formats, this)),
      m_note(new QLabel(this)) {
  for (const FigureChoice& choice : m_choices) m_kind->addItem(choice.name);
  m_kind->setCurrentIndex(static_cast<int>(current));
  makeFields(settings);
  layOut();
  connectFields();
  enable();
}

void ExportControls::makeFields(const ExportSettings& settings) {
  const std::pair<QWidget*, const char*> names[] = {
      {m_kind, "exportKind"},         {m_format, "exportFormat"},   {m_preset, "exportPreset"},
      {m_width, "exportWidth"},       {m_height, "exportHeight"},   {m_font, "exportFont"},
      {m_line, "exportLine"},         {m_dpi, "exportDpi"},         {m_colour, "exportColour"},
      {m_hasTitle, "exportHasTitle"}, {m_title, "exportTitle"},     {m_legend, "exportLegend"},
      {m_smooth, "exportSmooth"},     {m_numbers, "exportNumbers"}, {m_tex, "exportTex"},
      {m_sidecar, "exportSidecar"},   {m_note, "exportNote"}};
  for (const auto& [field, name] : names) field->setObjectName(QLatin1String(name));
  for (const QString& format : formats) m_format->addItem(format.toUpper(), format);
  m_format->setCurrentIndex(m_format->findData(settings.extension));
  for (const PagePreset& preset : pagePresets())
    m_preset->addItem(QString::fromStdString(preset.name), QString::fromStdString(preset.id));
  m_preset->addItem(tr("Free"), QString());
  const FigurePage& page = settings.page;
  m_width->setValue(page.widthMm);
  m_height->setSpecialValueText(tr("as high as needed"));
  m_height->setValue(page.heightMm);
  m_font->setValue(page.fontPoints);
  m_line->setValue(page.curvePoints);
  m_dpi->setRange(static_cast<int>(coarsestDpi), static_cast<int>(finestDpi));
  m_dpi->setSingleStep(50);
  m_dpi->setSuffix(tr(" dpi"));
  m_dpi->setValue(static_cast<int>(std::lround(page.dpi)));
  m_dpi->setKeyboardTracking(false);
  m_colour->addItem(tr("Colour"), false);
  m_colour->addItem(tr("Greys that stay apart"), true);
  m_colour->setCurrentIndex(page.greyscale ? 1 : 0);
  m_hasTitle->setChecked(page.title != "");
  m_title->setPlaceholderText(tr("the figure's own"));
  m_legend->addItem(tr("Above"), static_cast<int>(LegendPlace::above));
  m_legend->addItem(tr("Below"), static_cast<int>(LegendPlace::below));
  m_legend->addItem(tr("Right"), static_cast<int>(LegendPlace::right));
  m_legend->addItem(tr("None"), static_cast<int>(LegendPlace::none));
  m_legend->setCurrentIndex(m_legend->findData(static_cast<int>(page.legend)));
  m_smooth->setChecked(page.smooth);
  m_numbers->setChecked(settings.numbers);
  m_tex->setChecked(settings.tex);
  m_sidecar->setChecked(settings.sidecar);
  m_note->setWordWrap(true);
  m_note->setTextFormat(Qt::PlainText);
  setRole(m_note, "caption");
  setHelp(m_colour, {tr("Colours"),
                     tr("Greys that stay apart in print tell curves and classes by their lightness, patterns "
                        "and markers instead of by their hue."),
                     {}});
  setHelp(m_smooth, {tr("Interpolate pixels"),
                     tr("Images are drawn pixel for pixel, as the model gives them. Interpolated ones look "
                        "smoother than what the model knows."),
                     {}});
  showPreset();
}

void ExportControls::layOut() {
  auto* form = emptyForm(this);
  form->setContentsMargins(0, 0, 8, 0); // beside the bar of the scroll area
  addRow(form, tr("Figure"), m_kind, m_kind);
  addRow(form, tr("Format"), beside({m_format, m_dpi}, this), m_format);
  addRow(form, tr("Size"), m_preset, m_preset);
  addRow(form, tr("Width"), m_width, m_width);
  addRow(form, tr("Height"), m_height, m_height);
  addRow(form, tr("Text"), m_font, m_font);
  addRow(form, tr("Lines"), m_line, m_line);
  addRow(form, tr("Colours"), m_colour, m_colour);
  form->addRow(m_hasTitle, m_title);
  addRow(form, tr("Legend"), m_legend, m_legend);
  addRow(form, tr("Images"), m_smooth, m_smooth);
  addRow(form, tr("Beside it"), m_numbers, m_numbers);
  form->addRow(QString(), m_tex);
  form->addRow(QString(), m_sidecar);
  addRow(form, tr("File"), m_file, m_file->line());
  form->addRow(m_note);
  m_title->setAccessibleName(tr("Words of the title"));
  m_dpi->setAccessibleName(tr("Resolution"));
}

void ExportControls::connectFields() {
  const auto drawn = [this] { emit pageChanged(); };
  connect(m_kind, &QComboBox::activated, this, &ExportControls::choiceChanged);
  connect(m_format, &QComboBox::activated, this, &ExportControls::takeExtension);
  connect(m_preset, &QComboBox::activated, this, &ExportControls::takePreset);
  connect(m_width, &QDoubleSpinBox::valueChanged, this, [this] {
    showPreset();
    emit widthChanged();
  });
  connect(m_height, &QDoubleSpinBox::valueChanged, this, [this] {
    showPreset();
    emit pageChanged();
  });
  for (QDoubleSpinBox* box : {m_font, m_line}) connect(box, &QDoubleSpinBox::valueChanged, this, drawn);
  for (QComboBox* box : {m_colour, m_legend}) connect(box, &QComboBox::activated, this, drawn);
  connect(m_hasTitle, &QCheckBox::toggled, this, [this] {
    enable();
    emit pageChanged();
  });
  connect(m_title, &QLineEdit::textChanged, this, drawn);
  connect(m_smooth, &QCheckBox::toggled, this, drawn);
  for (QCheckBox* box : {m_numbers, m_tex, m_sidecar})
    connect(box, &QCheckBox::toggled, this, [this] {
      enable();
      typed();
    });
  connect(m_file, &FileField::changed, this, &ExportControls::typed);
}

size_t ExportControls::choice() const {
  return static_cast<size_t>(std::max(0, m_kind->currentIndex()));
}

FigurePage ExportControls::page() const {
  FigurePage page;
  page.widthMm = m_width->value();
  page.heightMm = m_height->value();
  page.fontPoints = m_font->value();
  page.curvePoints = m_line->value();
  page.dpi = m_dpi->value();
  if (!m_hasTitle->isChecked())
    page.title = "";
  else if (const QString words = m_title->text().trimmed(); !words.isEmpty())
    page.title = words.toStdString();
  page.legend = static_cast<LegendPlace>(m_legend->currentData().toInt());
  page.greyscale = m_colour->currentData().toBool();
  page.smooth = m_smooth->isChecked();
  return page;
}

ExportSettings ExportControls::settings() const {
  ExportSettings settings = m_start;
  settings.folder = QFileInfo(m_file->path()).absolutePath();
  settings.extension = extension();
  settings.page = page();
  if (settings.page.title != "") settings.page.title.reset(); // words are those of one figure
  settings.numbers = m_numbers->isChecked();
  settings.tex = m_tex->isChecked();
  settings.sidecar = m_sidecar->isChecked();
  settings.used = true;
  return settings;
}

FigureFiles ExportControls::files() const {
  ExportSettings chosen = settings();
  chosen.tex = chosen.tex && m_tex->isEnabled();
  return chosen.filesOf(m_file->path());
}

QString ExportControls::extension() const {
  return m_format->currentData().toString();
}

void ExportControls::setFile(const QString& file) {
  m_file->setPath(file);
}

void ExportControls::takePreset() {
  const std::string id = m_preset->currentData().toString().toStdString();
  const auto& presets = pagePresets();
  const auto preset = std::ranges::find(presets, id, &PagePreset::id);
  if (preset == presets.end()) {
    m_width->setFocus(Qt::OtherFocusReason); // "Free" asks for one's own
    m_width->selectAll();
    return;
  }
  const bool wider = !equal(m_width->value(), preset->widthMm);
  {
    const QSignalBlocker width(m_width), height(m_height), font(m_font), line(m_line);
    m_width->setValue(preset->widthMm);
    m_height->setValue(preset->heightMm);
    m_font->setValue(preset->fontPoints);
    m_line->setValue(preset->curvePoints);
  }
  wider ? emit widthChanged() : emit pageChanged();
}

void ExportControls::showPreset() {
  const auto& presets = pagePresets();
  const auto preset = std::ranges::find_if(presets, [this](const PagePreset& each) {
    return equal(each.widthMm, m_width->value()) && equal(each.heightMm, m_height->value());
  });
  m_preset->setCurrentIndex(static_cast<int>(preset - presets.begin())); // "Free" is the last
}

void ExportControls::takeExtension() {
  m_file->setFormat(extension());
  enable();
  emit pageChanged();
}

// The ending of the name is the format.
void ExportControls::typed() {
  const int format = m_format->findData(m_file->format());
  if (format >= 0 && format != m_format->currentIndex()) {
    m_format->setCurrentIndex(format);
    enable();
  }
  const QStringList there = replaced();
  const QString wrong = problem();
  m_note->setText(!wrong.isEmpty() ? wrong
                  : there.isEmpty()
                      ? QString()
                      : tr("%1 is there already and will be replaced.", nullptr, int(there.size()))
                            .arg(there.join(tr(", "))));
  setRole(m_note, wrong.isEmpty() ? "caption" : "error");
  emit fileChanged();
}

QString ExportControls::problem() const {
  return m_file->problem();
}

QStringList ExportControls::replaced() const {
  const FigureFiles wanted = files();
  const QFileInfo file(wanted.file);
  QStringList names{file.fileName()}, there;
  const QString base = file.completeBaseName();
  if (wanted.numbers) names << base + ".csv";
  if (wanted.tex) names << base + ".tex";
  if (wanted.sidecar) names << base + ".json";
  for (const QString& name : names)
    if (!file.fileName().isEmpty() && file.dir().exists(name)) there << name;
  return there;
}

void ExportControls::setFigure(const Figure& figure) {
  const auto any = [&](auto has) { return std::ranges::any_of(figure.panels, has); };
  m_curves = any([](const FigurePanel& panel) { return std::holds_alternative<CurvesPanel>(panel); });
  m_images = any([](const FigurePanel& panel) {
    const auto* plane = std::get_if<PlanePanel>(&panel);
    return plane ? !plane->pixels.empty() : !std::holds_alternative<CurvesPanel>(panel);
  });
  m_legendUsed = any([](const FigurePanel& panel) { return !std::holds_alternative<ImagesPanel>(panel); });
  m_texUsed = drawsInTex(figure);
  m_title->setPlaceholderText(figure.title.empty() ? tr("this figure has none of its own")
                                                   : QString::fromStdString(figure.title));
  enable();
  typed();
}

// What does not apply is grey and says why.
void ExportControls::enable() {
  const auto set = [](QWidget* field, const QString& reason) {
    field->setEnabled(reason.isEmpty());
    field->setToolTip(reason);
  };
  const bool table = extension() == QLatin1String("csv");
  const QString numbersOnly = table ? tr("A table of numbers has no page.") : QString();
  for (QWidget* field : std::initializer_list<QWidget*>{m_height, m_font, m_colour, m_hasTitle})
    set(field, numbersOnly);
  set(m_title, table ? numbersOnly : m_hasTitle->isChecked() ? QString() : tr("The figure gets no title."));
  set(m_line, table ? numbersOnly : m_curves ? QString() : tr("This figure has no curves."));
  set(m_legend, table          ? numbersOnly
                : m_legendUsed ? QString()
                               : tr("A figure of images alone has no legend."));
  set(m_smooth, table ? numbersOnly : m_images ? QString() : tr("This figure shows no images."));
  set(m_dpi, extension() == QLatin1String("png")
                 ? QString()
                 : tr("Only PNG has a resolution: PDF and SVG are lines and letters."));
  const bool tex = m_tex->isChecked() && m_tex->isEnabled();
  set(m_numbers, table ? tr("The file itself is the table.")
                 : tex ? tr("The .tex reads its numbers from the .csv.")
                       : QString());
  set(m_tex, table       ? tr("Choose a picture's format: the .tex is written beside it.")
             : m_texUsed ? QString()
                         : tr("This figure holds only pictures; LaTeX takes in the PDF itself."));
  if (tex && m_tex->isEnabled() && !m_numbers->isChecked()) {
    const QSignalBlocker quiet(m_numbers);
    m_numbers->setChecked(true);
  }
}

} // namespace latent::ui
