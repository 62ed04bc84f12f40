#include "ui/widgets/menu_button.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QMenu>
#include <QToolButton>

namespace latent::ui {

void makeMenuButton(QToolButton* button, QMenu* menu) {
  button->setPopupMode(QToolButton::InstantPopup);
  button->setIcon(themedIcon("chevron-down"));
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setLayoutDirection(Qt::RightToLeft);
  button->setFocusPolicy(Qt::TabFocus);
  setRole(button, "text");
  button->setMenu(menu);
}

} // namespace latent::ui
