#include "ui/widgets/z_editor.h"

#include "ui/widgets/number_text.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/z_table.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr int mostLines = 8, tableHeight = 176;
constexpr double arrowStep = 0.05; ///< of the spread

void markInvalid(QLineEdit* line, bool invalid) {
  if (line->property("invalid").toBool() == invalid) return;
  line->setProperty("invalid", invalid);
  // The style sheet looks at properties only when a widget is polished.
  line->style()->unpolish(line);
  line->style()->polish(line);
}

} // namespace

ZEditor::ZEditor(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Point z"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  m_fields = new QWidget;
  column->addWidget(m_fields);
  m_table = new ZTable;
  m_table->setFixedHeight(tableHeight);
  m_table->hide();
  column->addWidget(m_table);
  m_message = new QLabel;
  m_message->setWordWrap(true);
  m_message->hide();
  setRole(m_message, "error");
  column->addWidget(m_message);

  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(4);
  buttons->addStretch();
  const auto addButton = [&](const QString& text, const QString& help, void (ZEditor::*action)()) {
    auto* button = new QPushButton(text);
    button->setToolTip(help);
    setRole(button, "quiet");
    connect(button, &QPushButton::clicked, this, action);
    buttons->addWidget(button);
  };
  addButton(tr("Copy"), tr("Copies all latents, exactly, as text: 0.50, -1.20"), &ZEditor::copy);
  addButton(tr("Paste"), tr("Sets all latents from numbers on the clipboard"), &ZEditor::paste);
  column->addLayout(buttons);

  connect(m_table, &ZTable::typed, this, [this](int latent, const QString& text) {
    if (take(latent, text)) complain(-1, {});
  });
  connect(m_table, &ZTable::copyWanted, this, &ZEditor::copy);
  connect(m_table, &ZTable::pasteWanted, this, &ZEditor::paste);
}

// ---- what it shows ----

void ZEditor::setPoint(const LatentPoint& z) {
  const bool sameSize = z.size() == m_point.size();
  m_point = z;
  if (!sameSize) rebuild();
  refresh();
}

void ZEditor::setSpread(const std::vector<float>& spread) {
  m_spread = spread;
}

QString ZEditor::text() const {
  return pointText(m_point);
}

QString ZEditor::message() const {
  return m_message->text();
}

QLineEdit* ZEditor::line(int latent) const {
  return latent >= 0 && latent < static_cast<int>(m_lines.size()) ? m_lines[static_cast<size_t>(latent)]
                                                                  : nullptr;
}

void ZEditor::rebuild() {
  complain(-1, {});
  m_lines.clear();
  qDeleteAll(m_fields->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
  delete m_fields->layout();
  const int latents = static_cast<int>(m_point.size());
  const bool lines = latents <= mostLines;
  m_fields->setVisible(lines);
  m_table->setVisible(!lines);
  if (!lines) return;
  auto* fields = new QGridLayout(m_fields);
  fields->setContentsMargins(0, 0, 0, 0);
  fields->setHorizontalSpacing(8);
  fields->setVerticalSpacing(4);
  const int columns = latents == 1 ? 1 : 2;
  for (int latent = 0; latent < latents; ++latent) {
    const QString name = QStringLiteral("z%1").arg(latent + 1);
    auto* line = new QLineEdit;
    line->setAccessibleName(name);
    line->setToolTip(
        tr("%1: type a number, or all latents at once (0.50, -1.20). Up and Down move by 0.05 of the "
           "data's spread; Shift x10, Ctrl /10.")
            .arg(name));
    line->setMinimumWidth(64);
    line->installEventFilter(this);
    connect(line, &QLineEdit::returnPressed, this, [this, latent] { commit(latent); });
    auto* label = new QLabel(name);
    label->setBuddy(line);
    setRole(label, "muted");
    const int row = latent / columns, column = 2 * (latent % columns);
    fields->addWidget(label, row, column);
    fields->addWidget(line, row, column + 1);
    fields->setColumnStretch(column + 1, 1);
    m_lines.push_back(line);
  }
}

void ZEditor::refresh() {
  m_table->setPoint(m_point);
  for (int latent = 0; latent < static_cast<int>(m_lines.size()); ++latent) {
    const QLineEdit* line = m_lines[static_cast<size_t>(latent)];
    if (line->hasFocus() && line->isModified()) continue; // being typed in
    if (latent == m_wrong) complain(-1, {});
    showValue(latent, line->hasFocus());
  }
}

void ZEditor::showValue(int latent, bool exact) {
  QLineEdit* line = m_lines[static_cast<size_t>(latent)];
  const float value = m_point[static_cast<size_t>(latent)];
  line->setText(exact ? exactText(value) : shortText(value)); // also takes away isModified
  line->setCursorPosition(0);
  if (exact) line->selectAll();
}

void ZEditor::complain(int latent, const QString& reason) {
  if (QLineEdit* before = line(m_wrong)) markInvalid(before, false);
  m_wrong = latent;
  if (QLineEdit* now = line(latent)) markInvalid(now, true);
  m_message->setText(reason);
  m_message->setVisible(!reason.isEmpty());
}

// ---- what is typed ----

void ZEditor::change(LatentPoint z) {
  complain(-1, {});
  if (z == m_point) {
    refresh();
    return;
  }
  m_point = std::move(z);
  refresh();
  emit edited(m_point);
}

bool ZEditor::take(int latent, const QString& typed) {
  const Result<LatentPoint> numbers = pointFromText(typed);
  if (!numbers) {
    complain(latent, QString::fromStdString(numbers.error().message));
    return false;
  }
  if (latent >= 0 && numbers->size() == 1) {
    LatentPoint z = m_point;
    z[static_cast<size_t>(latent)] = numbers->front();
    change(std::move(z));
    return true;
  }
  if (numbers->size() == m_point.size()) {
    change(*numbers);
    return true;
  }
  complain(latent, tr("%1 numbers for %2 latents: give one for this latent, or all %2.")
                       .arg(numbers->size())
                       .arg(m_point.size()));
  return false;
}

void ZEditor::commit(int latent) {
  QLineEdit* line = m_lines[static_cast<size_t>(latent)];
  if (!line->isModified()) return; // three decimals shown are not three decimals meant
  line->setModified(false);
  if (!take(latent, line->text())) line->setModified(true);
}

bool ZEditor::setText(const QString& text) {
  return take(-1, text);
}

void ZEditor::step(int latent, double steps) {
  commit(latent);
  if (m_wrong >= 0) return;
  const auto index = static_cast<size_t>(latent);
  const double spread = index < m_spread.size() && m_spread[index] > 0 ? m_spread[index] : 1;
  LatentPoint z = m_point;
  z[index] = static_cast<float>(z[index] + steps * arrowStep * spread);
  change(std::move(z));
}

void ZEditor::copy() {
  QGuiApplication::clipboard()->setText(text());
}

void ZEditor::paste() {
  setText(QGuiApplication::clipboard()->text());
}

bool ZEditor::eventFilter(QObject* object, QEvent* event) {
  const auto found = std::find(m_lines.begin(), m_lines.end(), object);
  if (found == m_lines.end()) return QWidget::eventFilter(object, event);
  QLineEdit* line = *found;
  const int latent = static_cast<int>(found - m_lines.begin());
  if (event->type() == QEvent::FocusIn && !line->isModified()) showValue(latent, true);
  if (event->type() == QEvent::FocusOut) {
    commit(latent);
    if (!line->isModified()) showValue(latent, false);
  }
  if (event->type() != QEvent::KeyPress) return false;

  auto* key = static_cast<QKeyEvent*>(event);
  if (key->matches(QKeySequence::Copy) &&
      (!line->hasSelectedText() || line->selectedText() == line->text())) {
    copy();
    return true;
  }
  if (key->matches(QKeySequence::Paste)) {
    const Result<LatentPoint> numbers = pointFromText(QGuiApplication::clipboard()->text());
    if (!numbers || numbers->size() == 1) return false; // an ordinary paste into the line
    take(latent, QGuiApplication::clipboard()->text());
    return true;
  }
  if (key->key() == Qt::Key_Escape && (line->isModified() || m_wrong == latent)) {
    complain(-1, {});
    showValue(latent, true);
    return true;
  }
  if (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down) {
    double size = 1;
    if (key->modifiers() & Qt::ShiftModifier) size *= 10;
    if (key->modifiers() & Qt::ControlModifier) size /= 10;
    step(latent, key->key() == Qt::Key_Up ? size : -size);
    return true;
  }
  return false;
}

} // namespace latent::ui
