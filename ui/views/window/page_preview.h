// A page as it will lie in the paper: at its real size on this screen, or fitted into the room.
#pragma once

#include <QAbstractScrollArea>
#include <QImage>
#include <QSizeF>
#include <QTimer>

namespace latent::ui {

/// Shows the page on a ground of its own and asks for the resolution in which it is seen dot for dot; until
/// a page of that resolution comes the one before is scaled.
class PagePreview : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit PagePreview(QWidget* parent = nullptr);

  void setPage(const QImage& page, const QSizeF& millimetres); ///< takes a problem and the spinner away
  void setProblem(const QString& sentence); ///< instead of the page; takes the spinner away
  void setWaiting();                        ///< a spinner after 300 ms
  void setRealSize(bool real);              ///< otherwise as large as there is room
  bool realSize() const { return m_real; }
  void setPaper(const QSizeF& millimetres); ///< of the page that is coming; height 0 = not known yet

  double scale() const; ///< of what is seen against real size
  /// Device dots an inch in which the page is to be drawn now.
  double dpi() const;
  /// Where the page lies, in pixels of the viewport.
  QRect pageRect() const;
  const QImage& page() const { return m_page; }
  const QString& problem() const { return m_problem; }
  bool spinning() const { return m_turn.isActive(); }
  QSize sizeHint() const override;

 signals:
  void dpiChanged(double dpi);

 protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void showEvent(QShowEvent*) override;

 private:
  double screenDpi() const;
  QSizeF seenSize() const;
  void adapt();
  void stopWaiting();

  QImage m_page;
  QSizeF m_paper{84, 84};
  QString m_problem;
  bool m_real = true;
  QTimer m_patience; ///< before a spinner is shown
  QTimer m_turn;
  int m_angle = 0;
  double m_asked = 0;
};

} // namespace latent::ui
