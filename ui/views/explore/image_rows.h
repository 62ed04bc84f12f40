// Rows of small real images with their classes, of which a click takes one as the input.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QWidget>

#include <cstdint>
#include <vector>

namespace latent::ui {

class NearestStrip;

/// As many rows as there is height for, up to a limit; the height beyond them stays empty.
class ImageRows : public QWidget {
  Q_OBJECT
 public:
  ImageRows(const Workbench& bench, int mostRows, const QString& name, QWidget* parent = nullptr);

  int capacity() const; ///< images that can be seen now
  /// Images of the active run's test split; those beyond capacity() are left out.
  void setImages(const std::vector<int64_t>& indices);
  void setPlaceholder(const QString& text); ///< shown while there are no images
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override; ///< one row

 signals:
  void capacityChanged();

 protected:
  void resizeEvent(QResizeEvent*) override;

 private:
  int perRow() const;
  int rows() const;
  int rowHeight() const;

  Workbench m_bench;
  std::vector<NearestStrip*> m_strips;
  int m_capacity = 0;
};

} // namespace latent::ui
