#include "ui/plots/page_painting.h"

#include "core/figure/grey_figure.h"
#include "ui/plots/fonts.h"
#include "ui/plots/page.h"
#include "ui/plots/page_layout.h"

namespace latent::ui {

struct PagePainting::Impl {
  Figure figure; ///< as it is drawn
  PageStyle style;
  PageLayout layout;

  Impl(Figure shown, double dotsPerUnit)
      : figure(std::move(shown)), style(figure, dotsPerUnit), layout(layOutPage(figure, style)) {}
};

PagePainting::PagePainting(const Figure& figure, double dotsPerUnit) {
  loadBundledFonts();
  m_impl = std::make_unique<Impl>(figure.greyscale ? inGreys(figure) : figure, dotsPerUnit);
}

PagePainting::~PagePainting() = default;

QSizeF PagePainting::size() const {
  return m_impl->layout.size;
}

void PagePainting::draw(QCPPainter& painter) const {
  const Figure& figure = m_impl->figure;
  const PageStyle& style = m_impl->style;
  const PageLayout& layout = m_impl->layout;
  painter.setModes(QCPPainter::pmVectorized | QCPPainter::pmNoCaching | QCPPainter::pmNonCosmetic);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing |
                         QPainter::LosslessImageRendering);
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
  drawTitle(painter, layout.title, figure.title, style);
  layout.legend.draw(painter, layout.legendAt);
  for (size_t i = 0; i < figure.panels.size(); ++i) {
    std::visit([&](const auto& panel) { drawPanel(painter, layout.cells[i], panel, style); },
               figure.panels[i]);
  }
}

} // namespace latent::ui
