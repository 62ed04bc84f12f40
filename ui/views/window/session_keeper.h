// The session of the window: new, open, save; kept while it runs, back after a crash.
#pragma once

#include "core/base/session.h"
#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

class QMenu;
class QWidget;

namespace latent::ui {

class RunKeeper;

/// What of the window and its views a session holds.
struct SessionParts {
  Json window = Json::object(), views = Json::object();
};

class SessionKeeper : public QObject {
  Q_OBJECT
 public:
  using Save = std::function<SessionParts()>;
  using Load = std::function<void(const SessionParts&)>;
  SessionKeeper(const Workbench& bench, RunKeeper* runs, QWidget* window, Save save, Load load);

  Session current() const;
  QString file() const { return m_file; } ///< "" = not saved under a name
  void setFile(const QString& file);
  const QStringList& recent() const { return m_recent; }
  void setRecent(const QStringList& files);
  void fillRecent(QMenu* menu);

  /// At the start of the window: the session that a crash left, else `last`. Its pins, window and views are
  /// taken over; runs and Focus are the caller's to open. Tells of a crash, with a way to do without.
  Session begin(const std::optional<Session>& last);
  /// From here on the session is kept every few seconds in which it changed.
  void keep();
  /// A clean end.
  void end();
  /// Runs, Focus and views in the session that is open, whose other runs and pins stay; what was shown before
  /// is offered back.
  void showView(const std::vector<RunId>& runs, const Focus& focus, const SessionParts& parts,
                const QString& sentence);

 public slots:
  void create(); ///< File > New session: shipped models only, no pins, views as they were first
  void choose();
  void open(const QString& file);
  void save(); ///< asks for a name where there is none
  void saveAs();

 signals:
  void fileChanged(const QString& file);

 private:
  void show(const Session& session);
  void change(const Session& session, const QString& file, const QString& sentence);
  void noteRecent(const QString& file);
  void tick();
  Session fresh() const;

  Workbench m_bench;
  RunKeeper* m_runs;
  QWidget* m_window;
  Save m_save;
  Load m_load;
  SessionParts m_first; ///< of a window that nobody has touched
  QString m_file;
  QStringList m_recent;
  std::optional<Session> m_kept; ///< as last written for the case of a crash
  QTimer m_timer;
};

} // namespace latent::ui
