// Fusion without its gradients: what a style sheet cannot say.
#pragma once

#include <QProxyStyle>

namespace latent::ui {

/// Small icons of 16 px, no focus rectangles of its own (the style sheet draws the ring), tooltips after 500
/// ms, menus and combo boxes that do not animate.
class ThemeStyle : public QProxyStyle {
  Q_OBJECT
 public:
  ThemeStyle();
  int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                QStyleHintReturn* returnData) const override;
  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
};

} // namespace latent::ui
