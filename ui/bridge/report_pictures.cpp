#include "ui/bridge/report_pictures.h"

#include "ui/bridge/figure_bridge.h"

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr double millimetresPerInch = 25.4;

FigurePage pageFor(const Figure& figure) {
  FigurePage page;
  page.widthMm = pageWidthMm(figure);
  page.heightMm = page.widthMm < figure.widthMm ? 0 : figure.heightMm;
  page.fontPoints = figure.fontPoints;
  page.curvePoints = figure.curvePoints;
  page.legend = figure.legend;
  page.greyscale = figure.greyscale;
  page.smooth = figure.smooth;
  return page;
}

} // namespace

double pageWidthMm(const Figure& figure) {
  return std::min(figure.widthMm, ReportPictures::textWidthMm);
}

ReportPictures::ReportPictures(FigureBridge* figures, QObject* parent)
    : QObject(parent), m_figures(figures) {}

ReportPictures::~ReportPictures() = default;

ReportPictures::Entry& ReportPictures::entryOf(const std::shared_ptr<const Figure>& figure) {
  Entry& entry = m_entries[figure.get()];
  entry.figure = figure;
  return entry;
}

void ReportPictures::ask(Entry& entry, int pixels) {
  if (entry.tried == pixels) return;
  entry.wanted = pixels;
  entry.asked = ++m_asked;
  drawNext();
}

ReportPictures::Picture ReportPictures::picture(const std::shared_ptr<const Figure>& figure, int pixels) {
  Entry& entry = entryOf(figure);
  ask(entry, pixels);
  Picture picture = entry.picture;
  picture.exact = entry.tried == pixels;
  return picture;
}

ReportPictures::Picture ReportPictures::anyPicture(const std::shared_ptr<const Figure>& figure, int pixels) {
  Entry& entry = entryOf(figure);
  if (entry.tried == 0 && entry.wanted == 0) ask(entry, pixels);
  return entry.picture;
}

void ReportPictures::keepOnly(const std::vector<std::shared_ptr<const Figure>>& figures) {
  std::erase_if(m_entries, [&](const auto& each) {
    return std::ranges::find(figures, each.second.figure) == figures.end();
  });
}

void ReportPictures::drawNext() {
  if (m_busy) return;
  Entry* next = nullptr;
  for (auto& [key, entry] : m_entries)
    if (entry.wanted != 0 && entry.wanted != entry.tried && (!next || entry.asked > next->asked))
      next = &entry;
  if (!next) return;
  m_busy = true;
  const int pixels = next->wanted;
  const FigurePage page = pageFor(*next->figure);
  const double dpi = pixels * millimetresPerInch / page.widthMm;
  const std::shared_ptr<const Figure> figure = next->figure;
  m_figures->draw(figure, page, dpi, this, [this, figure, pixels](const Result<QImage>& image) {
    m_busy = false;
    const auto found = m_entries.find(figure.get());
    if (found != m_entries.end()) {
      Entry& entry = found->second;
      entry.tried = pixels;
      entry.picture.problem = image ? QString() : QString::fromStdString(image.error().message);
      if (image) entry.picture.image = *image;
      emit drawn(figure);
    }
    drawNext();
  });
}

} // namespace latent::ui
