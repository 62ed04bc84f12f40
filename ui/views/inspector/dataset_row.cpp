#include "ui/views/inspector/dataset_row.h"

#include "ui/bridge/job_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/views/inspector/setup_words.h"
#include "ui/views/inspector/still_box.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/thin_bar.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace latent::ui {
namespace {

const DatasetCard* cardOf(const LibraryBridge& library, const std::string& id) {
  const auto& cards = library.datasets();
  const auto found = std::ranges::find(cards, id, &DatasetCard::id);
  return found == cards.end() ? nullptr : &*found;
}

} // namespace

DatasetRow::DatasetRow(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_box(new StillBox(this)),
      m_state(new QLabel(this)),
      m_download(new QPushButton(this)),
      m_progress(new ThinBar(this)) {
  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setHorizontalSpacing(8);
  layout->setVerticalSpacing(4);
  auto* label = new QLabel(tr("Data set"), this);
  label->setBuddy(m_box);
  layout->addWidget(label, 0, 0);
  layout->addWidget(m_box, 0, 1);
  layout->addWidget(m_state, 1, 0, 1, 2);
  layout->addWidget(m_progress, 2, 0, 1, 2);
  layout->addWidget(m_download, 3, 0, 1, 2);
  layout->setColumnStretch(1, 1);
  layout->setColumnMinimumWidth(0, setupLabelWidth);
  m_box->setObjectName("dataset");
  m_box->setAccessibleName(tr("Data set"));
  m_box->setFocusPolicy(Qt::StrongFocus);
  m_state->setWordWrap(true);
  setRole(m_state, "caption");
  m_progress->hide();
  setHelp(m_box, {tr("Data set"), tr("The images to train on. The training split is learnt from; the test "
                                     "split is only measured and looked at.")});

  connect(m_box, &QComboBox::activated, this, [this] {
    m_wanted = current();
    refresh();
    emit chosen();
  });
  connect(m_download, &QPushButton::clicked, this, &DatasetRow::download);
  connect(bench.library, &LibraryBridge::datasetsChanged, this, &DatasetRow::refill);
  connect(bench.jobs, &JobBridge::changed, this, &DatasetRow::refreshJob);
  refill();
}

std::string DatasetRow::current() const {
  return m_box->currentData().toString().toStdString();
}

QString DatasetRow::currentName() const {
  const DatasetCard* card = cardOf(*m_bench.library, current());
  return card ? card->name : m_box->currentText();
}

bool DatasetRow::available() const {
  const DatasetCard* card = cardOf(*m_bench.library, current());
  return card && card->available;
}

bool DatasetRow::canDownload() const {
  const DatasetCard* card = cardOf(*m_bench.library, current());
  return card && !card->available && card->downloadBytes > 0;
}

QString DatasetRow::downloadWords() const {
  const DatasetCard* card = cardOf(*m_bench.library, current());
  return card ? tr("Download %1 (%2)").arg(card->name, sizeText(card->downloadBytes)) : QString();
}

void DatasetRow::download() {
  m_bench.library->download(current());
}

std::optional<ImageShape> DatasetRow::shape() const {
  const DatasetCard* card = cardOf(*m_bench.library, current());
  return card && card->available ? std::optional(card->shape) : std::nullopt;
}

void DatasetRow::select(const std::string& id) {
  m_wanted = id;
  const QString path = QString::fromStdString(id);
  if (!cardOf(*m_bench.library, id) && QFileInfo(path).isAbsolute()) m_bench.library->addDataset(path);
  const int at = m_box->findData(path);
  if (at >= 0) m_box->setCurrentIndex(at);
  refresh();
  emit chosen();
}

void DatasetRow::refill() {
  {
    const QSignalBlocker quiet(m_box);
    m_box->clear();
    for (const DatasetCard& card : m_bench.library->datasets()) {
      m_box->addItem(card.available ? card.name : tr("%1 (not here)").arg(card.name),
                     QString::fromStdString(card.id));
      if (QFileInfo(card.source).isAbsolute()) // the person's own
        m_box->setItemData(m_box->count() - 1, card.source, Qt::ToolTipRole);
    }
    const int at = m_box->findData(QString::fromStdString(m_wanted));
    if (at >= 0) m_box->setCurrentIndex(at);
  }
  refresh();
  emit chosen();
}

void DatasetRow::refresh() {
  const DatasetCard* card = cardOf(*m_bench.library, current());
  const bool missing = card && !card->available;
  m_download->setVisible(canDownload());
  m_state->setVisible(missing);
  if (!missing) {
    refreshJob();
    return;
  }
  m_download->setText(downloadWords());
  m_state->setText(!card->problem.isEmpty()  ? card->problem
                   : card->downloadBytes > 0 ? tr("Not here yet. Source: %1.").arg(card->source)
                                             : tr("Not found in the data folders."));
  refreshJob();
}

// The download's own bar stands beside its button, too; the status line lists it with the others.
void DatasetRow::refreshJob() {
  const DatasetCard* card = cardOf(*m_bench.library, current());
  const auto jobs = m_bench.jobs->running();
  const auto job = std::ranges::find_if(jobs, [&](const JobBridge::Entry& entry) {
    return card && !card->available && entry.title == LibraryBridge::tr("Downloading %1").arg(card->name);
  });
  m_progress->setVisible(job != jobs.end());
  m_download->setEnabled(job == jobs.end());
  if (job != jobs.end()) m_progress->setProgress(job->progress);
}

} // namespace latent::ui
