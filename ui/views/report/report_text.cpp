#include "ui/views/report/report_text.h"

#include <QKeyEvent>
#include <QSignalBlocker>

#include <algorithm>

namespace latent::ui {
namespace {

bool isUndo(const QEvent& event) {
  if (event.type() != QEvent::ShortcutOverride && event.type() != QEvent::KeyPress) return false;
  const auto& key = static_cast<const QKeyEvent&>(event);
  const auto is = [&](Qt::KeyboardModifiers modifiers) {
    return key.key() == Qt::Key_Z && key.modifiers() == modifiers;
  };
  return is(Qt::ControlModifier) || is(Qt::ControlModifier | Qt::ShiftModifier) ||
         (key.key() == Qt::Key_Y && key.modifiers() == Qt::ControlModifier);
}

} // namespace

void ReportLine::show(const QString& words) {
  if (words == text()) return;
  const int cursor = cursorPosition();
  const QSignalBlocker quiet(this);
  setText(words);
  setCursorPosition(std::min(cursor, static_cast<int>(words.size())));
}

bool ReportLine::event(QEvent* event) {
  if (!isUndo(*event)) return QLineEdit::event(event);
  event->ignore();
  return false;
}

ReportText::ReportText(QWidget* parent) : QPlainTextEdit(parent) {
  setUndoRedoEnabled(false);
  setTabChangesFocus(true);
  connect(this, &QPlainTextEdit::textChanged, this, [this] { emit edited(toPlainText()); });
}

void ReportText::show(const QString& words) {
  if (words == toPlainText()) return;
  const int cursor = textCursor().position();
  const QSignalBlocker quiet(this);
  setPlainText(words);
  QTextCursor place = textCursor();
  place.setPosition(std::min(cursor, static_cast<int>(words.size())));
  setTextCursor(place);
}

bool ReportText::event(QEvent* event) {
  if (!isUndo(*event)) return QPlainTextEdit::event(event);
  event->ignore();
  return false;
}

} // namespace latent::ui
