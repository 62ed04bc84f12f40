#include "ui/views/window/keys_dialog.h"

#include "ui/widgets/shortcuts.h"
#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace latent::ui {

KeysDialog::KeysDialog(QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Keyboard shortcuts"));
  setAttribute(Qt::WA_DeleteOnClose);
  auto* lines = new QGridLayout;
  lines->setHorizontalSpacing(16);
  lines->setVerticalSpacing(4);
  const auto& table = shortcuts();
  const int extra = 4;
  const int rows = (static_cast<int>(table.size()) + extra + 1) / 2;
  int place = 0;
  const auto add = [&](const QString& keys, const QString& words) {
    const int column = place / rows * 2;
    auto* key = new QLabel(keys, this);
    setRole(key, "muted");
    lines->addWidget(key, place % rows, column);
    lines->addWidget(new QLabel(words, this), place % rows, column + 1);
    ++place;
  };
  for (const Shortcut& shortcut : table)
    add(shortcutKeys(shortcut.id).toString(QKeySequence::NativeText), shortcutText(shortcut.id));
  add(tr("Ctrl+1 … 9"), tr("Make a run active"));
  add(tr("Ctrl+Shift+1 … 9"), tr("Show or hide a run"));
  add(tr("Arrows"), tr("Move z by 0.05 spread (Shift ×10, Ctrl /10)"));
  add(tr("Space or middle button"), tr("Drag the plane"));
  auto* note = new QLabel(tr("Letters act while the stage has the focus."), this);
  setRole(note, "caption");
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(12);
  column->addLayout(lines);
  column->addWidget(note);
  column->addWidget(buttons);
}

} // namespace latent::ui
