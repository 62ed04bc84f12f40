#include "ui/views/window/file_field.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace latent::ui {
namespace {

/// The nearest folder above (or this one) that is there.
QFileInfo nearestFolder(QString folder) {
  while (!QFileInfo::exists(folder)) {
    const QString above = QFileInfo(folder).absolutePath();
    if (above == folder) break;
    folder = above;
  }
  return QFileInfo(folder);
}

} // namespace

FileField::FileField(const QString& name, const QString& title, const QString& kind,
                     const QStringList& formats, QWidget* parent)
    : QWidget(parent),
      m_title(title),
      m_kind(kind),
      m_formats(formats),
      m_format(formats.front()),
      m_line(new QLineEdit(this)) {
  auto* browse = new QPushButton(tr("Browse…"), this);
  m_line->setObjectName(name + QStringLiteral("File"));
  browse->setObjectName(name + QStringLiteral("Browse"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(m_line, 1);
  row->addWidget(browse);
  connect(browse, &QPushButton::clicked, this, &FileField::browse);
  connect(m_line, &QLineEdit::textChanged, this, [this] {
    if (const QString typed = format(); !typed.isEmpty()) m_format = typed;
    emit changed();
  });
}

QString FileField::path() const {
  return QFileInfo(m_line->text().trimmed()).absoluteFilePath();
}

QString FileField::format() const {
  const QString ending = QFileInfo(m_line->text().trimmed()).suffix().toLower();
  return m_formats.contains(ending) ? ending : QString();
}

void FileField::setPath(const QString& path) {
  m_line->setText(path);
}

void FileField::setFormat(const QString& format) {
  m_format = format;
  if (this->format().isEmpty()) return;
  const QFileInfo file(m_line->text().trimmed());
  setPath(file.dir().filePath(file.completeBaseName() + QLatin1Char('.') + format));
}

QString FileField::problem() const {
  const QString text = m_line->text().trimmed();
  if (text.isEmpty()) return tr("Give the file a name.");
  const QFileInfo file(text);
  if (format().isEmpty() || file.completeBaseName().isEmpty()) {
    QStringList endings;
    for (const QString& each : m_formats) endings << QLatin1Char('.') + each;
    const QString last = endings.takeLast();
    return tr("The file name says the format: end it in %1 or %2.").arg(endings.join(tr(", ")), last);
  }
  const QFileInfo folder = nearestFolder(file.absolutePath());
  if (!folder.isDir()) return tr("%1 is not a folder; choose another one.").arg(folder.filePath());
  if (!folder.isWritable())
    return tr("Nothing may be written in %1; choose another folder.").arg(folder.filePath());
  return {};
}

void FileField::browse() {
  const QFileInfo file(m_line->text());
  const QString filter = m_kind + QStringLiteral(" (*.") + m_formats.join(QStringLiteral(" *.")) + ')';
  auto* dialog = new QFileDialog(this, m_title, file.absolutePath(), filter);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(m_format);
  dialog->selectFile(file.fileName());
  connect(dialog, &QFileDialog::fileSelected, this, &FileField::setPath);
  dialog->open();
}

void FileField::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  m_line->setCursorPosition(static_cast<int>(m_line->text().size())); // the name, not the folders
}

} // namespace latent::ui
