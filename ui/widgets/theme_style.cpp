#include "ui/widgets/theme_style.h"

#include <QStyleFactory>

namespace latent::ui {

ThemeStyle::ThemeStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

int ThemeStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
  switch (metric) {
  case PM_SmallIconSize:
  case PM_ButtonIconSize:
  case PM_ToolBarIconSize:
    return 16;
  case PM_SplitterWidth:
  case PM_LayoutHorizontalSpacing:
  case PM_LayoutVerticalSpacing:
    return 8;
  case PM_LayoutLeftMargin:
  case PM_LayoutTopMargin:
  case PM_LayoutRightMargin:
  case PM_LayoutBottomMargin:
    return 12;
  default:
    return QProxyStyle::pixelMetric(metric, option, widget);
  }
}

int ThemeStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                          QStyleHintReturn* returnData) const {
  switch (hint) {
  case SH_ToolTip_WakeUpDelay:
    return 500;
  case SH_Widget_Animation_Duration:
  case SH_Menu_FlashTriggeredItem:
  case SH_ComboBox_Popup: // a list under the box, not a menu over it
  case SH_EtchDisabledText:
  case SH_DialogButtonBox_ButtonsHaveIcons:
  case SH_ItemView_ActivateItemOnSingleClick:
    return 0;
  default:
    return QProxyStyle::styleHint(hint, option, widget, returnData);
  }
}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
  if (element == PE_FrameFocusRect) return;
  QProxyStyle::drawPrimitive(element, option, painter, widget);
}

} // namespace latent::ui
