// One table of everything a person can do by name: menus, keys, header buttons and the command palette share
// it.
#pragma once

#include <QAction>
#include <QHash>
#include <QObject>

#include <initializer_list>
#include <vector>

class QMenu;
class QMenuBar;

namespace latent::ui {

/// Owns the actions; what they do is connected by wireActions (action_wiring.h). Keys and words of those in
/// ui/widgets/shortcuts.h come from there. Letters act only while the stage has the focus.
class Actions : public QObject {
  Q_OBJECT
 public:
  Actions(QWidget* window, QWidget* stage);

  QAction* operator[](const char* id) const; ///< a broken contract (asserted) for an unknown id
  /// "run1" .. "run9" and "eye1" .. "eye9" exist for as many rows as there are.
  void nameRuns(const QStringList& titles);
  void fillMenus(QMenuBar* bar);
  void fillViewMenu(QMenu* menu) const; ///< what can be done with the view in front
  QMenu* recentMenu() const { return m_recent; }
  QMenu* recentSessionsMenu() const { return m_recentSessions; }

 private:
  void fill(QMenu* menu, std::initializer_list<const char*> ids) const; ///< "" = a line
  QAction* add(const char* id, const QString& text, const QKeySequence& keys, bool stageOnly);

  QWidget* m_window;
  QWidget* m_stage;
  QMenu* m_recent;
  QMenu* m_recentSessions;
  QHash<QByteArray, QAction*> m_actions;
};

} // namespace latent::ui
