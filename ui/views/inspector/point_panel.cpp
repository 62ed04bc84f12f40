#include "ui/views/inspector/point_panel.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/nearest_panel.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/point_feed.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/support_meter.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/z_editor.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace latent::ui {
namespace {

constexpr int imageSize = 280;
constexpr int captionHeight = 20;
constexpr int supportPaceMs = 40;

} // namespace

PointPanel::PointPanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_inputCaption(new QLabel(this)),
      m_outputCaption(new QLabel(tr("Output x̂"), this)),
      m_input(new ImageView(this)),
      m_output(new ImageView(this)),
      m_editor(new ZEditor(this)),
      m_support(new SupportMeter(this)),
      m_nearest(new NearestPanel(bench, 1, this)) {
  QToolButton* random = button(tr("Random"), tr("Another test image (R)"));
  QToolButton* next = button(tr("Next"), tr("The next test image (N)"));
  QToolButton* encode = button(tr("z := x"), tr("Move the point to the encoded input (E)"));
  QToolButton* home = button(tr("Home"), tr("Move the point to the prior's mean (Home)"));
  connect(random, &QToolButton::clicked, bench.navigator, &Navigator::randomInput);
  connect(next, &QToolButton::clicked, bench.navigator, &Navigator::nextInput);
  connect(encode, &QToolButton::clicked, bench.navigator, &Navigator::encodeInput);
  connect(home, &QToolButton::clicked, bench.navigator, &Navigator::priorMean);

  auto* content = new QWidget(this);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 8);
  column->setSpacing(0);
  for (ImageView* view : {m_input, m_output}) view->setFixedSize(imageSize, imageSize);
  m_input->setObjectName("inputImage");
  m_output->setObjectName("outputImage");
  m_input->setCaption(tr("Input x"));
  m_output->setCaption(tr("Output x̂"));
  m_output->setPlaceholder(tr("The decoded point appears here."));
  m_editor->setObjectName("zEditor");
  column->addWidget(captionRow(m_inputCaption, {random, next}), 0, Qt::AlignHCenter);
  column->addWidget(m_input, 0, Qt::AlignHCenter);
  column->addWidget(captionRow(m_outputCaption, {encode, home}), 0, Qt::AlignHCenter);
  column->addWidget(m_output, 0, Qt::AlignHCenter);
  for (QWidget* part : std::initializer_list<QWidget*>{m_editor, m_support, m_nearest}) {
    column->addSpacing(4);
    part->setFixedWidth(imageSize);
    column->addWidget(part, 0, Qt::AlignHCenter);
  }
  column->addStretch(1);
  auto* scroll = new QScrollArea(this);
  scroll->setWidget(content);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(scroll);

  setHelp(m_input, {tr("Input x"),
                    tr("The image that is encoded: an item of the test set. Its posterior is drawn on the "
                       "plane, its reconstructions stand beside those of the other shown runs."),
                    tr("q(z|x)")});
  setHelp(m_output,
          {tr("Output x̂"), tr("The image that the decoder makes of the point z."), tr("x̂ = decoder(z)")});
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
  connectFeeds();
  showInput();
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
  box->setFixedSize(imageSize, captionHeight);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  setRole(caption, "caption");
  row->addWidget(caption, 1);
  for (QToolButton* made : buttons) {
    row->addWidget(made);
  }
  return box;
}

void PointPanel::connectFeeds() {
  connect(&m_supportPace, &QTimer::timeout, this, &PointPanel::showSupport);
  connect(m_bench.point, &PointFeed::arrived, this, &PointPanel::showOutput);
  connect(m_bench.point, &PointFeed::cleared, this, &PointPanel::showOutput);
  connect(m_bench.input, &InputFeed::imageChanged, this, &PointPanel::showInput);
  connect(m_bench.library, &LibraryBridge::datasetsChanged, this, &PointPanel::showInput);
  connect(m_bench.codes, &CodesFeed::changed, this, &PointPanel::showSupport);
  connect(m_editor, &ZEditor::edited, m_bench.focus, &FocusStore::setCursor);
  connect(m_bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active || before.subject != now.subject) showInput();
    if (before.active != now.active || before.cursor != now.cursor) showPoint();
  });
}

void PointPanel::showInput() {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  const InputFeed& feed = *m_bench.input;
  m_input->setImage(feed.image());
  if (!run) {
    m_inputCaption->setText(tr("Input x"));
    m_input->setPlaceholder(tr("No run is open."));
    return;
  }
  if (feed.image().empty()) {
    m_inputCaption->setText(tr("Input x"));
    m_input->setPlaceholder(tr("%1 is not here. z can be dragged without it.").arg(run->datasetName));
    return;
  }
  const std::vector<std::string> classes = m_bench.library->classNames(run->config.dataset);
  const bool named = feed.label() >= 0 && static_cast<size_t>(feed.label()) < classes.size();
  m_inputCaption->setText(named ? tr("Input x · test %1 · %2")
                                      .arg(focus.subject.index)
                                      .arg(QString::fromStdString(classes[static_cast<size_t>(feed.label())]))
                                : tr("Input x · test %1").arg(focus.subject.index));
}

void PointPanel::showOutput() {
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
  m_support->setSupport(support, run->latentSize(), run->hasPrior);
}

} // namespace latent::ui
