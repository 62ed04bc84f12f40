// The menu of a view: right button or the Menu key.
#pragma once

#include <QObject>
#include <QPoint>

class QMenu;
class QWidget;

namespace latent::ui {

class Actions;
class Exporter;
class Stage;

class ViewMenu : public QObject {
  Q_OBJECT
 public:
  ViewMenu(const Actions* actions, Exporter* exporter, Stage* stage, QObject* parent);

 private:
  void open(QWidget* at, const QPoint& place);

  const Actions* m_actions;
  Exporter* m_exporter;
  Stage* m_stage;
};

} // namespace latent::ui
