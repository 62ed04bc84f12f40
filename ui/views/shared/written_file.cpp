#include "ui/views/shared/written_file.h"

#include "ui/views/shared/messages.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace latent::ui {

QString freePath(const QString& folder, const QString& base, const QStringList& endings) {
  const QDir place(folder);
  const auto taken = [&](const QString& name) {
    return std::ranges::any_of(endings, [&](const QString& ending) { return place.exists(name + ending); });
  };
  QString name = base;
  for (int i = 2; taken(name); ++i) name = QStringLiteral("%1-%2").arg(base).arg(i);
  return place.filePath(name + endings.front());
}

void sayWritten(Messages* messages, const QString& file, const QString& folder) {
  messages->offer(Messages::tr("Wrote %1.").arg(QFileInfo(file).fileName()), Messages::tr("Open folder"),
                  [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

} // namespace latent::ui
