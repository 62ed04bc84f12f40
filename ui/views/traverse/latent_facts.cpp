#include "ui/views/traverse/latent_facts.h"

#include "ui/bridge/job_result.h"
#include "ui/models/focus_store.h"

#include <utility>

namespace latent::ui {

LatentFactsFeed::LatentFactsFeed(const Workbench& bench, QObject* parent) : QObject(parent), m_bench(bench) {
  connect(bench.codes, &CodesFeed::changed, this, &LatentFactsFeed::follow);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active == now.active || !m_facts) return;
    m_facts.reset();
    emit changed();
  });
}

void LatentFactsFeed::setFollowing(bool on) {
  m_following = on;
  follow();
}

void LatentFactsFeed::follow() {
  const auto codes = m_bench.codes->codes();
  if (!m_following || m_working || !codes || codes->run != m_bench.focus->focus().active) return;
  if (m_facts && m_facts->codes == codes) return;
  m_working = true;
  using Facts = std::shared_ptr<const LatentFacts>;
  const auto work = [codes](JobControl&) -> Result<Facts> {
    auto facts = std::make_shared<LatentFacts>();
    facts->codes = codes;
    const Encoded& points = codes->codes.points();
    facts->use = latentUse(points);
    for (int j = 0; j < points.latent; ++j) facts->sorted.push_back(sortedCodes(points, j));
    return Facts(std::move(facts));
  };
  const auto finish = [this](const Result<Facts>& facts) {
    m_working = false;
    if (facts && (*facts)->codes->run == m_bench.focus->focus().active) {
      m_facts = *facts;
      emit changed();
    }
    follow(); // newer codes came meanwhile
  };
  startJob<Facts>(*m_bench.jobs, JobBridge::Lane::quick, "latents", this, work, finish);
}

} // namespace latent::ui
