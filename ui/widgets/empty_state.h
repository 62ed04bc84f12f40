// What an empty place says: one sentence and one button.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace latent::ui {

class EmptyState : public QWidget {
  Q_OBJECT
 public:
  explicit EmptyState(QWidget* parent = nullptr);
  /// A second button only where there are two ways out: "Download", "Use synthetic digits". "" hides a
  /// button.
  void setContent(const QString& sentence, const QString& button, const QString& secondButton = {});
  void setTight(); ///< for a place that is a few lines high
  QString sentence() const;
  QPushButton* button() const { return m_button; }
  QPushButton* secondButton() const { return m_second; }

 signals:
  void clicked();
  void secondClicked();

 private:
  QLabel* m_sentence;
  QPushButton* m_button;
  QPushButton* m_second;
};

} // namespace latent::ui
