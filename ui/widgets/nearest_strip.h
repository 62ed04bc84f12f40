// Small images in a row with labels: the data nearest to the point. A click or Enter takes one.
#pragma once

#include "core/base/image.h"

#include <QImage>
#include <QString>
#include <QWidget>

#include <cstdint>
#include <vector>

namespace latent::ui {

struct NearestItem {
  Image image;
  QString label;      ///< under the image: "7"; elided to its width
  int64_t index = -1; ///< of the item in its split; what clicked() tells
};

/// Images at the largest integer scale up to 56 px; those that do not fit the width are left out.
class NearestStrip : public QWidget {
  Q_OBJECT
 public:
  explicit NearestStrip(QWidget* parent = nullptr);

  void setItems(const std::vector<NearestItem>& items);
  const std::vector<NearestItem>& items() const { return m_items; }
  void setPlaceholder(const QString& text); ///< shown while there are no items
  int itemAt(const QPointF& pixel) const;   ///< position in items(), -1 outside
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 signals:
  void clicked(int64_t index);

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  bool event(QEvent*) override;

 private:
  QRectF imageRect(int item) const;
  int itemsShown() const;
  void describe();
  std::vector<NearestItem> m_items;
  std::vector<QImage> m_pixels;
  QString m_placeholder;
  int m_current = 0; ///< where the keyboard stands
};

} // namespace latent::ui
