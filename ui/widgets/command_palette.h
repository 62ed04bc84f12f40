// Ctrl+K: every action of the window by name.
#pragma once

#include <QFrame>
#include <QPointer>

class QAction;
class QLabel;
class QLineEdit;
class QListWidget;

namespace latent::ui {

/// How well `text` matches what was typed: its letters in order, case ignored. 0 = no match; starts of words
/// and neighbouring letters count more. An empty query matches everything equally.
int fuzzyScore(const QString& query, const QString& text);

/// Lists the enabled, visible, named actions of its window (and of its menus), best match first. Enter or a
/// click triggers, Up and Down choose, Esc or a click elsewhere closes and gives the focus back.
class CommandPalette : public QFrame {
  Q_OBJECT
 public:
  explicit CommandPalette(QWidget* window);

  QLineEdit* field() const { return m_field; }
  QListWidget* list() const { return m_list; }

 public slots:
  void open();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void collect();
  void filter(const QString& query);
  void trigger(int row);
  void place();

  QLineEdit* m_field;
  QListWidget* m_list;
  QLabel* m_none; ///< in place of an empty list
  QList<QPointer<QAction>> m_actions;
  QPointer<QWidget> m_focusBefore;
};

} // namespace latent::ui
