// The window: creates its parts and connects them, nothing else.
#pragma once

#include "ui/views/shared/workbench.h"
#include "ui/widgets/theme.h"

#include <QMainWindow>
#include <QStringList>

#include <memory>
#include <string>

namespace latent::ui {

class Actions;
class CommandPalette;
class Exporter;
class HeaderBar;
class HelpPopover;
class Inspector;
class MessageBar;
class RunsDock;
class Services;
class Stage;
class StatusStrip;
struct WindowMemory;

class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  explicit MainWindow(QWidget* parent = nullptr);
  ~MainWindow() override; ///< stops training cleanly and keeps everything

  /// Restores the last session, then opens the given run folders.
  void start(const QStringList& folders);
  /// Asks how a model file from elsewhere is to be read, and opens it as a run.
  void openModel(const QString& file);
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
  void restore(const WindowMemory& memory);
  WindowMemory memory() const;
  void chooseRun();
  void chooseModel();
  void chooseData(bool folder);
  void noteRecent(const QString& folder);
  void setTheme(ThemeChoice theme);
  void undo();
  void cancel();
  void about();

  std::unique_ptr<Services> m_services;
  Stage* m_stage;
  Inspector* m_inspector;
  RunsDock* m_runs;
  HeaderBar* m_header;
  StatusStrip* m_status;
  MessageBar* m_undo; ///< stays below what m_message says
  MessageBar* m_message;
  Actions* m_actions;
  Exporter* m_exporter;
  CommandPalette* m_palette;
  HelpPopover* m_help;
  ThemeChoice m_theme = ThemeChoice::system;
  QString m_lastFolder;
  QString m_lastData; ///< where images were opened from
  QStringList m_recent;
  std::string m_wantedData; ///< chosen, being read
};

} // namespace latent::ui
