// Small files of the person's: sessions, pins and pictures. Read and written on a worker.
#pragma once

#include "core/base/image.h"
#include "core/base/pin.h"
#include "core/base/result.h"
#include "core/base/session.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace latent::ui {

class JobBridge;

/// How a picture becomes an input (core/data/picture.h).
struct PictureWish {
  QString file;
  ImageShape shape;
  bool invert = false;
  bool centre = false;
};

/// A session as the text of its file, for the window's memory; nothing for text that is damaged.
QByteArray sessionBytes(const Session& session);
std::optional<Session> sessionOf(const QByteArray& text);

/// While this object lives, its process owns the running session's file, unless another window owns it
/// already. A file that is there at the beginning is what a crash left.
class FilesBridge : public QObject {
  Q_OBJECT
 public:
  explicit FilesBridge(JobBridge* jobs, QObject* parent = nullptr);
  ~FilesBridge() override; ///< does not end the running session: endSession() does

  void saveSession(const Session& session, const QString& file); ///< sessionSaved or failed
  /// Runs are where the file finds them; `missing` names those that are nowhere: sessionOpened or failed.
  void openSession(const QString& file);
  void savePins(std::vector<Pin> pins, const QString& file); ///< .csv a table, else JSON: pinsSaved or failed
  void openPins(const QString& file);                        ///< pinsOpened or failed
  void openPicture(const PictureWish& wish);                 ///< newest wins; pictureOpened or failed

  /// Whether this window keeps a running session: false where another one does.
  bool keepsSession() const;
  /// What a crash left, once; it is set aside, so that it cannot bring the next start down, too.
  std::optional<Session> takeCrashed();
  /// The running session, for the case of a crash. Quietly: a full disk is told once.
  void keepSession(const Session& session);
  /// A clean end: there is nothing to recover.
  void endSession();

 signals:
  void sessionSaved(const QString& file);
  void sessionOpened(const QString& file, const latent::Session& session, const QStringList& missing);
  void pinsSaved(const QString& file, int count);
  void pinsOpened(const QString& file, const std::vector<latent::Pin>& pins);
  void pictureOpened(const latent::ui::PictureWish& wish, const latent::Image& image);
  void failed(const QString& sentence);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
