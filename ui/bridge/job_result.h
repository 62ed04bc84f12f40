// Jobs whose work gives a value or an Error.
#pragma once

#include "ui/bridge/job_bridge.h"

#include <QPointer>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace latent::ui {

/// `work` runs on a worker; `finish` on the GUI thread with what it returned, or with what it threw as an
/// Error. Nothing is called once `owner` is gone. Returns the job's number.
template<class T, class Work, class Finish>
int startJob(JobBridge& jobs, JobBridge::Lane lane, std::string title, QObject* owner, Work work,
             Finish finish) {
  auto result = std::make_shared<std::optional<Result<T>>>();
  Job job;
  job.title = std::move(title);
  job.process = [result, work = std::move(work)](JobControl& control) mutable {
    result->emplace(work(control));
  };
  job.finish = [result, guard = QPointer<QObject>(owner), finish = std::move(finish)](const Status& status) {
    if (!guard) return;
    if (result->has_value()) {
      finish(**result); // also after a cancel that came too late
    } else {
      Result<T> failure = status.error();
      finish(failure);
    }
  };
  return jobs.start(std::move(job), lane);
}

} // namespace latent::ui
