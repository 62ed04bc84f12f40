#include "ui/views/shared/dataset_offer.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/empty_state.h"

#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {

DatasetOffer::DatasetOffer(const Workbench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_state(new EmptyState(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_state);
  connect(bench.library, &LibraryBridge::datasetsChanged, this, &DatasetOffer::refresh);
  connect(m_state, &EmptyState::clicked, this, [this] { m_bench.library->download(m_id); });
  connect(m_state, &EmptyState::secondClicked, this, [this] {
    for (const RunItem& run : m_bench.runs->items()) {
      if (run.config.dataset != "digits" || run.queued) continue;
      m_bench.navigator->activate(RunId(run.id));
      return;
    }
  });
}

void DatasetOffer::setShort() {
  m_short = true;
  m_state->setTight();
  refresh();
}

void DatasetOffer::setDataset(const std::string& id) {
  m_id = id;
  refresh();
}

void DatasetOffer::refresh() {
  const auto& cards = m_bench.library->datasets();
  const auto card = std::ranges::find(cards, m_id, &DatasetCard::id);
  if (m_id.empty()) {
    m_state->setContent(tr("No run is open."), {});
    return;
  }
  if (card == cards.end()) {
    m_state->setContent(cards.empty() ? tr("Looking for data…")
                                      : tr("The images of %1 are not here. The plane works without them.")
                                            .arg(QString::fromStdString(m_id)),
                        {});
    return;
  }
  if (card->available) {
    m_state->setContent(tr("Reading %1…").arg(card->name), {});
    return;
  }
  const bool hasDigits = std::ranges::any_of(m_bench.runs->items(), [](const RunItem& run) {
    return run.config.dataset == "digits" && !run.queued;
  });
  const QString other = hasDigits && m_id != "digits" ? tr("Use synthetic digits") : QString();
  if (!card->problem.isEmpty())
    m_state->setContent(card->problem, card->downloadBytes > 0 ? tr("Download") : QString(), other);
  else if (m_short)
    m_state->setContent(card->downloadBytes > 0
                            ? tr("%1 is not here (%2).").arg(card->name, sizeText(card->downloadBytes))
                            : tr("%1 is not here.").arg(card->name),
                        card->downloadBytes > 0 ? tr("Download") : QString(), other);
  else if (card->downloadBytes > 0)
    m_state->setContent(tr("%1 is not here (%2, %3). Dragging z works without it.")
                            .arg(card->name, sizeText(card->downloadBytes), card->source),
                        tr("Download"), other);
  else
    m_state->setContent(tr("%1 is not here. Dragging z works without it.").arg(card->name), {}, other);
}

} // namespace latent::ui
