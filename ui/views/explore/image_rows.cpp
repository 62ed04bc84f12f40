#include "ui/views/explore/image_rows.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/navigator.h"
#include "ui/widgets/nearest_strip.h"

#include <algorithm>
#include <string>

namespace latent::ui {
namespace {

constexpr int gap = 4;
constexpr int columnWidth = 60; // an image and its gap

} // namespace

ImageRows::ImageRows(const Workbench& bench, int mostRows, const QString& name, QWidget* parent)
    : QWidget(parent), m_bench(bench) {
  for (int i = 0; i < mostRows; ++i) {
    auto* strip = new NearestStrip(this);
    strip->setAccessibleName(name);
    connect(strip, &NearestStrip::clicked, this,
            [this](int64_t index) { m_bench.navigator->setInput(index); });
    m_strips.push_back(strip);
  }
}

int ImageRows::rowHeight() const {
  return m_strips.front()->sizeHint().height();
}

int ImageRows::perRow() const {
  return std::max(1, width() / columnWidth);
}

int ImageRows::rows() const {
  return std::clamp((height() + gap) / (rowHeight() + gap), 1, static_cast<int>(m_strips.size()));
}

int ImageRows::capacity() const {
  return perRow() * rows();
}

QSize ImageRows::sizeHint() const {
  const int most = static_cast<int>(m_strips.size());
  return {280, most * rowHeight() + (most - 1) * gap};
}

QSize ImageRows::minimumSizeHint() const {
  return {columnWidth, rowHeight()};
}

void ImageRows::setImages(const std::vector<int64_t>& indices) {
  const RunItem* run = m_bench.runs->find(m_bench.focus->focus().active);
  const std::string dataset = run ? run->config.dataset : std::string();
  const std::vector<std::string> classes = m_bench.library->classNames(dataset);
  auto next = indices.begin();
  for (NearestStrip* strip : m_strips) {
    std::vector<NearestItem> items;
    for (; next != indices.end() && static_cast<int>(items.size()) < perRow(); ++next) {
      NearestItem item;
      item.index = *next;
      item.image = m_bench.library->image(dataset, "test", *next);
      const int64_t label = m_bench.library->label(dataset, "test", *next);
      if (label >= 0 && static_cast<size_t>(label) < classes.size())
        item.label = QString::fromStdString(classes[static_cast<size_t>(label)]);
      items.push_back(std::move(item));
    }
    strip->setItems(items);
  }
}

void ImageRows::setPlaceholder(const QString& text) {
  m_strips.front()->setPlaceholder(text);
}

void ImageRows::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  for (size_t i = 0; i < m_strips.size(); ++i) {
    m_strips[i]->setGeometry(0, static_cast<int>(i) * (rowHeight() + gap), width(), rowHeight());
    m_strips[i]->setVisible(static_cast<int>(i) < rows());
  }
  if (capacity() == m_capacity) return;
  m_capacity = capacity();
  emit capacityChanged();
}

} // namespace latent::ui
