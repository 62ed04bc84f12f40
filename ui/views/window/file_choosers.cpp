#include "ui/views/window/file_choosers.h"

#include "ui/bridge/library_bridge.h"
#include "ui/views/window/import_dialog.h"

#include <QFileDialog>
#include <QFileInfo>

namespace latent::ui {

FileChoosers::FileChoosers(const Workbench& bench, QWidget* window)
    : QObject(window), m_bench(bench), m_window(window) {
  connect(bench.library, &LibraryBridge::datasetAdded, this, [this](const std::string& id) {
    if (id != m_wantedData) return; // the data of a run that was opened
    m_wantedData.clear();
    emit dataReady(QString::fromStdString(id));
  });
}

void FileChoosers::chooseRun() {
  const QString own = LibraryBridge::runsFolder();
  auto* dialog = new QFileDialog(m_window, tr("Open run folder"),
                                 lastFolder.isEmpty() && QFileInfo(own).isDir() ? own : lastFolder);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
    lastFolder = QFileInfo(folder).absolutePath();
    emit runChosen(folder);
  });
  dialog->open();
}

void FileChoosers::chooseModel() {
  auto* dialog = new QFileDialog(m_window, tr("Open model"), lastFolder);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters(
      {tr("Weights and TorchScript (*.safetensors *.pt *.pth *.ts)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    lastFolder = QFileInfo(file).absolutePath();
    openModel(QFileInfo(file).absoluteFilePath());
  });
  dialog->open();
}

void FileChoosers::chooseFigure() {
  auto* dialog = new QFileDialog(m_window, tr("Open figure"), lastFolder);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Figures and movies (*.pdf *.svg *.png *.json *.gif *.mp4)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    lastFolder = QFileInfo(file).absolutePath();
    emit figureChosen(QFileInfo(file).absoluteFilePath());
  });
  dialog->open();
}

void FileChoosers::openModel(const QString& file) {
  auto* dialog = new ImportDialog(m_bench, file, m_window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &ImportDialog::opened, this, &FileChoosers::runChosen);
  dialog->open();
}

void FileChoosers::chooseData(bool folder) {
  auto* dialog = new QFileDialog(m_window, folder ? tr("Open data folder") : tr("Open data file"), lastData);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
  dialog->setOption(QFileDialog::ShowDirsOnly, folder);
  if (!folder) dialog->setNameFilters({tr("Arrays (*.npz)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    lastData = QFileInfo(path).absolutePath();
    const QString file = QFileInfo(path).absoluteFilePath();
    m_wantedData = file.toStdString();
    m_bench.library->addDataset(file);
  });
  dialog->open();
}

} // namespace latent::ui
