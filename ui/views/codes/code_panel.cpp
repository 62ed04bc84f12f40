#include "ui/views/codes/code_panel.h"

#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int swatch = 16;
constexpr int codeRole = Qt::UserRole;

QIcon swatchOf(const QColor& colour) {
  QPixmap pixmap(swatch, swatch);
  pixmap.fill(colour);
  return pixmap;
}

} // namespace

CodePanel::CodePanel(QWidget* parent)
    : QWidget(parent),
      m_heading(new QLabel(this)),
      m_code(new QSpinBox(this)),
      m_everywhere(new QCheckBox(this)),
      m_nearCaption(new QLabel(this)),
      m_list(new QListWidget(this)) {
  setRole(m_nearCaption, "caption");
  m_code->setObjectName("cellCode");
  m_code->setAccessibleName(tr("Code of the cell"));
  m_code->setKeyboardTracking(false);
  m_code->setButtonSymbols(QAbstractSpinBox::NoButtons);
  m_code->setFixedWidth(80);
  m_code->setToolTip(tr("The code of the chosen cell ([ and ] step it)"));
  m_everywhere->setObjectName("everywhere");
  m_everywhere->setAccessibleName(tr("A code everywhere"));
  m_list->setObjectName("nearCodes");
  m_list->setAccessibleName(tr("Nearest codes"));
  m_list->setUniformItemSizes(true);
  m_list->setIconSize({swatch, swatch});
  m_list->setStyleSheet(QStringLiteral("QListView::item { min-height: 22px; }"));
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(m_heading, 1);
  row->addWidget(m_code);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addLayout(row);
  column->addWidget(m_everywhere);
  column->addWidget(m_nearCaption);
  column->addWidget(m_list, 1);
  setHelp(m_code, {tr("Code of the cell"),
                   tr("Give the chosen cell another code: type its number, step it with the arrow keys, or "
                      "take one of the list. The output follows at once; undo takes it back."),
                   tr("x̂ = decoder( e_{k(1)}, …, e_{k(n)} )")});
  setHelp(m_everywhere,
          {tr("A code everywhere"),
           tr("All cells that hold the same code as the chosen one change together: code a becomes code b in "
              "the whole map."),
           tr("k(i) := b where k(i) = a")});
  setHelp(m_list, {tr("Nearest codes"),
                   tr("Codes of the codebook by the distance of their vectors, the nearest first. A click or "
                      "Enter puts one into the chosen cell."),
                   tr("‖e_a − e_b‖")});
  connect(m_code, &QSpinBox::valueChanged, this, [this](int code) { emit codeChosen(code); });
  connect(m_code->findChild<QLineEdit*>(), &QLineEdit::returnPressed, this, &CodePanel::entered);
  connect(m_everywhere, &QCheckBox::toggled, this, &CodePanel::everywhereToggled);
  const auto take = [this](const QListWidgetItem* item) {
    emit codeChosen(item->data(codeRole).toLongLong());
  };
  connect(m_list, &QListWidget::itemClicked, this, take);
  connect(m_list, &QListWidget::itemActivated, this, take);
  setCell({}, -1, 0);
}

void CodePanel::setCell(const QString& place, int64_t code, int64_t codes) {
  const QSignalBlocker quiet(m_code);
  m_heading->setText(code < 0 ? tr("Choose a cell") : place);
  m_code->setEnabled(code >= 0);
  m_everywhere->setEnabled(code >= 0);
  m_code->setRange(0, static_cast<int>(std::max<int64_t>(1, codes)) - 1);
  if (code >= 0) m_code->setValue(static_cast<int>(code));
}

void CodePanel::setEqualCells(int count) {
  m_everywhere->setText(count > 1 ? tr("change all %n cells with this code", nullptr, count)
                                  : tr("change all cells with this code"));
}

bool CodePanel::everywhere() const {
  return m_everywhere->isChecked();
}

void CodePanel::setEverywhere(bool on) {
  const QSignalBlocker quiet(m_everywhere);
  m_everywhere->setChecked(on);
}

void CodePanel::setNear(int64_t anchor, const std::vector<NearCode>& codes, const CodebookLook& look) {
  m_nearCaption->setText(anchor < 0 ? tr("Nearest codes") : tr("Nearest to code %1").arg(anchor));
  const auto cells = static_cast<double>(std::max<int64_t>(1, look.cells()));
  const auto digits = static_cast<int>(QString::number(look.used.size()).size());
  m_list->clear();
  for (const NearCode& near : codes) {
    const auto i = static_cast<size_t>(near.code);
    const QString number =
        QString::number(near.code).rightJustified(digits, QChar(0x2007)); // as wide as a digit
    const double share = 100.0 * static_cast<double>(look.used[i]) / cells;
    auto* item = new QListWidgetItem(
        swatchOf(i < look.colours.size() ? look.colours[i] : colours(this).muted),
        look.used[i] == 0 ? tr("%1   distance %2, never used").arg(number).arg(near.distance, 0, 'g', 3)
                          : tr("%1   distance %2, %3 % of cells")
                                .arg(number)
                                .arg(near.distance, 0, 'g', 3)
                                .arg(share, 0, 'f', 1),
        m_list);
    item->setData(codeRole, QVariant::fromValue<qlonglong>(near.code));
  }
}

void CodePanel::typeDigit(int digit) {
  m_code->setFocus(Qt::OtherFocusReason);
  m_code->findChild<QLineEdit*>()->setText(QString::number(digit));
}

} // namespace latent::ui
