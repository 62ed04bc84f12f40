// A figure laid out on its page and drawn onto any painter: a picture's, a file's, a report's. Private to
// ui/plots.
#pragma once

#include "core/figure/figure.h"

#include <QSizeF>

#include <memory>

class QCPPainter;

namespace latent::ui {

class PagePainting {
 public:
  /// `dotsPerUnit` as in PageStyle; units are twentieths of a point.
  explicit PagePainting(const Figure& figure, double dotsPerUnit = 0);
  ~PagePainting();

  QSizeF size() const; ///< of the page in units
  /// With its upper left corner at the painter's origin.
  void draw(QCPPainter& painter) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
