#include "ui/views/inspector/point_panel.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/nearest_panel.h"
#include "ui/views/inspector/input_panel.h"
#include "ui/views/inspector/point_table.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/copy_table.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/point_feed.h"
#include "ui/views/shared/tokens_feed.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/support_meter.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/z_editor.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace latent::ui {
namespace {

constexpr int largestImage = 280;
constexpr int smallestOutput = 168; // six pixels for each of an image of 28
constexpr int smallestInput = 56;
constexpr int smallestPad = 168;
constexpr int sizeStep = 28;
constexpr int captionHeight = 20;
constexpr int supportPaceMs = 40;

} // namespace

PointPanel::PointPanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_outputCaption(new QLabel(tr("Output x̂"), this)),
      m_input(new InputPanel(bench, this)),
      m_output(new ImageView(this)),
      m_editor(new ZEditor(this)),
      m_support(new SupportMeter(this)),
      m_nearest(new NearestPanel(bench, 1, this)) {
  QToolButton* encode = button(tr("z := x"), tr("Move the point to the encoded input (E)"));
  QToolButton* home = button(tr("Home"), tr("Move the point to the prior's mean (Home)"));
  connect(encode, &QToolButton::clicked, bench.navigator, &Navigator::encodeInput);
  connect(home, &QToolButton::clicked, bench.navigator, &Navigator::priorMean);

  m_input->setSide(largestImage);
  m_output->setFixedSize(largestImage, largestImage);
  m_output->setObjectName("outputImage");
  m_output->setCaption(tr("Output x̂"));
  m_output->setPlaceholder(tr("The decoded point appears here."));
  m_editor->setObjectName("zEditor");
  QWidget* outputHead = captionRow(m_outputCaption, {encode, home});
  outputHead->setFixedWidth(largestImage);
  m_content = new QWidget(this);
  m_column = new QVBoxLayout(m_content);
  m_column->setContentsMargins(0, 0, 0, 4);
  m_column->setSpacing(0);
  m_column->addWidget(m_input, 0, Qt::AlignHCenter);
  m_column->addWidget(outputHead, 0, Qt::AlignHCenter);
  m_column->addWidget(m_output, 0, Qt::AlignHCenter);
  m_below = new QWidget(m_content);
  auto* below = new QVBoxLayout(m_below);
  below->setContentsMargins(0, 4, 0, 0);
  below->setSpacing(4);
  for (QWidget* part : std::initializer_list<QWidget*>{m_editor, m_support, m_nearest})
    below->addWidget(part);
  m_below->setFixedWidth(largestImage);
  m_below->installEventFilter(this);
  m_column->addWidget(m_below, 0, Qt::AlignHCenter);
  m_column->addStretch(1);
  m_scroll = new QScrollArea(this);
  m_scroll->setWidget(m_content);
  m_scroll->setWidgetResizable(true);
  m_scroll->setFrameShape(QFrame::NoFrame);
  m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_scroll);

  setHelp(m_output,
          {tr("Output x̂"), tr("The image that the decoder makes of the point z."), tr("x̂ = decoder(z)")});
  offerTable(
      m_editor, [this] { return std::optional(pointTable(m_bench.focus->focus().cursor)); },
      TableKey::pictures); // its fields and its table have a copy of their own
  offerTableMenu(m_editor);
  setHelp(m_editor, {tr("Point z"),
                     tr("The latent point of the active run, as numbers that can be typed, pasted and "
                        "copied. Up and Down move by 0.05 of the data's spread."),
                     tr("z = (z1, …, zK)")});
  setHelp(m_support, {tr("Support"),
                      tr("How densely encoded test images lie around the point, relative to the middle of "
                         "the codes themselves, and how far out the point is under the prior."),
                      tr("density(z) / median density at the codes;  |z| against sqrt(K)")});

  m_supportPace.setSingleShot(true);
  m_supportPace.setInterval(supportPaceMs);
  connect(m_input, &InputPanel::drawingChanged, this, &PointPanel::fitImages);
  connectFeeds();
}

// Output, numbers, support and neighbours are seen without scrolling: the input gives its room first, then
// the output. While it is drawn, the input is large, and what is below scrolls.
void PointPanel::fitImages() {
  const bool drawing = m_input->drawing();
  const int below = drawing ? 0 : m_below->sizeHint().height() + m_column->contentsMargins().bottom();
  const int room = height() - captionHeight - below;
  const int smallest = drawing ? smallestPad : smallestInput;
  int output = largestImage, input = largestImage;
  const auto tooTall = [&] { return output + InputPanel::heightFor(input) > room; };
  if (drawing)
    while (tooTall() && output > smallestOutput) output -= sizeStep;
  while (tooTall() && input > smallest) input -= sizeStep;
  while (tooTall() && output > smallestOutput) output -= sizeStep;
  m_input->setSide(input);
  m_output->setFixedSize(output, output);
}

void PointPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitImages();
}

// The editor has another height for another number of latents.
bool PointPanel::eventFilter(QObject* object, QEvent* event) {
  if (object == m_below && event->type() == QEvent::LayoutRequest) fitImages();
  return QWidget::eventFilter(object, event);
}

QToolButton* PointPanel::button(const QString& text, const QString& tip) {
  auto* made = new QToolButton(this);
  made->setText(text);
  made->setToolTip(tip);
  made->setFocusPolicy(Qt::TabFocus);
  setRole(made, "small");
  return made;
}

QWidget* PointPanel::captionRow(QLabel* caption, const std::vector<QToolButton*>& buttons) {
  auto* box = new QWidget(this);
  box->setFixedHeight(captionHeight);
  auto* row = new QBoxLayout(QBoxLayout::LeftToRight, box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  setRole(caption, "caption");
  caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long class name is cut
  row->addWidget(caption, 1);
  auto* group = new QHBoxLayout;
  group->setSpacing(4);
  for (QToolButton* made : buttons) group->addWidget(made);
  group->addStretch(0);
  row->addLayout(group);
  return box;
}

void PointPanel::connectFeeds() {
  connect(&m_supportPace, &QTimer::timeout, this, &PointPanel::showSupport);
  connect(m_bench.point, &PointFeed::arrived, this, &PointPanel::showOutput);
  connect(m_bench.point, &PointFeed::cleared, this, &PointPanel::showOutput);
  connect(m_bench.input, &InputFeed::answered, this, [this](const RunId& id) {
    const RunItem* run = m_bench.runs->find(id);
    if (run && run->discrete && id == m_bench.focus->focus().active) showOutput();
  });
  connect(m_bench.tokens, &TokensFeed::changed, this, [this] {
    const RunItem* run = m_bench.runs->find(m_bench.focus->focus().active);
    if (run && run->discrete) showOutput();
  });
  connect(m_bench.codes, &CodesFeed::changed, this, &PointPanel::showSupport);
  connect(m_editor, &ZEditor::edited, m_bench.focus, &FocusStore::setCursor);
  connect(m_bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active) showOutput();
    if (before.active != now.active || before.cursor != now.cursor) showPoint();
  });
}

void PointPanel::showOutput() {
  const RunItem* run = m_bench.runs->find(m_bench.focus->focus().active);
  m_output->setPlaceholder(!run || run->problem.isEmpty() ? tr("The decoded point appears here.")
                                                          : tr("Its weights cannot be read."));
  const bool discrete = run && run->discrete; // no point to decode: the input's reconstruction
  m_editor->setVisible(!discrete);
  m_support->setVisible(!discrete);
  m_nearest->setVisible(!discrete);
  if (discrete) {
    const TokensFeed* tokens = m_bench.tokens;
    const ReconstructFrame* answer = m_bench.input->answer(run->id);
    if (tokens->edited()) { // codes that a person chose
      m_output->setImage(tokens->image());
      m_output->setError(tokens->problem());
      return;
    }
    m_output->setImage(answer && !answer->outputs.empty() ? answer->outputs.front() : Image{});
    if (answer) m_output->setError(QString::fromStdString(answer->error));
    return;
  }
  const PointFrame& frame = m_bench.point->frame();
  if (frame.error.empty())
    m_output->setImage(frame.image);
  else
    m_output->setError(QString::fromStdString(frame.error));
}

void PointPanel::showPoint() {
  m_editor->setPoint(m_bench.focus->focus().cursor);
  if (!m_supportPace.isActive()) m_supportPace.start();
}

void PointPanel::showSupport() {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  const auto codes = m_bench.codes->codes();
  if (!run) return;
  std::optional<Support> support;
  if (codes && codes->run == focus.active &&
      static_cast<int>(focus.cursor.size()) == codes->codes.points().latent) {
    support = codes->codes.supportAt(focus.cursor);
    m_editor->setSpread(codes->codes.summary().spread);
  }
  m_support->setSupport(support, run->latentSize(), run->hasPrior,
                        support && codes->codes.isFar(focus.cursor));
}

} // namespace latent::ui
