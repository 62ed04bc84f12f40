// What moves, how it is written, and its first, middle and last frame before it is made.
#pragma once

#include "core/base/result.h"
#include "ui/bridge/movie_bridge.h"
#include "ui/views/window/movie_settings.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace latent::ui {

class FileField;
class MoviePreview;

/// A movie that can be made of what the window shows.
struct MovieChoice {
  MovieRequest::Kind kind;
  QString name; ///< "Training: latent plane"
  std::function<Result<FigureRequest>()> request;
};

class MovieDialog : public QDialog {
  Q_OBJECT
 public:
  using Namer = std::function<QString(MovieRequest::Kind, const QString& extension)>;
  /// `choices` is not empty. `name` gives a path that is free.
  MovieDialog(MovieBridge* movies, const std::vector<MovieChoice>& choices, size_t current,
              const MovieSettings& settings, Namer name, QWidget* parent);
  ~MovieDialog() override;

  Result<MovieRequest> request() const;
  MovieSettings settings() const;
  MoviePreview* preview() const { return m_preview; }

 private:
  void makeFields(const MovieSettings& settings);
  QWidget* makeForm();
  void layOut();
  void connectFields();
  MovieRequest::Kind kind() const;
  bool gif() const;
  void takeKind();   ///< the fields of what moves, a new name, another preview
  void keepFields(); ///< what belongs to this kind alone, before another is shown
  void takeFormat();
  void refresh();
  void previewSoon();
  void previewNow();
  QString problem() const;

  QPointer<MovieBridge> m_movies; ///< gone before an open dialog where the window is closed
  std::vector<MovieChoice> m_choices;
  Namer m_name;
  MovieSettings m_settings;
  MovieRequest::Kind m_shown;
  int m_frameCount = 0; ///< of the previewed movie, 0 = not known yet
  QTimer m_pause;
  QComboBox* m_kind;
  QComboBox* m_format;
  QSpinBox* m_width;
  QSpinBox* m_frames;
  QCheckBox* m_back;
  QDoubleSpinBox* m_low;
  QDoubleSpinBox* m_high;
  QDoubleSpinBox* m_rate;
  QLabel* m_duration;
  QComboBox* m_loop;
  QSpinBox* m_plays;
  QComboBox* m_dither;
  QCheckBox* m_sidecar;
  FileField* m_file;
  QLabel* m_note;
  QFormLayout* m_form;
  MoviePreview* m_preview;
  QPushButton* m_write;
};

} // namespace latent::ui
