#include "ui/models/focus_store.h"

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr size_t historySize = 200;

} // namespace

void FocusStore::push(std::vector<Moment>& history, Moment moment) {
  if (history.size() == historySize) history.erase(history.begin());
  history.push_back(std::move(moment));
}

FocusStore::FocusStore(QObject* parent) : QObject(parent) {
  // Queued connections and signal spies copy the arguments by name.
  qRegisterMetaType<Focus>("latent::Focus");
}

// What was becomes the last step of the history, and what is a moment of its own.
void FocusStore::keep(const Focus& focus) {
  push(m_undo, {focus, m_number});
  m_number = ++m_lastNumber;
  m_redo.clear();
}

void FocusStore::beginGesture() {
  if (m_gestureDepth++ == 0) m_gestureStart = m_focus;
}

void FocusStore::endGesture() {
  if (m_gestureDepth == 0 || --m_gestureDepth > 0) return;
  if (m_gestureStart == m_focus) return; // the hand came back to where it began
  keep(m_gestureStart);
  emit historyChanged();
}

void FocusStore::set(const Focus& focus) {
  if (focus == m_focus) return;
  if (m_gestureDepth == 0) keep(m_focus);
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
    std::ranges::for_each(*history, mend, &Moment::focus);
    // An undo that changes nothing would seem to be broken.
    const auto same = [](const Moment& a, const Moment& b) { return a.focus == b.focus; };
    history->erase(std::unique(history->begin(), history->end(), same), history->end());
    if (!history->empty() && history->back().focus == now) history->pop_back();
  }
  if (!(now == m_focus)) apply(now);
  emit historyChanged();
}

void FocusStore::reset(const Focus& focus) {
  m_undo.clear();
  m_redo.clear();
  m_gestureDepth = 0;
  m_number = ++m_lastNumber;
  if (!(focus == m_focus)) apply(focus);
  emit historyChanged();
}

const FocusStore::Moment& FocusStore::past(int moment) const {
  const auto ahead = static_cast<size_t>(std::max(moment - present(), 0));
  return ahead == 0 ? m_undo.at(static_cast<size_t>(moment)) : m_redo.at(m_redo.size() - ahead);
}

const Focus& FocusStore::focusAt(int moment) const {
  return moment == present() ? m_focus : past(moment).focus;
}

uint64_t FocusStore::numberAt(int moment) const {
  return moment == present() ? m_number : past(moment).number;
}

void FocusStore::jump(int moment) {
  // A drag is not undone under the hand.
  if (moment < 0 || moment >= moments() || moment == present() || m_gestureDepth > 0) return;
  Focus target = m_focus;
  const auto step = [&](std::vector<Moment>& from, std::vector<Moment>& to) {
    push(to, {std::move(target), m_number});
    target = std::move(from.back().focus);
    m_number = from.back().number;
    from.pop_back();
  };
  while (present() > moment) step(m_undo, m_redo);
  while (present() < moment) step(m_redo, m_undo);
  apply(target);
  emit historyChanged();
}

void FocusStore::undo() {
  jump(present() - 1);
}

void FocusStore::redo() {
  jump(present() + 1);
}

void FocusStore::apply(const Focus& focus) {
  const Focus before = std::exchange(m_focus, focus);
  emit changed(before, m_focus);
}

} // namespace latent::ui
