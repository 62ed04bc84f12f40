// The dialogs of File > Open: each asks for a path and hands it on.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QString>

#include <string>

class QWidget;

namespace latent::ui {

class FileChoosers : public QObject {
  Q_OBJECT
 public:
  FileChoosers(const Workbench& bench, QWidget* window);

  QString lastFolder; ///< where a run was opened from
  QString lastData;   ///< where images were opened from

 public slots:
  void chooseRun();
  void chooseModel();
  void chooseFigure();
  void chooseDataFolder() { chooseData(true); }
  void chooseDataFile() { chooseData(false); }
  /// Asks how a model file from elsewhere is to be read; runChosen once it is one.
  void openModel(const QString& file);

 signals:
  void runChosen(const QString& folder);
  void figureChosen(const QString& file);
  void dataReady(const QString& id); ///< it was read and can be trained on

 private:
  void chooseData(bool folder);

  Workbench m_bench;
  QWidget* m_window;
  std::string m_wantedData; ///< chosen, being read
};

} // namespace latent::ui
