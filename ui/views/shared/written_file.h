// Names of files that the window writes, and what it says once they are written.
#pragma once

#include <QString>
#include <QStringList>

namespace latent::ui {

class Messages;

/// `base` or "base-2", "base-3" ..., with the first of the endings (".pdf"), in `folder`: a name that no file
/// with any of the endings has.
QString freePath(const QString& folder, const QString& base, const QStringList& endings);
/// Says that `file` was written and offers to open `folder`.
void sayWritten(Messages* messages, const QString& file, const QString& folder);

} // namespace latent::ui
