// The test images that a lasso on the plane took.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QWidget>

class QLabel;

namespace latent::ui {

class ImageRows;

/// Hidden while nothing is selected. Of more images than fit, some from the whole selection are shown.
class SelectedPanel : public QWidget {
  Q_OBJECT
 public:
  explicit SelectedPanel(const Workbench& bench, QWidget* parent = nullptr);

 private:
  void refresh();

  Workbench m_bench;
  QLabel* m_caption;
  ImageRows* m_rows;
};

} // namespace latent::ui
