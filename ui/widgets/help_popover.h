// F1: one paragraph with its formula about the focused or last hovered control.
#pragma once

#include <QFrame>
#include <QPointer>
#include <QString>

#include <optional>

class QLabel;

namespace latent::ui {

struct HelpText {
  QString title;
  QString paragraph;
  QString formula; ///< plain text, "" = none
};

/// What F1 says about a control and everything inside it that has no help of its own. Also its accessible
/// description.
void setHelp(QWidget* control, const HelpText& help);
/// The help of the control or of its nearest parent that has one.
std::optional<HelpText> helpOf(const QWidget* control);

/// One for a window. Appears beside the control; Esc, F1 again or a click elsewhere closes it.
class HelpPopover : public QFrame {
  Q_OBJECT
 public:
  explicit HelpPopover(QWidget* window);
  ~HelpPopover() override;

  QString title() const;
  QString paragraph() const;
  QString formula() const;

 public slots:
  /// For the focused control; if it has no help, for the last one under the pointer; else how F1 works.
  void toggle();
  void showFor(QWidget* control);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void showText(const HelpText& help, QWidget* beside);
  QLabel* m_title;
  QLabel* m_paragraph;
  QLabel* m_formula;
  QPointer<QWidget> m_hovered;
};

} // namespace latent::ui
