#include "ui/views/window/session_keeper.h"

#include "ui/bridge/files_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/pin_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/messages.h"
#include "ui/views/window/run_keeper.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr int keepMs = 3'000;
constexpr int mostRecent = 8;

QString filters() {
  return SessionKeeper::tr("Sessions (*.latent-session)");
}

std::vector<RunId> foldersOf(const Session& session) {
  std::vector<RunId> runs;
  for (const SessionRun& run : session.runs) runs.push_back(run.id);
  return runs;
}

} // namespace

SessionKeeper::SessionKeeper(const Workbench& bench, RunKeeper* runs, QWidget* window, Save save, Load load)
    : QObject(window),
      m_bench(bench),
      m_runs(runs),
      m_window(window),
      m_save(std::move(save)),
      m_load(std::move(load)),
      m_first(m_save()) {
  m_timer.setInterval(keepMs);
  connect(&m_timer, &QTimer::timeout, this, &SessionKeeper::tick);
  connect(bench.files, &FilesBridge::sessionSaved, this, [this](const QString& file) {
    setFile(file);
    noteRecent(file);
    m_bench.messages->tell(tr("The session was saved as %1.").arg(file));
  });
  connect(bench.files, &FilesBridge::sessionOpened, this,
          [this](const QString& file, const Session& session, const QStringList& missing) {
            const QString name = QFileInfo(file).fileName();
            change(session, file,
                   missing.isEmpty() ? tr("%1 is open.").arg(name)
                                     : tr("%1 is open without runs that are not where they were: %2.")
                                           .arg(name, missing.join(QStringLiteral(", "))));
            noteRecent(file);
          });
}

Session SessionKeeper::current() const {
  Session session;
  for (const RunItem& item : m_bench.runs->items()) {
    if (item.queued) continue;
    SessionRun run{.id = item.id, .name = item.name.toStdString()};
    if (m_bench.library->isShipped(item.id))
      run.shipped = QFileInfo(QString::fromStdString(item.id)).fileName().toStdString();
    session.runs.push_back(std::move(run));
  }
  session.focus = m_bench.focus->focus();
  session.pins = m_bench.pins->pins();
  SessionParts parts = m_save();
  session.window = std::move(parts.window);
  session.views = std::move(parts.views);
  return session;
}

Session SessionKeeper::fresh() const {
  Session session;
  session.window = m_first.window;
  session.views = m_first.views;
  return session;
}

void SessionKeeper::show(const Session& session) {
  m_bench.pins->reset(session.pins);
  m_load({session.window, session.views});
}

Session SessionKeeper::begin(const std::optional<Session>& last) {
  const std::optional<Session> crashed = m_bench.files->takeCrashed();
  Session session = crashed ? *crashed : last.value_or(fresh());
  show(session);
  if (crashed)
    m_bench.messages->offer(tr("The program ended unexpectedly last time. What you had open is back."),
                            tr("Start without it"), [this] { create(); });
  return session;
}

void SessionKeeper::keep() {
  if (m_bench.files->keepsSession()) m_timer.start();
}

void SessionKeeper::end() {
  m_timer.stop();
  m_bench.files->endSession();
}

void SessionKeeper::tick() {
  if (m_bench.focus->inGesture()) return; // a drag is not disturbed
  Session now = current();
  if (m_kept && now == *m_kept) return;
  m_bench.files->keepSession(now);
  m_kept = std::move(now);
}

void SessionKeeper::setFile(const QString& file) {
  m_file = file;
  emit fileChanged(file);
}

void SessionKeeper::setRecent(const QStringList& files) {
  m_recent = files.mid(0, mostRecent);
}

void SessionKeeper::noteRecent(const QString& file) {
  m_recent.removeAll(file);
  m_recent.prepend(file);
  m_recent = m_recent.mid(0, mostRecent);
}

void SessionKeeper::fillRecent(QMenu* menu) {
  menu->clear();
  for (const QString& file : m_recent) menu->addAction(file, this, [this, file] { open(file); });
  if (m_recent.isEmpty()) menu->addAction(tr("No session was saved yet"))->setEnabled(false);
}

// What was there before is one click away: nobody is asked beforehand.
void SessionKeeper::change(const Session& session, const QString& file, const QString& sentence) {
  const Session before = current();
  const QString fileBefore = m_file;
  show(session);
  m_runs->changeSession(foldersOf(session), session.focus);
  setFile(file);
  m_bench.messages->offer(sentence, tr("Back to the one before"), [this, before, fileBefore] {
    show(before);
    m_runs->changeSession(foldersOf(before), before.focus);
    setFile(fileBefore);
  });
}

void SessionKeeper::showView(const std::vector<RunId>& runs, const Focus& focus, const SessionParts& parts,
                             const QString& sentence) {
  Session session = current();
  for (const RunId& run : runs)
    if (std::ranges::find(session.runs, run, &SessionRun::id) == session.runs.end())
      session.runs.push_back({.id = run});
  session.focus = focus;
  session.window = parts.window;
  session.views = parts.views;
  change(session, m_file, sentence);
}

void SessionKeeper::create() {
  change(fresh(), {}, tr("This is a new session. Your runs are kept in their folders."));
}

void SessionKeeper::choose() {
  auto* dialog = new QFileDialog(m_window, tr("Open session"), QFileInfo(m_file).absolutePath());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({filters(), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, &SessionKeeper::open);
  dialog->open();
}

void SessionKeeper::open(const QString& file) {
  m_bench.files->openSession(QFileInfo(file).absoluteFilePath());
}

void SessionKeeper::save() {
  if (m_file.isEmpty())
    saveAs();
  else
    m_bench.files->saveSession(current(), m_file);
}

void SessionKeeper::saveAs() {
  auto* dialog = new QFileDialog(m_window, tr("Save session"), QFileInfo(m_file).absolutePath());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilters({filters()});
  dialog->setDefaultSuffix(QStringLiteral("latent-session"));
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    m_bench.files->saveSession(current(), QFileInfo(file).absoluteFilePath());
  });
  dialog->open();
}

} // namespace latent::ui
