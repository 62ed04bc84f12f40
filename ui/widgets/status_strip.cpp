#include "ui/widgets/status_strip.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/thin_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int stripHeight = 24, messageMilliseconds = 6000;

QToolButton* smallButton(const QString& icon, const QString& tip, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setIcon(themedIcon(icon));
  button->setIconSize({12, 12});
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  setRole(button, "small");
  return button;
}

} // namespace

StatusStrip::StatusStrip(QWidget* parent)
    : QWidget(parent),
      m_device(new QLabel(this)),
      m_rate(new QLabel(this)),
      m_latency(new QLabel(this)),
      m_message(new QLabel(this)),
      m_dismiss(smallButton(QStringLiteral("close"), tr("Dismiss"), this)),
      m_jobs(new QWidget(this)),
      m_jobTitle(new QLabel(m_jobs)),
      m_bar(new ThinBar(m_jobs)),
      m_cancel(smallButton(QStringLiteral("close"), tr("Cancel"), m_jobs)),
      m_more(new QToolButton(m_jobs)) {
  setFixedHeight(stripHeight);
  for (QLabel* label : {m_device, m_rate, m_latency, m_jobTitle}) setRole(label, "caption");
  setRole(m_message, "caption");
  m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_message->setTextFormat(Qt::PlainText);
  m_latency->setToolTip(tr("Time to decode the point: request to image"));
  m_rate->setToolTip(tr("Training images a second"));
  m_bar->setFixedWidth(96);
  setRole(m_more, "small");

  auto* jobs = new QHBoxLayout(m_jobs);
  jobs->setContentsMargins(0, 0, 0, 0);
  jobs->setSpacing(8);
  jobs->addWidget(m_jobTitle);
  jobs->addWidget(m_bar);
  jobs->addWidget(m_cancel);
  jobs->addWidget(m_more);

  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(12, 0, 8, 0);
  layout->setSpacing(16);
  layout->addWidget(m_device);
  layout->addWidget(m_rate);
  layout->addWidget(m_latency);
  layout->addWidget(m_message, 1);
  layout->addWidget(m_dismiss);
  layout->addStretch(0);
  layout->addWidget(m_jobs);

  m_messageTimer.setSingleShot(true);
  m_messageTimer.setInterval(messageMilliseconds);
  connect(&m_messageTimer, &QTimer::timeout, this, &StatusStrip::clearMessage);
  connect(m_dismiss, &QToolButton::clicked, this, &StatusStrip::clearMessage);
  connect(m_cancel, &QToolButton::clicked, this, [this] {
    if (!m_rows.empty()) emit cancelRequested(m_rows.front().number);
  });
  connect(m_more, &QToolButton::clicked, this, &StatusStrip::showMore);
  m_rate->hide();
  m_latency->hide();
  m_jobs->hide();
  m_dismiss->hide();
}

QSize StatusStrip::sizeHint() const {
  return {640, stripHeight};
}

void StatusStrip::setDevice(const QString& device) {
  m_device->setText(device);
}

void StatusStrip::setImagesPerSecond(std::optional<double> rate) {
  m_rate->setVisible(rate.has_value());
  if (rate) m_rate->setText(tr("%1 images/s").arg(QLocale().toString(qRound64(*rate))));
}

void StatusStrip::setLatency(std::optional<double> milliseconds) {
  m_latency->setVisible(milliseconds.has_value());
  if (milliseconds)
    m_latency->setText(tr("%1 ms to picture").arg(*milliseconds, 0, 'f', *milliseconds < 10 ? 1 : 0));
}

void StatusStrip::setJobs(const std::vector<JobRow>& jobs) {
  m_rows = jobs;
  m_jobs->setVisible(!jobs.empty());
  if (jobs.empty()) return;
  m_jobTitle->setText(jobs.front().title);
  m_bar->setProgress(jobs.front().progress);
  m_cancel->setToolTip(tr("Cancel: %1").arg(jobs.front().title));
  m_more->setVisible(jobs.size() > 1);
  m_more->setText(tr("and %n more", nullptr, static_cast<int>(jobs.size()) - 1));
}

void StatusStrip::showMore() {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (const JobRow& row : m_rows) {
    const QString text = row.progress < 0
                             ? tr("Cancel: %1").arg(row.title)
                             : tr("Cancel: %1 (%2 %)").arg(row.title).arg(qRound(100 * row.progress));
    connect(menu->addAction(themedIcon(QStringLiteral("close")), text), &QAction::triggered, this,
            [this, number = row.number] { emit cancelRequested(number); });
  }
  menu->popup(m_more->mapToGlobal(QPoint(0, 0)) - QPoint(0, menu->sizeHint().height()));
}

void StatusStrip::showMessage(const QString& sentence, bool error) {
  m_message->setText(sentence);
  m_message->setToolTip(sentence);
  m_message->setAccessibleName(sentence);
  setRole(m_message, error ? "error" : "caption");
  m_dismiss->setVisible(error && !sentence.isEmpty());
  if (error)
    m_messageTimer.stop(); // a person may be away from the screen
  else
    m_messageTimer.start();
}

QString StatusStrip::message() const {
  return m_message->text();
}

void StatusStrip::clearMessage() {
  m_messageTimer.stop();
  m_message->clear();
  m_message->setToolTip({});
  m_dismiss->hide();
}

} // namespace latent::ui
