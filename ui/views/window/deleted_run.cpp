#include "ui/views/window/deleted_run.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/messages.h"

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int offerMs = 60'000;

/// A stand-in at the origin that became the code of the input: nobody's hand.
bool isStandInFilled(const Focus& before, Focus now) {
  now.cursor = before.cursor;
  return now == before && std::ranges::all_of(before.cursor, [](float z) { return z == 0.0F; });
}

} // namespace

DeletedRun::DeletedRun(const Workbench& bench, QObject* parent) : QObject(parent), m_bench(bench) {
  m_offer.setSingleShot(true);
  m_offer.setInterval(offerMs);
  connect(&m_offer, &QTimer::timeout, this, &DeletedRun::forget);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (!isStandInFilled(before, now)) setNext(false);
  });
}

void DeletedRun::note(const RunId& run, const QString& name, int row, const Focus& before) {
  m_run = run;
  m_row = row;
  m_before = before;
  m_returning = false;
  m_offer.start();
  m_bench.messages->offerUndo(tr("%1 is in the trash.").arg(name), tr("Undo"), [this] { restore(); });
  setNext(true);
}

void DeletedRun::restore() {
  if (m_run.empty() || m_returning) return;
  m_returning = true;
  setNext(false);
  m_offer.stop();
  m_bench.messages->withdrawUndo();
  m_bench.library->restoreRun(m_run);
}

bool DeletedRun::appeared(const RunId& run) {
  if (run != m_run || !m_returning) return false;
  const int last = m_bench.runs->rowOf(run);
  m_bench.runs->move(last, std::min(m_row, last));
  const bool wasShown = std::ranges::find(m_before.shown, run) != m_before.shown.end();
  if (m_before.active == run) {
    Focus focus = m_before; // as it was left, without runs that are gone
    std::erase_if(focus.shown, [this](const RunId& shown) { return !m_bench.runs->find(shown); });
    m_bench.focus->reset(focus); // undo is not to lead to the window without the run
  } else if (wasShown) {
    m_bench.focus->setShown(run, true);
  }
  m_run.clear();
  return true;
}

void DeletedRun::setNext(bool isNext) {
  if (isNext == m_isNext) return;
  m_isNext = isNext;
  emit undoIsNextChanged();
}

void DeletedRun::forget() {
  m_run.clear();
  setNext(false);
  m_bench.messages->withdrawUndo();
}

} // namespace latent::ui
