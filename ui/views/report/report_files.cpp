#include "ui/views/report/report_files.h"

#include "ui/bridge/report_bridge.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/written_file.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace latent::ui {

ReportFiles::ReportFiles(const Workbench& bench, QWidget* window)
    : QObject(window),
      lastFolder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)),
      m_bench(bench),
      m_window(window) {
  connect(bench.report, &ReportBridge::written, this, [this](ReportFormat format, const QString& path) {
    const QFileInfo info(path);
    const QString place = format == ReportFormat::latex ? info.absoluteFilePath() : info.absolutePath();
    sayWritten(m_bench.messages, path, place);
  });
  connect(bench.report, &ReportBridge::copied, this, [this](const QString& folder) {
    m_bench.messages->tell(tr("A copy of the report was saved as %1.").arg(folder));
  });
}

/// After the report's title, of a name that is not taken.
QString ReportFiles::freshName(const QString& ending) const {
  static const QRegularExpression others(QStringLiteral("[^\\w -]+"),
                                         QRegularExpression::UseUnicodePropertiesOption);
  QString base = m_bench.report->text(ReportField::title).remove(others).simplified().left(60);
  if (base.isEmpty()) base = tr("report");
  return freePath(lastFolder, base, {ending});
}

void ReportFiles::choose() {
  auto* dialog = new QFileDialog(m_window, tr("Open report"), lastFolder);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
    lastFolder = QFileInfo(folder).absolutePath();
    m_bench.report->open(folder);
  });
  dialog->open();
}

void ReportFiles::saveCopy() {
  auto* dialog =
      new QFileDialog(m_window, tr("Save a copy of the report"), lastFolder, tr("Reports (*.latent-report)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("latent-report"));
  dialog->selectFile(freshName(QStringLiteral(".latent-report")));
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
    lastFolder = QFileInfo(folder).absolutePath();
    m_bench.report->saveCopy(folder);
  });
  dialog->open();
}

void ReportFiles::write(ReportFormat format) {
  const QString title = format == ReportFormat::latex ? tr("Export report as a LaTeX folder")
                        : format == ReportFormat::pdf ? tr("Export report as PDF")
                                                      : tr("Export report as HTML");
  auto* dialog = new QFileDialog(m_window, title, lastFolder);
  dialog->setObjectName("reportExportDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  if (format == ReportFormat::latex) {
    dialog->setLabelText(QFileDialog::FileName, tr("Folder:"));
    dialog->selectFile(freshName(QStringLiteral("-latex")));
  } else {
    const QString suffix = format == ReportFormat::pdf ? QStringLiteral("pdf") : QStringLiteral("html");
    dialog->setNameFilter(format == ReportFormat::pdf ? tr("PDF (*.pdf)") : tr("Web pages (*.html)"));
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(freshName(QLatin1Char('.') + suffix));
  }
  connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString& path) {
    lastFolder = QFileInfo(path).absolutePath();
    m_bench.report->write(format, path);
  });
  dialog->open();
}

} // namespace latent::ui
