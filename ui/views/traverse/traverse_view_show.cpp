// What the page Traverse shows: sizes, sliders, strips, words.
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/point_feed.h"
#include "ui/views/shared/words.h"
#include "ui/views/traverse/grid_panel.h"
#include "ui/views/traverse/latent_facts.h"
#include "ui/views/traverse/strip_feed.h"
#include "ui/views/traverse/traverse_rows.h"
#include "ui/views/traverse/traverse_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/histogram_slider.h"
#include "ui/widgets/image_matrix.h"
#include "ui/widgets/image_view.h"

#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr int bins = 48;
constexpr int labelWidth = 100;
constexpr int narrowSlider = 140, wideSlider = 320;
constexpr int rowGaps = 28; // between the parts of a row, with the scroll bar
constexpr int gridKey = -1; // of the strip feed
constexpr int rowMargin = 14;
constexpr int usualImage = 60, largestImage = 90; // px, of a strip
constexpr int mostFrames = 15, fewestFrames = 7;
constexpr int smallestOutput = 168, largestOutput = 448, captionHeight = 24;

size_t places(const ImageMatrix& matrix) {
  return static_cast<size_t>(matrix.rows()) * static_cast<size_t>(matrix.columns());
}

} // namespace

// Images are as large as rows and strip allow; under few rows there is room for the output.
void TraverseView::layOutRows() {
  const RunItem* item = run();
  if (!item || m_pages->currentWidget() != m_list) return;
  const ImageShape& shape = item->spec.shape;
  const int room = m_pages->height(), rows = static_cast<int>(m_rows->order().size());
  RowPlan plan;
  plan.label = labelWidth;
  const int beside = m_pages->width() - plan.label - rowGaps; // slider and strip
  const auto columns = [&](int scale) {
    return ImageMatrix::columnsFor(beside - narrowSlider, shape.width * scale);
  };
  const auto fits = [&](int scale, int under) {
    return columns(scale) >= fewestFrames && rows * (shape.height * scale + rowMargin) + under <= room;
  };
  const int side = std::max(shape.height, shape.width);
  int scale = std::max(1, usualImage / side);
  const int larger = std::max(1, largestImage / side);
  if (fits(larger, smallestOutput + captionHeight)) scale = larger;
  m_frames = std::clamp(columns(scale), 3, mostFrames);
  if (m_frames % 2 == 0) --m_frames; // the middle of the range is one of them
  const QSize image(shape.width, shape.height);
  plan.slider = std::min(beside - ImageMatrix::sizeFor(1, m_frames, image, scale).width(), wideSlider);
  plan.height = shape.height * scale + rowMargin;
  m_rows->setPlan(plan);

  const int left = room - rows * plan.height - captionHeight;
  const bool detail = left >= smallestOutput;
  m_detail->setVisible(detail);
  const int output = std::min(left / 28 * 28, largestOutput);
  if (detail) m_output->setFixedSize(output, output);
  m_rows->setFixedHeight(detail ? rows * plan.height : room);
}

QString TraverseView::useText(int latent) const {
  const auto facts = m_facts->facts();
  const auto j = static_cast<size_t>(latent);
  if (!facts || j >= facts->use.value.size()) return {};
  return facts->use.byKl ? tr("KL %1").arg(facts->use.value[j], 0, 'f', 2)
                         : tr("σ %1").arg(std::sqrt(facts->use.codeVariance[j]), 0, 'g', 3);
}

void TraverseView::fillSlider(HistogramSlider* slider, int latent) {
  const auto j = static_cast<size_t>(latent);
  const LatentPoint& z = m_bench.focus->focus().cursor;
  if (j >= z.size()) return;
  const Interval range = interval(latent);
  slider->setRange(range.low, range.high);
  slider->setValue(z[j]);
  const auto facts = m_facts->facts();
  const bool known = facts && j < facts->sorted.size();
  slider->setHistogram(known ? histogram(facts->codes->codes.points(), latent, range, bins).counts
                             : std::vector<int64_t>());
  const auto& spread = known ? facts->codes->codes.summary().spread : std::vector<float>();
  slider->setSpread(j < spread.size() ? spread[j] : 1.0);
  const LatentPoint code = m_bench.navigator->inputCode();
  slider->setMark(j < code.size() ? std::optional<double>(code[j]) : std::nullopt);
}

void TraverseView::fillRow(TraverseRow* row) {
  const RunItem* item = run();
  const auto j = static_cast<size_t>(row->latent());
  const std::vector<bool> unused = dead();
  if (!item || j >= unused.size()) return;
  row->setWords(tr("z%1").arg(row->latent() + 1), useText(row->latent()), unused[j]);
  row->setValue(m_bench.focus->focus().cursor[j]);
  row->strip()->setShape(1, m_frames, {item->spec.shape.width, item->spec.shape.height});
  showStrip(row);
  fillSlider(row->slider(), row->latent());
}

// Images for another number of places are older than the layout.
void TraverseView::showStrip(TraverseRow* row) {
  const std::vector<QImage>& images = m_strips->images(row->latent());
  row->strip()->setImages(images.size() == places(*row->strip()) ? images : std::vector<QImage>());
}

void TraverseView::refresh() {
  if (!isVisible() || !run()) return;
  for (TraverseRow* row : m_rows->seen()) fillRow(row);
  const RunItem* item = run();
  m_grid->setAxes(m_choice.latent, secondLatent());
  m_grid->setImageSize({item->spec.shape.width, item->spec.shape.height});
  if (item->latentSize() > 1) {
    fillSlider(m_grid->across(), m_choice.latent);
    fillSlider(m_grid->up(), secondLatent());
  }
  showWords();
  showPoint();
  showImages();
}

// Only rows that are seen are decoded, or the grid.
void TraverseView::askImages() {
  if (!isVisible() || !run() || !m_absence->isHidden()) return;
  const LatentPoint from = start();
  std::vector<WantedStrip> wanted;
  if (m_pages->currentWidget() == m_grid) {
    wanted.push_back({gridKey, traversalGrid(from, m_choice.latent, interval(m_choice.latent), m_grid->side(),
                                             secondLatent(), interval(secondLatent()), m_grid->side())});
  } else {
    for (const TraverseRow* row : m_rows->seen())
      wanted.push_back(
          {row->latent(), traversalStrip(from, row->latent(), interval(row->latent()), m_frames)});
  }
  m_strips->show(std::move(wanted));
}

void TraverseView::showImages() {
  if (!isVisible()) return;
  for (TraverseRow* row : m_rows->seen()) {
    row->strip()->setError(m_strips->problem());
    showStrip(row);
  }
  m_grid->matrix()->setError(m_strips->problem());
  if (const auto& images = m_strips->images(gridKey); images.size() == places(*m_grid->matrix()))
    m_grid->matrix()->setImages(images);
  const PointFrame& frame = m_bench.point->frame();
  for (ImageView* view : {m_output, m_grid->output()}) {
    if (frame.error.empty())
      view->setImage(frame.image);
    else
      view->setError(QString::fromStdString(frame.error));
  }
}

// The point moved: sliders and marks follow, and the strips where they start at the point.
void TraverseView::showPoint() {
  if (!isVisible() || !run()) return;
  const LatentPoint& z = m_bench.focus->focus().cursor;
  const auto place = [&](int latent, int count) {
    const Interval range = interval(latent);
    return (z[static_cast<size_t>(latent)] - range.low) / (range.high - range.low) * (count - 1);
  };
  for (TraverseRow* row : m_rows->seen()) {
    row->setValue(z[static_cast<size_t>(row->latent())]);
    row->strip()->setPosition(QPointF(place(row->latent(), m_frames), 0));
  }
  if (z.size() > 1) {
    const int second = secondLatent();
    m_grid->across()->setValue(z[static_cast<size_t>(m_choice.latent)]);
    m_grid->up()->setValue(z[static_cast<size_t>(second)]);
    m_grid->matrix()->setPosition(
        QPointF(place(m_choice.latent, m_grid->side()), place(second, m_grid->side())));
  }
  showWords();
  askImages();
}

void TraverseView::showWords() {
  const RunItem* item = run();
  if (!item) return;
  const std::vector<bool> unused = dead();
  const auto count = static_cast<int>(std::ranges::count(unused, true));
  const bool allDead = count == static_cast<int>(unused.size());
  m_fold->setVisible(count > 0 && !allDead);
  m_fold->setText(
      (m_choice.unfolded ? tr("Fold unused latents (%1)") : tr("Show unused latents (%1)")).arg(count));
  m_resort->setVisible(m_ordered && !allDead && m_rows->order() != wantedOrder());
  const QString who = m_pages->currentWidget() == m_grid ? tr("Two latents move") : tr("One latent moves");
  const bool encoded = !m_bench.navigator->inputCode().empty();
  const QString where = m_choice.from == TraverseChoice::From::point ? tr("the point")
                        : m_choice.from == TraverseChoice::From::mean
                            ? (item->hasPrior ? tr("the prior's mean") : tr("the mean code"))
                        : encoded ? tr("the code of the input")
                                  : tr("the point, because the input is not encoded");
  m_sentence->setText(tr("%1, all others stay at %2.").arg(who, where));

  const auto facts = m_facts->facts();
  const auto j = static_cast<size_t>(m_choice.latent);
  const float value = m_bench.focus->focus().cursor[std::min(j, unused.size() - 1)];
  QStringList lines{tr("z%1 = %2").arg(m_choice.latent + 1).arg(numberText(value))};
  if (facts && j < facts->sorted.size() && !facts->sorted[j].empty()) {
    lines << tr("%1 % of the test images have a smaller one")
                 .arg(100 * fractionAt(facts->sorted[j], value), 0, 'f', 0);
    if (facts->use.byKl)
      lines << tr("KL %1 nats, mean over %L2 test images")
                   .arg(facts->use.value[j], 0, 'f', 3)
                   .arg(facts->codes->codes.points().count);
    lines << tr("standard deviation of its codes %1").arg(std::sqrt(facts->use.codeVariance[j]), 0, 'g', 3);
  }
  m_words->setText(lines.join(QLatin1Char('\n')));
}

} // namespace latent::ui
