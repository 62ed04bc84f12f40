// Frames of a movie side by side before it is made.
#pragma once

#include <QImage>
#include <QWidget>

#include <vector>

namespace latent::ui {

class MoviePreview : public QWidget {
  Q_OBJECT
 public:
  explicit MoviePreview(QWidget* parent = nullptr);

  void setFrames(const std::vector<QImage>& pictures, const std::vector<int>& numbers); ///< counted from 0
  void setProblem(const QString& sentence); ///< in place of the frames
  void setWaiting();                        ///< the frames before stay, pale

  const std::vector<QImage>& pictures() const { return m_pictures; }
  const QString& problem() const { return m_problem; }
  bool waiting() const { return m_waiting; }
  QSize sizeHint() const override { return {600, 420}; }

 protected:
  void paintEvent(QPaintEvent*) override;

 private:
  std::vector<QImage> m_pictures;
  std::vector<int> m_numbers;
  QString m_problem;
  bool m_waiting = false;
};

} // namespace latent::ui
