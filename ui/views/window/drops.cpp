#include "ui/views/window/drops.h"

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <algorithm>
#include <array>

namespace latent::ui {

Drop dropOf(const QString& path) {
  constexpr std::array figures{"pdf", "svg", "png", "json", "gif", "mp4"};
  constexpr std::array images{"jpg", "jpeg", "bmp", "webp", "tif", "tiff"};
  const QFileInfo info(path);
  const QString suffix = info.suffix().toLower();
  if (suffix == QLatin1String("latent-report")) return {Drop::Kind::report, info.absoluteFilePath()};
  if (info.isDir()) return {Drop::Kind::run, info.absoluteFilePath()};
  if (info.fileName() == QLatin1String("run.json")) return {Drop::Kind::run, info.absolutePath()};
  if (suffix == QLatin1String("latent-session")) return {Drop::Kind::session, info.absoluteFilePath()};
  if (std::ranges::any_of(figures, [&](const char* figure) { return suffix == QLatin1String(figure); }))
    return {Drop::Kind::figure, info.absoluteFilePath()};
  if (std::ranges::any_of(images, [&](const char* image) { return suffix == QLatin1String(image); }))
    return {Drop::Kind::image, info.absoluteFilePath()};
  return {};
}

Drop dropOf(const QMimeData& data) {
  for (const QUrl& url : data.urls()) {
    Drop drop = dropOf(url.toLocalFile());
    if (drop.kind != Drop::Kind::nothing) return drop;
  }
  return {};
}

} // namespace latent::ui
