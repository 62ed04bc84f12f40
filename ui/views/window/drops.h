// What a file is to the window: dropped on it or named on the command line.
#pragma once

#include <QString>

class QMimeData;
class QUrl;

namespace latent::ui {

struct Drop {
  enum class Kind { nothing, run, session, image, figure, report } kind = Kind::nothing;
  QString path; ///< of a run or report its folder
};

/// By the name alone, without opening it: a folder or its run.json is a run, a movie is what it shows, a .png
/// may be a figure or an image.
Drop dropOf(const QString& path);
/// The first thing of a drag that means something here.
Drop dropOf(const QMimeData& data);

} // namespace latent::ui
