#include "ui/models/focus_history.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/models/thumbnail.h"

#include <QFileInfo>
#include <QFont>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <set>

namespace latent::ui {
namespace {

QString linkWords(Link link) {
  switch (link) {
  case Link::sameZ:
    return FocusHistory::tr("Link: same z");
  case Link::samePriorQuantile:
    return FocusHistory::tr("Link: same prior quantile");
  case Link::sameDataQuantile:
    return FocusHistory::tr("Link: same data quantile");
  case Link::sameInput:
    break;
  }
  return FocusHistory::tr("Link: same input");
}

QString inputWords(const Subject& subject) {
  if (subject.index >= 0)
    return subject.split == "train" ? FocusHistory::tr("Training input %1").arg(subject.index)
                                    : FocusHistory::tr("Input %1").arg(subject.index);
  if (subject.source.empty()) return FocusHistory::tr("Drawing");
  return FocusHistory::tr("Image %1").arg(QFileInfo(QString::fromStdString(subject.source)).fileName());
}

/// "Epoch 3"; inside the first epoch "Step 30".
QString stepWords(const std::optional<int64_t>& step, const RunItem* run) {
  if (!step) return FocusHistory::tr("Live");
  const int64_t perEpoch =
      run && run->epoch > 0 ? std::llround(static_cast<double>(run->step) / run->epoch) : 0;
  if (perEpoch > 0 && *step >= perEpoch) return FocusHistory::tr("Epoch %1").arg(*step / perEpoch);
  return FocusHistory::tr("Step %1").arg(QLocale().toString(static_cast<qlonglong>(*step)));
}

} // namespace

FocusHistory::FocusHistory(FocusStore* focus, RunsModel* runs, QObject* parent)
    : QAbstractListModel(parent), m_focus(focus), m_runs(runs) {
  connect(focus, &FocusStore::historyChanged, this, &FocusHistory::rebuild);
  rebuild();
}

int FocusHistory::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant FocusHistory::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
  const int place = rowCount() - 1 - index.row();
  const Row& row = m_rows[static_cast<size_t>(place)];
  switch (role) {
  case Qt::DisplayRole:
    return row.words;
  case Qt::DecorationRole: {
    const auto picture = m_pictures.find(row.number);
    return picture == m_pictures.end() ? QVariant() : picture->second;
  }
  case Qt::StatusTipRole:
  case Qt::AccessibleDescriptionRole:
    return place == m_present ? tr("shown now") : place > m_present ? tr("undone") : QString();
  case PresentRole:
    return place == m_present;
  case AheadRole:
    return place > m_present;
  default:
    return {};
  }
}

Qt::ItemFlags FocusHistory::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractListModel::flags(index);
  return index.isValid() ? flags | Qt::ItemNeverHasChildren : flags;
}

QHash<int, QByteArray> FocusHistory::roleNames() const {
  QHash<int, QByteArray> names = QAbstractListModel::roleNames();
  names.insert(PresentRole, "present");
  names.insert(AheadRole, "ahead");
  return names;
}

int FocusHistory::presentRow() const {
  return rowCount() - 1 - m_present;
}

void FocusHistory::jumpTo(int row) {
  m_focus->jump(rowCount() - 1 - row);
}

void FocusHistory::note(const LatentPoint& z, int64_t step, const Image& image) {
  const Focus& focus = m_focus->focus();
  if (m_focus->inGesture() || image.empty() || z != focus.cursor || (focus.step && *focus.step != step))
    return;
  m_pictures[m_rows[static_cast<size_t>(m_present)].number] = thumbnailImage(image);
  const QModelIndex row = index(presentRow());
  emit dataChanged(row, row, {Qt::DecorationRole});
}

void FocusHistory::rebuild() {
  beginResetModel();
  std::map<uint64_t, QString> known; // letters may have changed hands since: words stay as they were
  for (Row& row : m_rows) known[row.number] = std::move(row.words);
  m_rows.clear();
  std::set<uint64_t> numbers;
  for (int i = 0; i < m_focus->moments(); ++i) {
    const uint64_t number = m_focus->numberAt(i);
    const auto words = known.find(number);
    m_rows.push_back({number, words != known.end() ? words->second
                              : i == 0             ? tr("Start")
                                                   : wordsOf(m_focus->focusAt(i - 1), m_focus->focusAt(i))});
    numbers.insert(number);
  }
  std::erase_if(m_pictures, [&](const auto& entry) { return !numbers.contains(entry.first); });
  m_present = m_focus->present();
  endResetModel();
}

QString FocusHistory::letterOf(const RunId& run) const {
  const RunItem* item = m_runs->find(run);
  return item ? item->letterText() : tr("a run");
}

// The largest of what changed: another run brings its point along.
QString FocusHistory::wordsOf(const Focus& before, const Focus& now) const {
  if (before.active != now.active)
    return now.active.empty() ? tr("No run") : tr("Run %1").arg(letterOf(now.active));
  if (before.subject != now.subject) return inputWords(now.subject);
  if (before.step != now.step) return stepWords(now.step, m_runs->find(now.active));
  if (before.cursor != now.cursor) return tr("Point of %1").arg(letterOf(now.active));
  if (before.link != now.link) return linkWords(now.link);
  for (const RunId& run : now.shown)
    if (std::ranges::find(before.shown, run) == before.shown.end()) return tr("%1 shown").arg(letterOf(run));
  for (const RunId& run : before.shown)
    if (std::ranges::find(now.shown, run) == now.shown.end()) return tr("%1 hidden").arg(letterOf(run));
  return tr("Order of runs");
}

} // namespace latent::ui
