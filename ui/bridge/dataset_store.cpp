#include "ui/bridge/dataset_store.h"

#include "core/data/catalogue.h"
#include "ui/bridge/job_result.h"

#include <QCoreApplication>
#include <QObject>

namespace latent::ui {

void DatasetStore::request(const std::string& id, const QString& name, const std::string& dataDir,
                           Answer answer) {
  if (const auto loaded = find(id, dataDir)) {
    QMetaObject::invokeMethod(
        m_owner, [answer = std::move(answer), loaded] { answer(loaded); }, Qt::QueuedConnection);
    return;
  }
  const Key key{id, dataDir};
  std::vector<Answer>& waiting = m_waiting[key];
  waiting.push_back(std::move(answer));
  if (waiting.size() > 1) return;

  DataSearch search;
  if (!dataDir.empty()) search.dataDir = dataDir;
  const QString title = QCoreApplication::translate("latent::ui::DatasetStore", "Reading %1");
  startJob<std::shared_ptr<const Dataset>>(
      *m_jobs, JobBridge::Lane::work, title.arg(name).toStdString(), m_owner,
      [id, search](JobControl& control) { return openDataset(id, search, &control); },
      [this, key](const Result<std::shared_ptr<const Dataset>>& result) {
        if (result) m_loaded[key] = *result;
        for (const Answer& give : std::exchange(m_waiting[key], {})) give(result);
      });
}

std::shared_ptr<const Dataset> DatasetStore::find(const std::string& id, const std::string& dataDir) const {
  const auto found = m_loaded.find({id, dataDir});
  return found == m_loaded.end() ? nullptr : found->second;
}

} // namespace latent::ui
