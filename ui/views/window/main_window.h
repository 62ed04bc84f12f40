// The window: creates its parts and connects them, nothing else.
#pragma once

#include "ui/views/shared/workbench.h"
#include "ui/widgets/theme.h"

#include <QMainWindow>
#include <QStringList>

#include <memory>

namespace latent::ui {

class Actions;
class CommandPalette;
class Exporter;
class FigureOrigin;
class FileChoosers;
class HeaderBar;
class HelpPopover;
class Inspector;
class MessageBar;
class MovieExporter;
class PresentMode;
class RunsDock;
class Services;
class SessionKeeper;
class Stage;
class StatusStrip;
struct Drop;
struct WindowMemory;

class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  explicit MainWindow(QWidget* parent = nullptr);
  ~MainWindow() override; ///< stops training cleanly and keeps everything

  /// Restores the last session, or the one that a crash left, then opens what is given: run folders
  /// and a session.
  void start(const QStringList& paths);
  /// Asks how a model file from elsewhere is to be read, and opens it as a run.
  void openModel(const QString& file);
  SessionKeeper* sessions() const { return m_sessions; }
  PresentMode* presentMode() const { return m_present; }
  Actions* actionTable() const { return m_actions; }
  const Workbench& bench() const;
  Stage* stage() const { return m_stage; }
  Inspector* inspector() const { return m_inspector; }

 protected:
  void closeEvent(QCloseEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void dragEnterEvent(QDragEnterEvent*) override;
  void dropEvent(QDropEvent*) override;

 private:
  void layOut();
  void connectParts();
  void connectWindowActions();
  void connectFiles();
  void connectPresenting();
  void restore(const WindowMemory& memory);
  WindowMemory memory() const;
  void open(const Drop& drop);
  void openImage(const QString& file);
  void noteRecent(const QString& folder);
  void showTitle();
  void setTheme(ThemeChoice theme);
  void undo();
  void cancel();

  std::unique_ptr<Services> m_services;
  // In the order of Tab, which is that in which they are made.
  QWidget* m_centre;
  HeaderBar* m_header;
  RunsDock* m_runs;
  Stage* m_stage;
  Inspector* m_inspector;
  StatusStrip* m_status;
  MessageBar* m_undo; ///< stays below what m_message says
  MessageBar* m_message;
  Actions* m_actions;
  Exporter* m_exporter;
  MovieExporter* m_movies;
  CommandPalette* m_palette;
  HelpPopover* m_help;
  ThemeChoice m_theme = ThemeChoice::system;
  FileChoosers* m_files;
  FigureOrigin* m_figures; ///< figures opened as the views they came from
  SessionKeeper* m_sessions = nullptr;
  PresentMode* m_present = nullptr;
  QStringList m_recent;
};

} // namespace latent::ui
