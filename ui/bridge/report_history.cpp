#include "ui/bridge/report_history.h"

#include <utility>

namespace latent::ui {
namespace {

constexpr size_t mostSteps = 200;

} // namespace

void ReportHistory::reset(Report report) {
  m_now = std::move(report);
  m_before.clear();
  m_after.clear();
  m_key.clear();
}

void ReportHistory::change(Report next, const QString& words, const std::string& key) {
  const bool goesOn = !key.empty() && key == m_key && canUndo();
  if (!goesOn) m_before.push_back({std::move(m_now), words});
  if (m_before.size() > mostSteps) m_before.erase(m_before.begin());
  m_now = std::move(next);
  m_after.clear();
  m_key = key;
}

void ReportHistory::undo() {
  if (!canUndo()) return;
  Step step = std::move(m_before.back());
  m_before.pop_back();
  m_after.push_back({std::exchange(m_now, std::move(step.report)), step.words});
  m_key.clear();
}

void ReportHistory::redo() {
  if (!canRedo()) return;
  Step step = std::move(m_after.back());
  m_after.pop_back();
  m_before.push_back({std::exchange(m_now, std::move(step.report)), step.words});
  m_key.clear();
}

} // namespace latent::ui
