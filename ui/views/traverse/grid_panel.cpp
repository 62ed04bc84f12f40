#include "ui/views/traverse/grid_panel.h"

#include "ui/widgets/help_popover.h"
#include "ui/widgets/histogram_slider.h"
#include "ui/widgets/image_matrix.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr int gap = 16;
constexpr int edge = 4;                      // around the images: the focus ring
constexpr int narrowest = 200, widest = 380; // of the side
constexpr int largestImage = 280;
constexpr int fewest = 7, most = 11; // images along each latent

} // namespace

GridPanel::GridPanel(QWidget* parent)
    : QWidget(parent),
      m_matrix(new ImageMatrix(this)),
      m_side(new QWidget(this)),
      m_first(new QComboBox(m_side)),
      m_second(new QComboBox(m_side)),
      m_across(new HistogramSlider(m_side)),
      m_up(new HistogramSlider(m_side)),
      m_caption(new QLabel(tr("Output x̂"), m_side)),
      m_output(new ImageView(m_side)) {
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Two latents against each other"));
  m_matrix->setObjectName("traverseMatrix");
  m_first->setObjectName("gridAcross");
  m_second->setObjectName("gridUp");
  m_first->setAccessibleName(tr("Latent from left to right"));
  m_second->setAccessibleName(tr("Latent from bottom to top"));
  m_output->setObjectName("gridOutput");
  m_output->setCaption(tr("Output x̂"));
  setRole(m_caption, "caption");
  auto* column = new QVBoxLayout(m_side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  const auto addAxis = [this, column](const QString& words, QComboBox* box, HistogramSlider* slider) {
    auto* label = new QLabel(words, m_side);
    setRole(label, "caption");
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(label, 1);
    row->addWidget(box);
    slider->setFixedHeight(48);
    column->addLayout(row);
    column->addWidget(slider);
    column->addSpacing(8);
    connect(box, &QComboBox::activated, this, [this, box] {
      int first = m_first->currentData().toInt(), second = m_second->currentData().toInt();
      if (first == second) { // the two change places
        if (box == m_first)
          second = m_firstLatent;
        else
          first = m_secondLatent;
      }
      emit axesChosen(first, second);
    });
    connect(slider, &HistogramSlider::gestureStarted, this, &GridPanel::gestureStarted);
    connect(slider, &HistogramSlider::gestureFinished, this, &GridPanel::gestureFinished);
  };
  addAxis(tr("From left to right"), m_first, m_across);
  addAxis(tr("From bottom to top"), m_second, m_up);
  column->addWidget(m_caption);
  column->addWidget(m_output, 0, Qt::AlignLeft);
  column->addStretch(1);
  connect(m_matrix, &ImageMatrix::gestureStarted, this, &GridPanel::gestureStarted);
  connect(m_matrix, &ImageMatrix::gestureFinished, this, &GridPanel::gestureFinished);
  setHelp(m_matrix,
          {tr("Two latents against each other"),
           tr("Each image is decoded from the start with two latents changed; the marks at the edge "
              "say where the point stands. A click or a drag takes the point of an image."),
           tr("x̂ = decoder(start with z_j, z_k)")});
}

void GridPanel::setLatents(const std::vector<int>& latents) {
  for (QComboBox* box : {m_first, m_second}) {
    const int before = box->currentData().toInt();
    box->clear();
    for (const int latent : latents) box->addItem(tr("z%1").arg(latent + 1), latent);
    box->setCurrentIndex(box->findData(before));
  }
}

void GridPanel::setAxes(int across, int up) {
  m_first->setCurrentIndex(m_first->findData(across));
  m_second->setCurrentIndex(m_second->findData(up));
  m_firstLatent = across;
  m_secondLatent = up;
  m_across->setAccessibleName(tr("z%1").arg(across + 1));
  m_up->setAccessibleName(tr("z%1").arg(up + 1));
}

void GridPanel::setImageSize(const QSize& image) {
  if (image == m_image) return;
  m_image = image;
  arrange();
}

// Images as large as seven beside each other can be, then as many as there is room for; the side stands right
// of them.
void GridPanel::arrange() {
  if (m_image.isEmpty()) return;
  const int wide = width() - gap - narrowest - 2 * edge, tall = height() - 2 * edge;
  const auto fitting = [&](int scale) {
    const QSize one = ImageMatrix::sizeFor(1, 1, m_image, scale),
                two = ImageMatrix::sizeFor(2, 2, m_image, scale);
    const QSize each = two - one, frame = one - each;
    return std::min((wide - frame.width()) / each.width(), (tall - frame.height()) / each.height());
  };
  int scale = 1;
  while (fitting(scale + 1) >= fewest) ++scale;
  const int count = std::clamp((fitting(scale) - 1) / 2 * 2 + 1, 3, most);
  const bool changed = std::exchange(m_count, count) != count;
  m_matrix->setShape(count, count, m_image);
  m_matrix->setGeometry(QRect(QPoint(edge, edge), ImageMatrix::sizeFor(count, count, m_image, scale)));
  const int left = m_matrix->geometry().right() + edge + gap;
  const int room = std::clamp(width() - left - gap, narrowest, widest);
  m_side->setGeometry(left, edge, room, height() - edge);
  const int above = 2 * (controlHeight + 48 + 16) + 24;
  const int image = std::clamp(std::min(room, height() - above) / 28 * 28, 28, largestImage);
  m_output->setFixedSize(image, image);
  if (changed) emit sideChanged();
}

void GridPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

HistogramSlider* GridPanel::sliderFor(int key) const {
  if (key == Qt::Key_Left || key == Qt::Key_Right) return m_across;
  return key == Qt::Key_Up || key == Qt::Key_Down ? m_up : nullptr;
}

void GridPanel::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    m_across->letGo();
    m_up->letGo();
  }
  if (HistogramSlider* slider = sliderFor(event->key())) {
    QCoreApplication::sendEvent(slider, event);
    return;
  }
  event->ignore();
}

void GridPanel::keyReleaseEvent(QKeyEvent* event) {
  if (HistogramSlider* slider = sliderFor(event->key()))
    QCoreApplication::sendEvent(slider, event);
  else
    event->ignore();
}

void GridPanel::focusOutEvent(QFocusEvent* event) {
  m_across->letGo();
  m_up->letGo();
  QWidget::focusOutEvent(event);
}

void GridPanel::paintEvent(QPaintEvent*) {
  if (!hasFocus()) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(colours(this).accent, 2));
  painter.drawRoundedRect(QRectF(m_matrix->geometry()).adjusted(-3, -3, 3, 3), 4, 4);
}

} // namespace latent::ui
