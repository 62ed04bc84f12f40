#include "core/run/decode_figure.h"

#include "core/explore/tile_grids.h"
#include "core/run/figure_parts.h"
#include "core/run/latent_view.h"
#include "core/run/run_viewer.h"

#include <algorithm>

namespace latent {

Result<Figure> decodeFigure(const FigureSource& source, const std::vector<float>& z, double widthMm,
                            JobControl& control) {
  const auto viewer = openLatents(source, "decode");
  if (!viewer) return viewer.error();
  const auto latent = static_cast<size_t>(viewer->latentSize());
  if (z.empty()) return usageError("There are no points to draw.");
  if (z.size() % latent != 0)
    return usageError("These points are not of the model's " + std::to_string(latent) + " latents.");
  const auto pixels = decodeAll(*viewer, z, control);
  if (!pixels) return pixels.error();
  const ImageShape& shape = viewer->spec().shape;
  const auto count = static_cast<int>(z.size() / latent);
  ImagesPanel panel;
  panel.columns = std::clamp(count, 1, 10);
  panel.rows = (count + panel.columns - 1) / panel.columns;
  panel.channels = shape.channels;
  panel.height = shape.height;
  panel.width = shape.width;
  appendBytes(*pixels, panel.pixels);
  // Places without an image stay as white as the page.
  panel.pixels.resize(static_cast<size_t>(int64_t{panel.rows} * panel.columns * shape.pixels()), 255);
  Figure figure;
  figure.widthMm = widthMm;
  figure.heightMm = 0;
  figure.panels.emplace_back(std::move(panel));
  figure.provenance = figureProvenance("decode", {{source.run, viewer->weights()->step}}, {{"z", z}});
  return figure;
}

} // namespace latent
