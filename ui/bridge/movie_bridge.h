// Movies of what the window shows: previewed, drawn and encoded, all of it on workers.
#pragma once

#include "core/base/result.h"
#include "ui/bridge/movie_request.h"

#include <QImage>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace latent::ui {

class JobBridge;
class LibraryBridge;

class MovieBridge : public QObject {
  Q_OBJECT
 public:
  struct Preview {
    int frames = 0;               ///< of the whole movie
    std::vector<QImage> pictures; ///< its first, its middle and its last one
    std::vector<int> numbers;     ///< of these frames, from 0
  };
  using PreviewAnswer = std::function<void(const Result<Preview>&)>;

  MovieBridge(JobBridge* jobs, LibraryBridge* library, QObject* parent = nullptr);
  ~MovieBridge() override;

  /// Three frames, `widthPx` wide, on the GUI thread unless `receiver` is gone. A newer call, or
  /// stopPreview(), ends the one before: its answer does not come.
  void preview(const MovieRequest& request, int widthPx, QObject* receiver, PreviewAnswer answer);
  void stopPreview();
  /// A job with progress in the status line; the file appears whole, a cancelled one not. written() or
  /// failed().
  void write(const MovieRequest& request);

 signals:
  void written(const QString& file);
  void failed(const QString& sentence);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
