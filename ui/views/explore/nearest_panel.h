// The test images whose codes lie nearest to the point.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace latent::ui {

class DatasetOffer;
class ImageRows;

/// Follows the point at a pace that never holds back a drag. Without the images, offers to get them.
class NearestPanel : public QWidget {
  Q_OBJECT
 public:
  NearestPanel(const Workbench& bench, int mostRows, QWidget* parent = nullptr);

 protected:
  void showEvent(QShowEvent*) override;

 private:
  void refreshSoon();
  void refresh();

  Workbench m_bench;
  QLabel* m_caption;
  ImageRows* m_rows;
  DatasetOffer* m_offer;
  QTimer m_pace;
};

} // namespace latent::ui
