#include "ui/widgets/list_row.h"

#include "ui/widgets/theme.h"

#include <QPainter>
#include <QStyleOptionViewItem>
#include <QWidget>

namespace latent::ui {

void paintRowGround(QPainter* painter, const QStyleOptionViewItem& option, const ThemeColours& theme) {
  const bool selected = option.state & QStyle::State_Selected;
  if (selected || (option.state & QStyle::State_MouseOver))
    painter->fillRect(option.rect, selected ? theme.selection : theme.hover);
}

void paintRowFocus(QPainter* painter, const QStyleOptionViewItem& option, const ThemeColours& theme) {
  if (!(option.state & QStyle::State_HasFocus) || !option.widget || !option.widget->hasFocus()) return;
  painter->setPen(QPen(theme.accent, 2));
  painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
}

} // namespace latent::ui
