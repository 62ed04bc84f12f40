// What the rows of lists with pictures share.
#pragma once

class QPainter;
class QStyleOptionViewItem;

namespace latent::ui {

struct ThemeColours;

/// Where it is chosen, or under the pointer.
void paintRowGround(QPainter* painter, const QStyleOptionViewItem& option, const ThemeColours& theme);
/// Where the keys are, while the list has them.
void paintRowFocus(QPainter* painter, const QStyleOptionViewItem& option, const ThemeColours& theme);

} // namespace latent::ui
