#include "ui/views/shared/tokens_feed.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/source_keeper.h"

#include <algorithm>

namespace latent::ui {

TokensFeed::TokensFeed(const Workbench& bench, QObject* parent)
    : QObject(parent),
      m_bench(bench),
      m_ownView(bench.explorer->newView()),
      m_editedView(bench.explorer->newView()) {
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active) {
      m_own = {};
      m_image = {};
      m_problem.clear();
      askOwn();
    }
    if (before.active != now.active || before.tokens != now.tokens) {
      askEdited();
      emit changed();
    }
  });
  connect(bench.input, &InputFeed::imageChanged, this, &TokensFeed::askOwn);
  connect(bench.sources, &SourceKeeper::changed, this, [this](const RunId& run) {
    if (run != m_bench.focus->focus().active) return;
    askOwn();
    askEdited();
  });
  connect(bench.explorer, &ExplorerBridge::tokensReady, this, &TokensFeed::receive);
}

bool TokensFeed::edited() const {
  const std::vector<int64_t>& tokens = m_bench.focus->focus().tokens;
  return !tokens.empty() && tokens.size() == m_own.tokens.size() &&
         std::ranges::all_of(tokens, [this](int64_t code) { return code >= 0 && code < m_own.codes; });
}

const std::vector<int64_t>& TokensFeed::tokens() const {
  return edited() ? m_bench.focus->focus().tokens : m_own.tokens;
}

bool TokensFeed::active(const RunId& run) const {
  const RunItem* item = m_bench.runs->find(run);
  return item && item->discrete && m_bench.sources->shown(run);
}

void TokensFeed::askOwn() {
  const RunId& run = m_bench.focus->focus().active;
  const Image& image = m_bench.input->image();
  if (!active(run) || image.empty() || m_bench.runs->find(run)->spec.shape != image.shape) return;
  TokensRequest request;
  request.input = image;
  m_bench.explorer->requestTokens(m_ownView, run, std::move(request));
}

// Without edits the input's own answer has the image; asked again, because the image at hand is another one.
void TokensFeed::askEdited() {
  const RunId& run = m_bench.focus->focus().active;
  if (!active(run)) return;
  TokensRequest request;
  request.tokens = tokens();
  if (!request.tokens.empty()) m_bench.explorer->requestTokens(m_editedView, run, std::move(request));
}

void TokensFeed::receive(const TokensFrame& frame) {
  if (frame.head.source != m_bench.focus->focus().active) return;
  if (frame.head.view != m_ownView && frame.head.view != m_editedView) return;
  m_problem = QString::fromStdString(frame.error);
  if (frame.error.empty() && frame.head.view == m_ownView) {
    const bool first = !ready();
    m_own = frame;
    if (first && edited()) askEdited(); // only now it is known whether they fit
  }
  if (frame.error.empty() && frame.tokens == tokens()) m_image = frame.image;
  emit changed();
}

} // namespace latent::ui
