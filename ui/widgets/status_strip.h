// The line at the bottom: device, speed, latency and the jobs that run. 24 px.
#pragma once

#include <QString>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace latent::ui {

class ThinBar;

/// A job as the strip shows it.
struct JobRow {
  int number = 0; ///< given back by cancelRequested
  QString title;
  double progress = -1; ///< 0..1, negative = unknown
};

class StatusStrip : public QWidget {
  Q_OBJECT
 public:
  explicit StatusStrip(QWidget* parent = nullptr);

  void setDevice(const QString& device);               ///< "CPU, 2 threads"
  void setImagesPerSecond(std::optional<double> rate); ///< nothing while no run trains
  void setLatency(std::optional<double> milliseconds); ///< of the point's decode
  /// The first job with its bar and a cancel button; "and 2 more" opens a list of all.
  void setJobs(const std::vector<JobRow>& jobs);
  /// One sentence in place of the read-outs; errors stay until clicked away, the rest for six seconds.
  void showMessage(const QString& sentence, bool error = false);
  QString message() const;
  QSize sizeHint() const override;

 signals:
  void cancelRequested(int number);

 private:
  void showMore();
  void clearMessage();

  QLabel* m_device;
  QLabel* m_rate;
  QLabel* m_latency;
  QLabel* m_message;
  QToolButton* m_dismiss;
  QWidget* m_jobs;
  QLabel* m_jobTitle;
  ThinBar* m_bar;
  QToolButton* m_cancel;
  QToolButton* m_more;
  QTimer m_messageTimer;
  std::vector<JobRow> m_rows;
};

} // namespace latent::ui
