#include "ui/views/window/movie_dialog.h"

#include "ui/views/window/file_field.h"
#include "ui/views/window/form_rows.h"
#include "ui/views/window/movie_preview.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr int pauseMs = 400; ///< after the last change
constexpr int formWidth = 336;
constexpr int previewWidth = 480; ///< px of a frame of the preview
const QStringList formats{"mp4", "gif"};

} // namespace

MovieDialog::MovieDialog(MovieBridge* movies, const std::vector<MovieChoice>& choices, size_t current,
                         const MovieSettings& settings, Namer name, QWidget* parent)
    : QDialog(parent),
      m_movies(movies),
      m_choices(choices),
      m_name(std::move(name)),
      m_settings(settings),
      m_shown(choices[current].kind),
      m_kind(new QComboBox(this)),
      m_format(new QComboBox(this)),
      m_width(new QSpinBox(this)),
      m_frames(new QSpinBox(this)),
      m_back(new QCheckBox(tr("And back again"), this)),
      m_low(new QDoubleSpinBox(this)),
      m_high(new QDoubleSpinBox(this)),
      m_rate(new QDoubleSpinBox(this)),
      m_duration(new QLabel(this)),
      m_loop(new QComboBox(this)),
      m_plays(new QSpinBox(this)),
      m_dither(new QComboBox(this)),
      m_sidecar(new QCheckBox(tr("Recipe (.json)"), this)),
      m_file(new FileField("movie", tr("Export movie"), tr("Movies"), formats, this)),
      m_note(new QLabel(this)),
      m_form(nullptr),
      m_preview(new MoviePreview(this)),
      m_write(nullptr) {
  setWindowTitle(tr("Export movie"));
  for (const MovieChoice& choice : m_choices) m_kind->addItem(choice.name);
  m_kind->setCurrentIndex(static_cast<int>(current));
  makeFields(settings);
  layOut();
  m_pause.setSingleShot(true);
  m_pause.setInterval(pauseMs);
  connectFields();
  takeKind();
}

MovieDialog::~MovieDialog() {
  if (m_movies) m_movies->stopPreview();
}

void MovieDialog::makeFields(const MovieSettings& settings) {
  const std::pair<QWidget*, const char*> names[] = {
      {m_kind, "movieKind"},       {m_format, "movieFormat"}, {m_width, "movieWidth"},
      {m_frames, "movieFrames"},   {m_back, "movieBack"},     {m_low, "movieLow"},
      {m_high, "movieHigh"},       {m_rate, "movieRate"},     {m_duration, "movieDuration"},
      {m_loop, "movieLoop"},       {m_plays, "moviePlays"},   {m_dither, "movieDither"},
      {m_sidecar, "movieSidecar"}, {m_note, "movieNote"}};
  for (const auto& [field, name] : names) field->setObjectName(name);
  for (const QString& format : formats) m_format->addItem(format.toUpper(), format);
  m_format->setCurrentIndex(std::max(0, m_format->findData(settings.extension)));
  m_width->setRange(narrowestMovie, widestMovie);
  m_width->setSingleStep(2);
  m_width->setSuffix(tr(" px"));
  m_width->setValue(settings.widthPx);
  m_frames->setRange(fewestFrames, mostFrames);
  m_back->setChecked(settings.back);
  for (QDoubleSpinBox* box : {m_low, m_high}) {
    box->setRange(0, largestSigma);
    box->setSingleStep(0.25);
  }
  m_low->setPrefix(tr("from "));
  m_high->setPrefix(tr("to "));
  m_rate->setRange(slowestMovie, fastestMovie);
  m_rate->setDecimals(1);
  m_rate->setSuffix(tr(" a second"));
  setRole(m_duration, "caption");
  m_loop->addItem(tr("For ever"), 0);
  m_loop->addItem(tr("Once"), 1);
  m_loop->addItem(tr("Several times"), 2);
  m_loop->setCurrentIndex(std::min(settings.plays, 2));
  m_plays->setRange(2, mostPlays);
  m_plays->setSuffix(tr(" times"));
  m_plays->setValue(settings.plays);
  m_dither->addItem(tr("None"), false);
  m_dither->addItem(tr("Floyd–Steinberg"), true);
  m_dither->setCurrentIndex(settings.dithered ? 1 : 0);
  m_sidecar->setChecked(settings.sidecar);
  m_note->setWordWrap(true);
  m_note->setTextFormat(Qt::PlainText);
  setHelp(m_dither, {tr("Dithering"),
                     tr("A GIF holds at most 256 colours, chosen over the whole movie. Where it has more, "
                        "dithering mixes those between from dots; paper and text stay clean. Grey images "
                        "look best without."),
                     {}});
  setHelp(m_frames,
          {tr("Frames"),
           tr("Of training: at most so many of the kept snapshots, spread evenly. Of the others: from "
              "one end to the other, each decoded anew."),
           {}});
}

QWidget* MovieDialog::makeForm() {
  auto* content = new QWidget(this);
  m_form = emptyForm(content);
  addRow(m_form, tr("What moves"), m_kind, m_kind);
  addRow(m_form, tr("Format"), beside({m_format, m_width}, content), m_format);
  addRow(m_form, tr("Frames"), m_frames, m_frames);
  m_form->addRow(QString(), m_back);
  addRow(m_form, tr("σ"), beside({m_low, m_high}, content), m_low);
  addRow(m_form, tr("Rate"), m_rate, m_rate);
  m_form->addRow(QString(), m_duration);
  addRow(m_form, tr("Plays"), beside({m_loop, m_plays}, content), m_loop);
  addRow(m_form, tr("Dithering"), m_dither, m_dither);
  addRow(m_form, tr("Beside it"), m_sidecar, m_sidecar);
  addRow(m_form, tr("File"), m_file, m_file->line());
  m_form->addRow(m_note);
  m_width->setAccessibleName(tr("Width"));
  m_plays->setAccessibleName(tr("How often"));
  m_high->setAccessibleName(tr("Highest σ"));
  content->setFixedWidth(formWidth);
  return content;
}

void MovieDialog::layOut() {
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  m_write = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
  m_write->setObjectName("movieWrite");
  m_write->setDefault(true);
  setRole(m_write, "primary");
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* left = new QVBoxLayout;
  left->addWidget(makeForm());
  left->addStretch(1);
  auto* across = new QHBoxLayout;
  across->setSpacing(16);
  across->addLayout(left);
  across->addWidget(m_preview, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(12);
  column->addLayout(across, 1);
  column->addWidget(buttons);
  resize(1000, 520);
}

void MovieDialog::connectFields() {
  connect(&m_pause, &QTimer::timeout, this, &MovieDialog::previewNow);
  connect(m_kind, &QComboBox::activated, this, [this] {
    keepFields();
    takeKind();
  });
  connect(m_format, &QComboBox::activated, this, &MovieDialog::takeFormat);
  for (QSpinBox* box : {m_width, m_frames})
    connect(box, &QSpinBox::valueChanged, this, &MovieDialog::previewSoon);
  for (QDoubleSpinBox* box : {m_low, m_high})
    connect(box, &QDoubleSpinBox::valueChanged, this, &MovieDialog::previewSoon);
  connect(m_back, &QCheckBox::toggled, this, &MovieDialog::previewSoon);
  connect(m_width, &QSpinBox::editingFinished, this, [this] { m_width->setValue(m_width->value() / 2 * 2); });
  connect(m_rate, &QDoubleSpinBox::valueChanged, this, &MovieDialog::refresh);
  connect(m_loop, &QComboBox::activated, this, &MovieDialog::refresh);
  connect(m_file, &FileField::changed, this, [this] {
    const int format = m_format->findData(m_file->format());
    if (format >= 0) m_format->setCurrentIndex(format);
    refresh();
  });
}

MovieRequest::Kind MovieDialog::kind() const {
  return m_choices[static_cast<size_t>(std::max(0, m_kind->currentIndex()))].kind;
}

bool MovieDialog::gif() const {
  return m_format->currentData().toString() == QLatin1String("gif");
}

void MovieDialog::keepFields() {
  (isTraining(m_shown) ? m_settings.snapshots : m_settings.frames) = m_frames->value();
  (isTraining(m_shown) ? m_settings.trainingRate : m_settings.rate) = m_rate->value();
  m_settings.lowSigma = m_low->value();
  m_settings.highSigma = m_high->value();
}

void MovieDialog::takeKind() {
  m_shown = kind();
  const bool training = isTraining(m_shown);
  {
    const QSignalBlocker frames(m_frames), rate(m_rate), low(m_low), high(m_high);
    m_frames->setPrefix(training ? tr("at most ") : QString());
    m_frames->setSuffix(training ? tr(" snapshots") : QString());
    m_frames->setValue(training ? m_settings.snapshots : m_settings.frames);
    m_rate->setValue(training ? m_settings.trainingRate : m_settings.rate);
    m_low->setValue(m_settings.lowSigma);
    m_high->setValue(m_settings.highSigma);
  }
  m_back->setVisible(!training);
  QWidget* sigma = m_low->parentWidget();
  sigma->setVisible(m_shown == MovieRequest::Kind::noise);
  m_form->labelForField(sigma)->setVisible(m_shown == MovieRequest::Kind::noise);
  m_frameCount = 0;
  m_file->setPath(m_name(m_shown, m_format->currentData().toString()));
  previewNow();
}

void MovieDialog::takeFormat() {
  m_file->setFormat(m_format->currentData().toString());
  refresh();
}

Result<MovieRequest> MovieDialog::request() const {
  Result<FigureRequest> view = m_choices[static_cast<size_t>(std::max(0, m_kind->currentIndex()))].request();
  if (!view) return view.error();
  MovieRequest request;
  request.kind = kind();
  request.view = *std::move(view);
  request.frames = m_frames->value();
  request.back = !isTraining(request.kind) && m_back->isChecked();
  request.lowSigma = m_low->value();
  request.highSigma = m_high->value();
  request.widthPx = m_width->value() / 2 * 2;
  request.rate = gif() ? std::min(m_rate->value(), fastestGif) : m_rate->value();
  request.plays = m_loop->currentIndex() == 2 ? m_plays->value() : m_loop->currentIndex();
  request.dithered = m_dither->currentIndex() == 1;
  request.sidecar = m_sidecar->isChecked();
  request.file = m_file->path();
  return request;
}

MovieSettings MovieDialog::settings() const {
  MovieSettings settings = m_settings;
  (isTraining(kind()) ? settings.snapshots : settings.frames) = m_frames->value();
  (isTraining(kind()) ? settings.trainingRate : settings.rate) = m_rate->value();
  settings.folder = QFileInfo(m_file->path()).absolutePath();
  settings.extension = m_format->currentData().toString();
  settings.widthPx = m_width->value() / 2 * 2;
  settings.back = m_back->isChecked();
  settings.lowSigma = m_low->value();
  settings.highSigma = m_high->value();
  settings.plays = m_loop->currentIndex() == 2 ? m_plays->value() : m_loop->currentIndex();
  settings.dithered = m_dither->currentIndex() == 1;
  settings.sidecar = m_sidecar->isChecked();
  return settings;
}

QString MovieDialog::problem() const {
  if (QString wrong = m_file->problem(); !wrong.isEmpty()) return wrong;
  if (kind() == MovieRequest::Kind::noise && m_low->value() >= m_high->value())
    return tr("The noise rises: its first σ must be below its last.");
  return m_preview->problem();
}

// What does not apply is grey and says why.
void MovieDialog::refresh() {
  const QString only = gif() ? QString() : tr("Only a GIF holds this; an MP4 is played as the player likes.");
  for (QWidget* field : std::initializer_list<QWidget*>{m_loop, m_dither}) field->setEnabled(gif());
  m_loop->setToolTip(only);
  m_plays->setVisible(m_loop->currentIndex() == 2);
  m_plays->setEnabled(gif());
  m_rate->setMaximum(gif() ? fastestGif : fastestMovie);
  int frames = m_frameCount;
  if (!isTraining(kind()))
    frames = m_back->isChecked() ? std::max(m_frames->value(), 2 * m_frames->value() - 2) : m_frames->value();
  m_duration->setText(
      frames > 0
          ? tr("%n frames, %1 s", nullptr, frames).arg(locale().toString(frames / m_rate->value(), 'f', 1))
          : QString());
  const QString wrong = problem();
  const bool replaces = QFileInfo::exists(m_file->path());
  m_note->setText(
      !wrong.isEmpty() ? wrong
      : replaces ? tr("%1 is there already and will be replaced.").arg(QFileInfo(m_file->path()).fileName())
                 : QString());
  setRole(m_note, wrong.isEmpty() ? "caption" : "error");
  m_write->setEnabled(wrong.isEmpty());
  m_write->setText(replaces ? tr("Replace") : tr("Export"));
}

void MovieDialog::previewSoon() {
  m_preview->setWaiting();
  m_pause.start();
  refresh();
}

void MovieDialog::previewNow() {
  m_pause.stop();
  m_movies->stopPreview();
  const Result<MovieRequest> wanted = request();
  const auto refuse = [this](const Error& error) {
    m_preview->setProblem(QString::fromStdString(error.message));
    refresh();
  };
  if (!wanted) return refuse(wanted.error());
  m_preview->setWaiting();
  refresh();
  if (kind() == MovieRequest::Kind::noise && m_low->value() >= m_high->value()) return;
  const int width = std::min(previewWidth, wanted->widthPx);
  m_movies->preview(*wanted, width, this, [this, refuse](const Result<MovieBridge::Preview>& preview) {
    if (!preview) return refuse(preview.error());
    m_frameCount = preview->frames;
    m_preview->setFrames(preview->pictures, preview->numbers);
    refresh();
  });
}

} // namespace latent::ui
