#include "ui/views/explore/linked_point.h"

#include "ui/bridge/job_result.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/input_feed.h"

namespace latent::ui {
namespace {

constexpr int64_t sortedAtOnce = 100'000; ///< numbers: 7 ms; more are a worker's

} // namespace

LinkedPoint::LinkedPoint(const Workbench& bench, QObject* parent) : QObject(parent), m_bench(bench) {}

Result<LatentPoint> LinkedPoint::of(const RunId& run) {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* from = m_bench.runs->find(focus.active);
  const RunItem* to = m_bench.runs->find(run);
  if (!from || !to) return usageError("No run is open.");
  return linkedPoint(focus.link, focus.cursor, endOf(*from), endOf(*to));
}

LinkEnd LinkedPoint::endOf(const RunItem& run) {
  LinkEnd end;
  end.name = run.title().toStdString();
  end.latent = run.latentSize();
  end.hasPrior = run.hasPrior;
  end.discrete = run.discrete;
  if (m_bench.focus->focus().link == Link::sameDataQuantile && !run.discrete) end.codes = sorted(run.id);
  const ReconstructFrame* answer = m_bench.input->answer(run.id);
  if (answer && answer->posteriors.count > 0 && answer->posteriors.latent == end.latent)
    end.inputCode = LatentPoint(answer->posteriors.mu.begin(), answer->posteriors.mu.begin() + end.latent);
  return end;
}

// Those of an earlier step serve until newer ones are sorted.
std::shared_ptr<const SortedCodes> LinkedPoint::sorted(const RunId& run) {
  const auto codes = m_bench.codes->codes(run);
  Sorted& known = m_sorted[run];
  if (!codes || known.of == codes) return known.codes;
  known.of = codes;
  const Encoded& points = codes->codes.points();
  if (points.count * points.latent <= sortedAtOnce) {
    known.codes = std::make_shared<const SortedCodes>(points);
    return known.codes;
  }
  using Made = std::shared_ptr<const SortedCodes>;
  startJob<Made>(
      *m_bench.jobs, JobBridge::Lane::quick, tr("Sorting codes").toStdString(), this,
      [codes](JobControl&) -> Result<Made> {
        return std::make_shared<const SortedCodes>(codes->codes.points());
      },
      [this, run, codes](const Result<Made>& made) {
        if (!made || m_sorted[run].of != codes) return;
        m_sorted[run].codes = *made;
        emit changed();
      });
  return known.codes;
}

} // namespace latent::ui
