#include "ui/models/focus_store.h"

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr size_t historySize = 200;

void push(std::vector<Focus>& history, const Focus& focus) {
  if (history.size() == historySize) history.erase(history.begin());
  history.push_back(focus);
}

} // namespace

FocusStore::FocusStore(QObject* parent) : QObject(parent) {
  // Queued connections and signal spies copy the arguments by name.
  qRegisterMetaType<Focus>("latent::Focus");
}

void FocusStore::beginGesture() {
  if (m_gestureDepth++ == 0) m_gestureStart = m_focus;
}

void FocusStore::endGesture() {
  if (m_gestureDepth == 0 || --m_gestureDepth > 0) return;
  if (m_gestureStart == m_focus) return; // the hand came back to where it began
  push(m_undo, m_gestureStart);
  m_redo.clear();
  emit historyChanged();
}

void FocusStore::set(const Focus& focus) {
  if (focus == m_focus) return;
  if (m_gestureDepth == 0) {
    push(m_undo, m_focus);
    m_redo.clear();
  }
  apply(focus);
  if (m_gestureDepth == 0) emit historyChanged();
}

void FocusStore::setCursor(const LatentPoint& z) {
  Focus focus = m_focus;
  focus.cursor = z;
  set(focus);
}

void FocusStore::setSubject(const Subject& subject) {
  Focus focus = m_focus;
  if (!(focus.subject == subject)) focus.tokens.clear();
  focus.subject = subject;
  set(focus);
}

void FocusStore::setTokens(const std::vector<int64_t>& tokens) {
  Focus focus = m_focus;
  focus.tokens = tokens;
  set(focus);
}

void FocusStore::setStep(std::optional<int64_t> step) {
  Focus focus = m_focus;
  focus.step = step;
  set(focus);
}

void FocusStore::setLink(Link link) {
  Focus focus = m_focus;
  focus.link = link;
  set(focus);
}

void FocusStore::setActive(const RunId& run) {
  Focus focus = m_focus;
  if (focus.active != run) focus.tokens.clear();
  focus.active = run;
  if (!run.empty() && std::ranges::find(focus.shown, run) == focus.shown.end()) focus.shown.push_back(run);
  set(focus);
}

void FocusStore::setShown(const RunId& run, bool shown) {
  Focus focus = m_focus;
  const auto found = std::ranges::find(focus.shown, run);
  if (shown && found == focus.shown.end())
    focus.shown.push_back(run);
  else if (!shown && found != focus.shown.end() && run != focus.active)
    focus.shown.erase(found);
  set(focus);
}

void FocusStore::replaceStep(const RunId& run, int64_t step, std::optional<int64_t> by) {
  const auto mend = [&](Focus& focus) {
    if (focus.active == run && focus.step == step) focus.step = by;
  };
  Focus now = m_focus;
  mend(now);
  mend(m_gestureStart);
  for (auto* history : {&m_undo, &m_redo}) {
    std::ranges::for_each(*history, mend);
    // An undo that changes nothing would seem to be broken.
    history->erase(std::ranges::unique(*history).begin(), history->end());
    if (!history->empty() && history->back() == now) history->pop_back();
  }
  if (!(now == m_focus)) apply(now);
  emit historyChanged();
}

void FocusStore::reset(const Focus& focus) {
  m_undo.clear();
  m_redo.clear();
  m_gestureDepth = 0;
  emit historyChanged();
  if (!(focus == m_focus)) apply(focus);
}

void FocusStore::undo() {
  if (m_undo.empty() || m_gestureDepth > 0) return; // a drag is not undone under the hand
  const Focus target = m_undo.back();
  m_undo.pop_back();
  push(m_redo, m_focus);
  apply(target);
  emit historyChanged();
}

void FocusStore::redo() {
  if (m_redo.empty() || m_gestureDepth > 0) return;
  const Focus target = m_redo.back();
  m_redo.pop_back();
  push(m_undo, m_focus);
  apply(target);
  emit historyChanged();
}

void FocusStore::apply(const Focus& focus) {
  const Focus before = std::exchange(m_focus, focus);
  emit changed(before, m_focus);
}

} // namespace latent::ui
