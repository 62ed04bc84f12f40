// More than eight latents as a compact table of numbers.
#pragma once

#include "core/base/latent_point.h"

#include <QTableView>

namespace latent::ui {

/// One row a latent. What is typed is not judged here: typed() hands it on, and the table shows the point it
/// is given.
class ZTable : public QTableView {
  Q_OBJECT
 public:
  explicit ZTable(QWidget* parent = nullptr);
  ~ZTable() override;
  void setPoint(const LatentPoint& z);

 signals:
  void typed(int latent, const QString& text);
  void copyWanted();
  void pasteWanted();

 protected:
  void keyPressEvent(QKeyEvent*) override;

 private:
  class Model;
  Model* m_model;
};

} // namespace latent::ui
