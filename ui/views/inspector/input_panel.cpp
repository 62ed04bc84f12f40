#include "ui/views/inspector/input_panel.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/navigator.h"
#include "ui/widgets/draw_pad.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QToolButton>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int panelWidth = 280;
constexpr int captionHeight = 20;
constexpr int besideCaption = 84; // an input of this size or less stands beside its caption
constexpr int patienceMs = 300;   // for the code of a finished stroke
constexpr size_t mostKnown = 200; // as many as the history has steps

} // namespace

InputPanel::InputPanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_caption(new QLabel(this)),
      m_head(new QWidget(this)),
      m_headRow(new QBoxLayout(QBoxLayout::LeftToRight, m_head)),
      m_column(new QBoxLayout(QBoxLayout::TopToBottom, this)),
      m_square(new QWidget(this)),
      m_stack(new QStackedLayout(m_square)),
      m_image(new ImageView(m_square)),
      m_pad(new DrawPad(m_square)),
      m_random(button("randomInput", tr("Random"), {}, tr("Another test image (R)"))),
      m_next(button("nextInput", tr("Next"), {}, tr("The next test image (N)"))),
      m_undo(button("undoStroke", tr("Undo"), {}, tr("Take the last stroke away (Ctrl+Z on the pad)"))),
      m_clear(button("clearStrokes", tr("Clear"), {}, tr("Take all strokes away (Delete on the pad)"))),
      m_invert(button("invertInput", tr("Invert"), {}, tr("Dark ink on light paper becomes light on dark"))),
      m_centre(button("centreInput", tr("Centre"), {},
                      tr("Fit the ink into the box of MNIST's digits, centred by mass"))),
      m_draw(button("drawInput", tr("Draw"), QStringLiteral("pencil"), tr("Draw the input (D)"))),
      m_open(button("openInput", tr("Open image"), QStringLiteral("folder"),
                    tr("Take an image file as input; it can also be dropped here"))) {
  m_column->setContentsMargins(0, 0, 0, 0);
  m_column->setSpacing(0);
  m_column->addWidget(m_head);
  m_column->addWidget(m_square, 0, Qt::AlignHCenter);
  m_stack->setContentsMargins(0, 0, 0, 0);
  m_stack->addWidget(m_image);
  m_stack->addWidget(m_pad);
  m_headRow->setContentsMargins(0, 0, 0, 0);
  m_headRow->setSpacing(4);
  setRole(m_caption, "caption");
  m_caption->setObjectName("inputCaption");
  m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long class name is cut
  m_headRow->addWidget(m_caption, 1);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(4);
  for (QToolButton* made : {m_random, m_next, m_undo, m_clear, m_invert, m_centre, m_draw, m_open})
    buttons->addWidget(made);
  buttons->addStretch(0);
  m_headRow->addLayout(buttons);
  for (QToolButton* made : {m_draw, m_invert, m_centre}) made->setCheckable(true);
  m_image->setObjectName("inputImage");
  m_image->setCaption(tr("Input x"));
  m_pad->setObjectName("drawPad");
  setFixedWidth(panelWidth);
  setHelp(m_image, {tr("Input x"),
                    tr("The image that is encoded: an item of the test set, a drawing or a picture of your "
                       "own. Its posterior is drawn on the plane, its reconstructions stand beside those of "
                       "the other shown runs."),
                    tr("q(z|x)")});
  setHelp(m_pad, {tr("Draw the input"),
                  tr("Strokes are fitted into the box that MNIST's digits fill and centred by mass, as the "
                     "model knows its images; the corner shows what it sees. The point follows the code of "
                     "the drawing. One stroke is one step of undo."),
                  tr("z := \u03bc(x)")});
  connect(m_random, &QToolButton::clicked, bench.navigator, &Navigator::randomInput);
  connect(m_next, &QToolButton::clicked, bench.navigator, &Navigator::nextInput);
  connect(m_draw, &QToolButton::toggled, this, &InputPanel::setDrawing);
  connect(m_open, &QToolButton::clicked, this, &InputPanel::chooseFile);
  connect(m_invert, &QToolButton::clicked, this, &InputPanel::readAgain);
  connect(m_centre, &QToolButton::clicked, this, &InputPanel::readAgain);
  connect(bench.files, &FilesBridge::pictureOpened, this,
          [this](const PictureWish& wish, const Image& image) {
            setDrawing(false);
            m_bench.focus->setSubject({"test", -1, image, wish.file.toStdString()});
          });
  connect(bench.input, &InputFeed::imageChanged, this, &InputPanel::refresh);
  connect(bench.library, &LibraryBridge::datasetsChanged, this, &InputPanel::refresh);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active == now.active && before.subject == now.subject) return;
    if (!m_inGesture) findStrokes();
    refresh();
  });
  connectPad();
  refresh();
}

void InputPanel::connectPad() {
  connect(m_undo, &QToolButton::clicked, m_pad, &DrawPad::undoStroke);
  connect(m_clear, &QToolButton::clicked, m_pad, &DrawPad::clear);
  connect(m_pad, &DrawPad::strokeStarted, this, &InputPanel::finish); // of the stroke before
  connect(m_pad, &DrawPad::changed, this, &InputPanel::draw);
  connect(m_pad, &DrawPad::leaveRequested, this, [this] { setDrawing(false); });
  const auto penUp = [this] {
    m_penUp = true;
    const RunItem* run = m_bench.navigator->activeRun();
    if (!run || run->discrete)
      finish(); // nothing follows
    else
      m_patience.start();
  };
  connect(m_pad, &DrawPad::strokeFinished, this, penUp);
  connect(m_pad, &DrawPad::edited, this, penUp);
  connect(m_bench.input, &InputFeed::answered, this, &InputPanel::follow);
  m_patience.setSingleShot(true);
  m_patience.setInterval(patienceMs);
  connect(&m_patience, &QTimer::timeout, this, &InputPanel::finish);
}

QToolButton* InputPanel::button(const char* name, const QString& text, const QString& icon,
                                const QString& tip) {
  auto* made = new QToolButton(this);
  made->setObjectName(QLatin1String(name));
  made->setText(text);
  if (!icon.isEmpty()) made->setIcon(themedIcon(icon));
  made->setAccessibleName(text);
  made->setToolTip(tip);
  made->setFocusPolicy(Qt::TabFocus);
  setRole(made, "small");
  return made;
}

int InputPanel::heightFor(int side) {
  return side + (side > besideCaption ? captionHeight : 0);
}

void InputPanel::setSide(int pixels) {
  const bool beside = pixels <= besideCaption;
  m_column->setDirection(beside ? QBoxLayout::RightToLeft : QBoxLayout::TopToBottom);
  m_column->setSpacing(beside ? 8 : 0);
  m_column->setStretchFactor(m_head, beside ? 1 : 0);
  m_headRow->setDirection(beside ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
  m_head->setFixedHeight(beside ? pixels : captionHeight);
  m_square->setFixedSize(pixels, pixels);
  m_caption->setText(captionText());
}

bool InputPanel::drawing() const {
  return m_stack->currentWidget() == m_pad;
}

void InputPanel::setDrawing(bool drawing) {
  const RunItem* run = m_bench.navigator->activeRun();
  const bool now = drawing && run;
  {
    const QSignalBlocker quiet(m_draw);
    m_draw->setChecked(now);
  }
  if (now == this->drawing()) return;
  if (now) {
    m_focusBefore = QApplication::focusWidget();
    m_pad->setShape(run->spec.shape);
  } else {
    finish();
    if (m_focusBefore && m_pad->hasFocus()) m_focusBefore->setFocus(Qt::OtherFocusReason);
  }
  m_stack->setCurrentWidget(now ? static_cast<QWidget*>(m_pad) : m_image);
  if (now) findStrokes();
  m_caption->setText(captionText());
  showButtons();
  emit drawingChanged(now);
  if (now) m_pad->setFocus(Qt::OtherFocusReason);
}

void InputPanel::draw(const Image& image) {
  if (!m_inGesture) {
    m_inGesture = true;
    m_bench.focus->beginGesture();
  }
  m_penUp = false;
  m_bench.focus->setSubject({"test", -1, image, {}});
}

// The point goes where the drawing is encoded, as a part of the stroke.
void InputPanel::follow(const RunId& run) {
  if (!m_inGesture || run != m_bench.focus->focus().active) return;
  const LatentPoint code = m_bench.navigator->inputCode();
  if (!code.empty()) m_bench.focus->setCursor(code);
  const ReconstructFrame* answer = m_bench.input->answer(run);
  // Answers to earlier moves still arrive; a model with binary pixels has its own version of the last one.
  if (m_penUp && answer && !answer->inputs.empty() && answer->inputs.front() == m_pad->image()) finish();
}

void InputPanel::finish() {
  m_patience.stop();
  if (!m_inGesture) return;
  m_known.emplace_back(m_pad->image(), m_pad->strokes());
  if (m_known.size() > mostKnown) m_known.erase(m_known.begin());
  m_inGesture = false;
  m_penUp = false;
  m_bench.focus->endGesture();
}

// Undo brings back a picture; the pad shows the strokes that gave it.
void InputPanel::findStrokes() {
  const RunItem* run = m_bench.navigator->activeRun();
  if (run) m_pad->setShape(run->spec.shape);
  const Subject& subject = m_bench.focus->focus().subject;
  const auto known = std::ranges::find(m_known, subject.image, &decltype(m_known)::value_type::first);
  const bool drawn = subject.index < 0 && subject.source.empty() && known != m_known.end();
  m_pad->setStrokes(drawn ? known->second : std::vector<InkStroke>{});
}

void InputPanel::chooseFile() {
  auto* dialog = new QFileDialog(this, tr("Open image as input"), m_lastFolder);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Images (*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, &InputPanel::openFile);
  dialog->open();
}

void InputPanel::openFile(const QString& file) {
  const RunItem* run = m_bench.navigator->activeRun();
  if (!run) {
    m_bench.messages->error(tr("There is no model to show %1 to; open or train a run first.").arg(file));
    return;
  }
  m_lastFolder = QFileInfo(file).absolutePath();
  m_bench.files->openPicture(
      {QFileInfo(file).absoluteFilePath(), run->spec.shape, m_invert->isChecked(), m_centre->isChecked()});
}

void InputPanel::readAgain() {
  const Subject& subject = m_bench.focus->focus().subject;
  if (subject.index < 0 && !subject.source.empty()) openFile(QString::fromStdString(subject.source));
}

void InputPanel::showButtons() {
  const Subject& subject = m_bench.focus->focus().subject;
  const bool pad = drawing(), file = !pad && subject.index < 0 && !subject.source.empty();
  m_random->setVisible(!pad && !file);
  m_next->setVisible(!pad);
  m_undo->setVisible(pad);
  m_clear->setVisible(pad);
  m_invert->setVisible(file);
  m_centre->setVisible(file);
  m_open->setVisible(!pad);
  const bool run = m_bench.navigator->activeRun() != nullptr;
  for (QToolButton* button : {m_random, m_next, m_draw, m_open}) button->setEnabled(run);
}

QString InputPanel::captionText() const {
  const Subject& subject = m_bench.focus->focus().subject;
  const RunItem* run = m_bench.navigator->activeRun();
  if (drawing() && m_pad->strokes().empty()) return tr("Draw the input");
  if (run && m_bench.input->image().empty() && m_square->width() <= besideCaption)
    return tr("Input x · %1").arg(absence(*run)); // the box is too small for it
  if (!run || m_bench.input->image().empty()) return tr("Input x");
  if (subject.index < 0)
    return subject.source.empty()
               ? tr("Input x · drawn")
               : tr("Input x · %1").arg(QFileInfo(QString::fromStdString(subject.source)).fileName());
  const std::vector<std::string> classes = m_bench.library->classNames(run->config.dataset);
  const int64_t label = m_bench.input->label();
  QString item = subject.split == "train" ? tr("Input x · training %1").arg(subject.index)
                                          : tr("Input x · test %1").arg(subject.index);
  if (label < 0 || static_cast<size_t>(label) >= classes.size()) return item;
  return QStringLiteral("%1 · %2").arg(item, QString::fromStdString(classes[static_cast<size_t>(label)]));
}

// Why there is no image yet.
QString InputPanel::absence(const RunItem& run) const {
  const auto& cards = m_bench.library->datasets();
  const auto card = std::ranges::find(cards, run.config.dataset, &DatasetCard::id);
  if (cards.empty()) return tr("Looking for data…");
  return card != cards.end() && card->available ? tr("Reading %1…").arg(run.datasetName)
                                                : tr("%1 is not here").arg(run.datasetName);
}

void InputPanel::refresh() {
  const Subject& subject = m_bench.focus->focus().subject;
  const RunItem* run = m_bench.navigator->activeRun();
  if (!run && drawing()) setDrawing(false);
  const Image& image = m_bench.input->image();
  m_image->setImage(image);
  m_caption->setText(captionText());
  m_image->setPlaceholder(run ? absence(*run) : tr("No run is open."));
  if (run && !image.empty() && image.shape != run->spec.shape) {
    const ImageShape& shape = run->spec.shape;
    m_image->setError(tr("%1 takes images of %2 by %3 with %4 channels: draw or open this one again.")
                          .arg(run->title())
                          .arg(shape.width)
                          .arg(shape.height)
                          .arg(shape.channels));
  }
  const QString file = subject.index < 0 ? QString::fromStdString(subject.source)
                       : run ? m_bench.library->file(run->config.dataset, subject.split, subject.index)
                             : QString();
  m_caption->setToolTip(file);
  m_image->setToolTip(file);
  showButtons();
}

} // namespace latent::ui
