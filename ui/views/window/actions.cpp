#include "ui/views/window/actions.h"

#include "ui/widgets/shortcuts.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

namespace latent::ui {
namespace {

constexpr int numberedRuns = 9;

/// Actions without a key of their own, or with one that only this window has.
struct Extra {
  const char* id;
  const char* text;
  const char* keys = "";
};

constexpr Extra extras[] = {
    {"newSession", QT_TRANSLATE_NOOP("Actions", "New session")},
    {"openSession", QT_TRANSLATE_NOOP("Actions", "Open session…"), "Ctrl+Alt+S"},
    {"saveSessionAs", QT_TRANSLATE_NOOP("Actions", "Save session as…"), "Ctrl+Shift+S"},
    {"openInput", QT_TRANSLATE_NOOP("Actions", "Open image as input…"), "Ctrl+I"},
    {"importPins", QT_TRANSLATE_NOOP("Actions", "Import pins…")},
    {"exportPins", QT_TRANSLATE_NOOP("Actions", "Export pins…")},
    {"pinsTab", QT_TRANSLATE_NOOP("Actions", "Show the pins"), "Ctrl+Shift+P"},
    {"historyTab", QT_TRANSLATE_NOOP("Actions", "History"), "Ctrl+H"},
    {"openFigure", QT_TRANSLATE_NOOP("Actions", "Open figure…"), "Ctrl+Alt+F"},
    {"openModel", QT_TRANSLATE_NOOP("Actions", "Open model…"), "Ctrl+Alt+O"},
    {"openDataFolder", QT_TRANSLATE_NOOP("Actions", "Open data folder…"), "Ctrl+Shift+O"},
    {"openDataFile", QT_TRANSLATE_NOOP("Actions", "Open data file…")},
    {"exportAgain", QT_TRANSLATE_NOOP("Actions", "Export again"), "Ctrl+Alt+E"},
    {"exportMovie", QT_TRANSLATE_NOOP("Actions", "Export movie…"), "Ctrl+Shift+M"},
    {"copyNumbers", QT_TRANSLATE_NOOP("Actions", "Copy numbers"), "Ctrl+Shift+C"},
    {"copyLatex", QT_TRANSLATE_NOOP("Actions", "Copy as LaTeX")},
    {"tableTsv", QT_TRANSLATE_NOOP("Actions", "Copy table as TSV")},
    {"tableLatex", QT_TRANSLATE_NOOP("Actions", "Copy table as LaTeX")},
    {"tableMarkdown", QT_TRANSLATE_NOOP("Actions", "Copy table as Markdown")},
    {"newReport", QT_TRANSLATE_NOOP("Actions", "New report")},
    {"openReport", QT_TRANSLATE_NOOP("Actions", "Open report…")},
    {"copyReport", QT_TRANSLATE_NOOP("Actions", "Save a copy of the report…")},
    {"aeAgainstVae", QT_TRANSLATE_NOOP("Actions", "Report AE against VAE…")},
    {"tableOfRuns", QT_TRANSLATE_NOOP("Actions", "Add table of the runs to the report")},
    {"reportLatex", QT_TRANSLATE_NOOP("Actions", "Export report as LaTeX…")},
    {"reportPdf", QT_TRANSLATE_NOOP("Actions", "Export report as PDF…")},
    {"reportHtml", QT_TRANSLATE_NOOP("Actions", "Export report as HTML…")},
    {"quit", QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q"},
    {"skip", QT_TRANSLATE_NOOP("Actions", "Skip to the next run")},
    {"pauseQueue", QT_TRANSLATE_NOOP("Actions", "Pause the queue after this run")},
    {"continueRun", QT_TRANSLATE_NOOP("Actions", "Continue the active run")},
    {"pagePlane", QT_TRANSLATE_NOOP("Actions", "Explore: Plane")},
    {"pageTraverse", QT_TRANSLATE_NOOP("Actions", "Explore: Traverse")},
    {"pageCodes", QT_TRANSLATE_NOOP("Actions", "Explore: Codes")},
    {"setup", QT_TRANSLATE_NOOP("Actions", "Set up a new run"), "Ctrl+N"},
    {"pointTab", QT_TRANSLATE_NOOP("Actions", "Show the point"), "Ctrl+P"},
    {"themeSystem", QT_TRANSLATE_NOOP("Actions", "Theme of the system")},
    {"themeLight", QT_TRANSLATE_NOOP("Actions", "Light theme")},
    {"themeDark", QT_TRANSLATE_NOOP("Actions", "Dark theme")},
    {"keys", QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts")},
    {"about", QT_TRANSLATE_NOOP("Actions", "About Latent Explorer")},
};

} // namespace

Actions::Actions(QWidget* window, QWidget* stage)
    : QObject(window),
      m_window(window),
      m_stage(stage),
      m_recent(new QMenu(tr("Recent runs"), window)),
      m_recentSessions(new QMenu(tr("Recent sessions"), window)) {
  for (const Shortcut& shortcut : shortcuts()) {
    // Held keys: the plane and the page Traverse read them themselves.
    if (qstrcmp(shortcut.id, "hidePoints") == 0 || qstrcmp(shortcut.id, "playSweep") == 0) continue;
    add(shortcut.id, shortcutText(shortcut.id), shortcutKeys(shortcut.id), shortcut.stageOnly);
  }
  for (const Extra& extra : extras)
    add(extra.id, QCoreApplication::translate("Actions", extra.text),
        QKeySequence(QString::fromLatin1(extra.keys), QKeySequence::PortableText), false);
  for (int i = 1; i <= numberedRuns; ++i) {
    add(QStringLiteral("run%1").arg(i).toLatin1().constData(), {},
        QKeySequence(QStringLiteral("Ctrl+%1").arg(i)), false);
    add(QStringLiteral("eye%1").arg(i).toLatin1().constData(), {},
        QKeySequence(QStringLiteral("Ctrl+Shift+%1").arg(i)), false);
  }
  nameRuns({});
  auto* themes = new QActionGroup(this);
  for (const char* id : {"themeSystem", "themeLight", "themeDark"}) {
    (*this)[id]->setCheckable(true);
    themes->addAction((*this)[id]);
  }
  auto* workspaces = new QActionGroup(this);
  for (const char* id : {"workspace1", "workspace2", "workspace3", "workspace5"}) {
    (*this)[id]->setCheckable(true);
    workspaces->addAction((*this)[id]);
  }
  for (const char* id : {"drawInput", "present"}) (*this)[id]->setCheckable(true);
  (*this)["blank"]->setEnabled(false);
  (*this)["pauseQueue"]->setCheckable(true);
}

QAction* Actions::add(const char* id, const QString& text, const QKeySequence& keys, bool stageOnly) {
  auto* action = new QAction(text, this);
  action->setObjectName(QString::fromLatin1(id));
  action->setShortcut(keys);
  action->setShortcutContext(stageOnly ? Qt::WidgetWithChildrenShortcut : Qt::WindowShortcut);
  (stageOnly ? m_stage : m_window)->addAction(action);
  m_actions.insert(id, action);
  return action;
}

QAction* Actions::operator[](const char* id) const {
  QAction* action = m_actions.value(id);
  Q_ASSERT(action);
  return action;
}

void Actions::nameRuns(const QStringList& titles) {
  for (int i = 0; i < numberedRuns; ++i) {
    QAction* activate = m_actions.value(QStringLiteral("run%1").arg(i + 1).toLatin1());
    QAction* show = m_actions.value(QStringLiteral("eye%1").arg(i + 1).toLatin1());
    const bool there = i < titles.size();
    activate->setText(there ? tr("Make %1 active").arg(titles[i]) : QString());
    show->setText(there ? tr("Show or hide %1").arg(titles[i]) : QString());
    for (QAction* action : {activate, show}) {
      action->setEnabled(there);
      action->setVisible(there);
    }
  }
}

void Actions::fill(QMenu* menu, std::initializer_list<const char*> ids) const {
  for (const char* id : ids) {
    if (id[0] == '\0')
      menu->addSeparator();
    else
      menu->addAction((*this)[id]);
  }
}

void Actions::fillViewMenu(QMenu* menu) const {
  fill(menu, {"export", "exportAgain", "addToReport", "", "copy", "copyNumbers", "copyLatex"});
}

void Actions::fillMenus(QMenuBar* bar) {
  QMenu* file = bar->addMenu(tr("&File"));
  fill(file, {"newSession", "openSession"});
  file->addMenu(m_recentSessions);
  fill(file, {"saveSession", "saveSessionAs", "", "open"});
  file->addMenu(m_recent);
  fill(file, {"openFigure", "openModel", "openDataFolder", "openDataFile", "openInput", "", "importPins",
              "exportPins"});
  fill(file, {"", "export", "exportAgain", "exportMovie", "", "quit"});
  QMenu* edit = bar->addMenu(tr("&Edit"));
  fill(edit, {"undo", "redo", "historyTab", "", "copy", "copyNumbers", "copyLatex"});
  fill(edit->addMenu(tr("Copy table")), {"tableTsv", "tableLatex", "tableMarkdown"});
  fill(edit, {"", "nextInput", "randomInput", "drawInput", "", "encodeInput", "priorMean", "pin"});
  QMenu* view = bar->addMenu(tr("&View"));
  fill(view, {"workspace1",
              "workspace2",
              "workspace3",
              "workspace5",
              "",
              "pagePlane",
              "pageTraverse",
              "pageCodes",
              "",
              "setup",
              "pointTab",
              "pinsTab",
              "runs",
              "",
              "zoomIn",
              "zoomOut",
              "fit",
              "",
              "previousSnapshot",
              "nextSnapshot",
              "playTime",
              "live",
              ""});
  fill(view, {"present", ""});
  QMenu* theme = view->addMenu(tr("Theme"));
  fill(theme, {"themeSystem", "themeLight", "themeDark"});
  fill(bar->addMenu(tr("&Run")), {"train", "step", "stop", "skip", "", "continueRun", "fork", "pauseQueue"});
  fill(bar->addMenu(tr("Re&port")),
       {"addToReport", "", "newReport", "openReport", "copyReport", "", "aeAgainstVae", "tableOfRuns", "",
        "reportLatex", "reportPdf", "reportHtml"});
  fill(bar->addMenu(tr("&Help")), {"help", "palette", "keys", "", "about"});
}

} // namespace latent::ui
