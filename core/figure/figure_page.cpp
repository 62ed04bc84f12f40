#include "core/figure/figure_page.h"

namespace latent {

Json pageOf(const Figure& figure, double dpi) {
  return {{"widthMm", figure.widthMm},           {"heightMm", figure.heightMm},
          {"fontPoints", figure.fontPoints},     {"title", figure.title},
          {"panelColumns", figure.panelColumns}, {"dpi", dpi}};
}

double pageNumber(const Json& page, const char* key, double low, double high, double otherwise) {
  if (!page.is_object()) return otherwise;
  const auto found = page.find(key);
  if (found == page.end() || !found->is_number()) return otherwise;
  const auto value = found->get<double>();
  return value >= low && value <= high ? value : otherwise;
}

void applyPage(const Json& page, Figure& figure) {
  if (!page.is_object()) return;
  figure.heightMm = pageNumber(page, "heightMm", 0, 2000, figure.heightMm);
  figure.fontPoints = pageNumber(page, "fontPoints", 1, 100, figure.fontPoints);
  if (const auto title = page.find("title"); title != page.end() && title->is_string())
    figure.title = title->get<std::string>();
}

} // namespace latent
