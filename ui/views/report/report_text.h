// Fields whose undo is the report's: Ctrl+Z goes to the window, not to the field.
#pragma once

#include <QLineEdit>
#include <QPlainTextEdit>

namespace latent::ui {

class ReportLine : public QLineEdit {
  Q_OBJECT
 public:
  using QLineEdit::QLineEdit;
  /// Keeps the place of the cursor; does not emit textEdited.
  void show(const QString& text);

 protected:
  bool event(QEvent* event) override;
};

class ReportText : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit ReportText(QWidget* parent = nullptr);
  void show(const QString& text); ///< keeps the place of the cursor; does not emit edited

 signals:
  void edited(const QString& text);

 protected:
  bool event(QEvent* event) override;
};

} // namespace latent::ui
