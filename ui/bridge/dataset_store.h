// Data sets in memory: each is read once and shared by training, viewing and figures.
#pragma once

#include "core/base/result.h"
#include "core/data/dataset.h"

#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class QObject;

namespace latent::ui {

class JobBridge;

/// Used on the GUI thread; reads on a worker. They stay loaded: the four known ones need some 150 MB
/// together.
class DatasetStore {
 public:
  using Answer = std::function<void(const Result<std::shared_ptr<const Dataset>>&)>;

  /// Answers are given up once `owner`, which holds this store, is gone.
  DatasetStore(JobBridge* jobs, QObject* owner) : m_jobs(jobs), m_owner(owner) {}

  /// dataDir "" = the usual search. The answer never comes before this returns; who asks while a data set is
  /// being read gets the same copy. A failure is not remembered.
  /// `name` is what the job list calls it.
  void request(const std::string& id, const QString& name, const std::string& dataDir, Answer answer);
  std::shared_ptr<const Dataset> find(const std::string& id, const std::string& dataDir = {}) const;

 private:
  using Key = std::pair<std::string, std::string>;

  JobBridge* m_jobs;
  QObject* m_owner;
  std::map<Key, std::shared_ptr<const Dataset>> m_loaded;
  std::map<Key, std::vector<Answer>> m_waiting;
};

} // namespace latent::ui
