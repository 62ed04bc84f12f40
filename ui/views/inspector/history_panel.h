// What was done, with pictures: a click goes back or forth to it.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QWidget>

namespace latent::ui {

class PictureList;

class HistoryPanel : public QWidget {
  Q_OBJECT
 public:
  explicit HistoryPanel(const Workbench& bench, QWidget* parent = nullptr);

  PictureList* list() const { return m_list; }

 private:
  void follow();

  Workbench m_bench;
  PictureList* m_list;
};

} // namespace latent::ui
