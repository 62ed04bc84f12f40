// The pins: kept points with their pictures.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QWidget>

class QToolButton;

namespace latent::ui {

class EmptyState;
class PictureList;

class PinsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit PinsPanel(const Workbench& bench, QWidget* parent = nullptr);

  PictureList* list() const { return m_list; }

 public slots:
  void exportPins();
  void importPins();

 private:
  QToolButton* button(const char* name, const QString& text, const QString& tip);
  void refresh();
  void remove(int row);
  void showMenu(const QPoint& position);

  Workbench m_bench;
  PictureList* m_list;
  EmptyState* m_empty;
  QToolButton* m_pin;
  QToolButton* m_import;
  QToolButton* m_export;
  QString m_lastFolder;
};

} // namespace latent::ui
