// A progress bar of 3 px for rows and the status line.
#pragma once

#include <QWidget>

namespace latent::ui {

class ThinBar : public QWidget {
  Q_OBJECT
 public:
  explicit ThinBar(QWidget* parent = nullptr);
  void setProgress(double fraction); ///< 0..1; negative = unknown: a bar in the middle third
  double progress() const { return m_progress; }
  QSize sizeHint() const override { return {72, 3}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  double m_progress = -1;
};

} // namespace latent::ui
