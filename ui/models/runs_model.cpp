#include "ui/models/runs_model.h"

#include "core/figure/figure.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace latent::ui {
namespace {

/// "ELBO −152.3", an AE's "recon 143.8": two measures that are never ranked together.
QString measureText(const RunItem& item, double measure) {
  QString number = QString::number(measure, 'f', 1);
  number.replace(QLatin1Char('-'), QChar(0x2212));
  return (item.hasPrior ? RunsModel::tr("ELBO %1") : RunsModel::tr("recon %1")).arg(number);
}

QString stateSentence(const RunItem& item) {
  if (!item.problem.isEmpty()) return item.problem;
  if (!item.message.isEmpty()) return item.message;
  if (!item.warning.isEmpty()) return item.warning;
  switch (item.state) {
  case RunState::failed:
    return RunsModel::tr("Training failed. The last good weights are kept.");
  case RunState::interrupted:
    return RunsModel::tr("Training was interrupted at step %L1. It can be continued.").arg(item.step);
  default:
    break;
  }
  if (item.readOnly) return RunsModel::tr("This run is read-only here.");
  return {};
}

QString forkSentence(const ForkPoint& parent) {
  return RunsModel::tr("Fork of %1 at step %L2.").arg(QString::fromStdString(parent.name)).arg(parent.step);
}

double progressOf(const RunItem& item) {
  const bool unfinished = item.training || item.state == RunState::paused;
  if (!unfinished || item.config.epochs <= 0) return -1;
  if (item.closedForm) return std::clamp(item.epoch, 0.0, 1.0);
  return std::clamp(item.epoch / static_cast<double>(item.config.epochs), 0.0, 1.0);
}

/// "hidden 500", "learning rate 0.01": a value in the words of the curves' marks.
QString valueText(const std::string& key, const std::string& value) {
  QString name = QString::fromStdString(key);
  return QStringLiteral("%1 %2").arg(name.replace(QLatin1Char('_'), QLatin1Char(' ')),
                                     QString::fromStdString(value));
}

} // namespace

QString durationText(double seconds) {
  if (seconds < 9.95) return RunsModel::tr("%1 s").arg(seconds, 0, 'f', 1);
  const auto whole = static_cast<qint64>(std::llround(seconds));
  if (whole < 60) return RunsModel::tr("%1 s").arg(whole);
  if (whole < 3600) return RunsModel::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
  return RunsModel::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString RunItem::letterText() const {
  if (letter < 0) return {};
  // Bijective base 26, as the columns of a spreadsheet: A .. Z, AA, AB ...
  QString text;
  for (int rest = letter + 1; rest > 0; rest = (rest - 1) / 26) text.prepend(QChar(u'A' + (rest - 1) % 26));
  return text;
}

QColor RunItem::colour() const {
  return QColor(QString::fromStdString(runColour(std::max(letter + letter / 8, 0))));
}

int RunItem::latentSize() const {
  return discrete ? 0 : static_cast<int>(spec.parameters.integer("latent"));
}

QString RunItem::title() const {
  if (discrete) return QStringLiteral("%1 \u00b7 %2").arg(letterText(), shortFamily);
  return QStringLiteral("%1 \u00b7 %2 z%3").arg(letterText(), shortFamily).arg(latentSize());
}

QString RunItem::standing() const {
  if (!measure && discrete) return QStringLiteral("%1 \u00b7 %2").arg(shortFamily, datasetName);
  if (!measure) return QStringLiteral("%1 z%2 \u00b7 %3").arg(shortFamily).arg(latentSize()).arg(datasetName);
  if (closedForm) return RunsModel::tr("%1 \u00b7 solved").arg(measureText(*this, *measure));
  return RunsModel::tr("%1 \u00b7 epoch %2")
      .arg(measureText(*this, *measure))
      .arg(static_cast<int64_t>(epoch));
}

RunsModel::RunsModel(QObject* parent) : QAbstractListModel(parent) {}

int RunsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
  const RunItem& item = m_items[static_cast<size_t>(index.row())];
  const bool shown = std::ranges::find(m_focus.shown, item.id) != m_focus.shown.end();
  switch (role) {
  case Qt::DisplayRole:
    return item.name;
  case Qt::ToolTipRole: {
    // The row cuts what is long: all of it stands here.
    QStringList lines{tr("%1 \u00b7 %2").arg(item.letterText(), item.name), standing(item)};
    const QString distinct = distinction(item);
    if (!distinct.isEmpty() && !lines.contains(distinct)) lines << distinct;
    if (item.config.parent) lines << forkSentence(*item.config.parent);
    const QString sentence = stateSentence(item);
    if (!sentence.isEmpty()) lines << sentence;
    return lines.join(QLatin1Char('\n'));
  }
  case Qt::AccessibleTextRole:
    return tr("Run %1, %2").arg(item.letterText(), item.name);
  case Qt::AccessibleDescriptionRole: {
    QStringList marks;
    if (item.id == m_focus.active) marks << tr("active");
    if (shown) marks << tr("shown");
    if (item.config.parent) marks << forkSentence(*item.config.parent);
    const QString progress = progressText(item);
    if (!progress.isEmpty()) marks << progress;
    const QString sentence = stateSentence(item);
    if (!sentence.isEmpty()) marks << sentence;
    return marks.join(QStringLiteral(", "));
  }
  case Qt::StatusTipRole: // the muted second line
    return standing(item);
  case IdRole:
    return QString::fromStdString(item.id);
  case LetterRole:
    return item.letterText();
  case ColourRole:
    return item.colour();
  case PatternRole:
    return item.pattern();
  case StateRole:
    return static_cast<int>(item.state);
  case QueuedRole:
    return item.queued;
  case TrainingRole:
    return item.training;
  case ProgressRole:
    return progressOf(item);
  case ProgressTextRole:
    return progressText(item);
  case ShownRole:
    return shown;
  case ActiveRole:
    return item.id == m_focus.active;
  case ReadOnlyRole:
    return item.readOnly;
  case MessageRole:
    return stateSentence(item);
  case ProblemRole:
    return !item.problem.isEmpty();
  case DepthRole:
    return depth(item);
  case WarningRole:
    return item.warning;
  default:
    return {};
  }
}

QHash<int, QByteArray> RunsModel::roleNames() const {
  QHash<int, QByteArray> names = QAbstractListModel::roleNames();
  names.insert({{IdRole, "id"},
                {LetterRole, "letter"},
                {ColourRole, "colour"},
                {PatternRole, "pattern"},
                {StateRole, "state"},
                {QueuedRole, "queued"},
                {TrainingRole, "training"},
                {ProgressRole, "progress"},
                {ProgressTextRole, "progressText"},
                {ShownRole, "shown"},
                {ActiveRole, "active"},
                {ReadOnlyRole, "readOnly"},
                {MessageRole, "message"},
                {ProblemRole, "problem"},
                {WarningRole, "warning"}});
  return names;
}

void RunsModel::put(const RunItem& item) {
  const int row = rowOf(item.id);
  if (row >= 0) {
    RunItem& known = m_items[static_cast<size_t>(row)];
    const int letter = known.letter;
    const bool leftQueue = known.queued && !item.queued;
    known = item;
    known.letter = letter;
    // Places of the waiting rows below count from the front of the queue, so they move with it.
    const int last = leftQueue ? rowCount() - 1 : row;
    emit dataChanged(index(row), index(last));
    if (leftQueue) plant(item.id);
    return;
  }
  std::set<int> taken;
  for (const RunItem& other : m_items) taken.insert(other.letter);
  RunItem added = item;
  for (added.letter = 0; taken.contains(added.letter);) ++added.letter;
  beginInsertRows({}, rowCount(), rowCount());
  m_items.push_back(std::move(added));
  endInsertRows();
  plant(item.id);
  // Forks that came before the run they come from.
  std::vector<RunId> forks;
  for (const RunItem& other : m_items)
    if (other.config.parent && other.config.parent->run == item.id) forks.push_back(other.id);
  for (const RunId& fork : forks) plant(fork);
}

// Guarded against records that name each other.
bool RunsModel::descends(const RunItem& item, const RunId& ancestor) const {
  const RunItem* at = &item;
  for (int i = 0; at && at->config.parent && i < rowCount(); ++i) {
    if (at->config.parent->run == ancestor) return true;
    at = find(at->config.parent->run);
  }
  return false;
}

int RunsModel::depth(const RunItem& item) const {
  int depth = 0;
  const RunItem* at = item.queued || !item.config.parent ? nullptr : find(item.config.parent->run);
  for (; at && depth < rowCount(); at = at->config.parent ? find(at->config.parent->run) : nullptr) ++depth;
  return depth;
}

/// The row after the run and all of its forks that stand below it.
int RunsModel::endOfTree(int row) const {
  const RunId& root = m_items[static_cast<size_t>(row)].id;
  int end = row + 1;
  while (end < rowCount() && descends(m_items[static_cast<size_t>(end)], root)) ++end;
  return end;
}

/// Moves a fork, with the forks of its own, below the run that it comes from. Waiting runs keep their order.
void RunsModel::plant(const RunId& id) {
  const RunItem* item = find(id);
  if (!item || item->queued || !item->config.parent || item->config.parent->run == id) return;
  const int parent = rowOf(item->config.parent->run);
  if (parent < 0 || descends(m_items[static_cast<size_t>(parent)], id)) return;
  const int from = rowOf(id), end = endOfTree(parent);
  if (from > parent && from < end) return; // it stands there
  const int count = endOfTree(from) - from;
  for (int i = 0; i < count; ++i) {
    if (from >= end)
      move(from + i, end + i);
    else
      move(from, end - 1); // taking rows out lifts those below
  }
}

void RunsModel::remove(const RunId& id) {
  const int row = rowOf(id);
  if (row < 0) return;
  beginRemoveRows({}, row, row);
  m_items.erase(m_items.begin() + row);
  endRemoveRows();
  if (row < rowCount()) emit dataChanged(index(row), index(rowCount() - 1), {ProgressTextRole});
}

void RunsModel::changeId(const RunId& was, const RunId& is) {
  const int row = rowOf(was);
  if (row < 0 || rowOf(is) >= 0) return;
  m_items[static_cast<size_t>(row)].id = is;
  emit dataChanged(index(row), index(row));
}

void RunsModel::move(int from, int to) {
  if (from == to || from < 0 || to < 0 || from >= rowCount() || to >= rowCount()) return;
  // Qt counts the destination before the row is taken out.
  beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
  const auto begin = m_items.begin();
  if (from < to)
    std::rotate(begin + from, begin + from + 1, begin + to + 1);
  else
    std::rotate(begin + to, begin + from, begin + from + 1);
  endMoveRows();
  emit dataChanged(index(std::min(from, to)), index(std::max(from, to)), {ProgressTextRole});
}

const RunItem* RunsModel::find(const RunId& id) const {
  const int row = rowOf(id);
  return row < 0 ? nullptr : &m_items[static_cast<size_t>(row)];
}

int RunsModel::rowOf(const RunId& id) const {
  const auto found = std::ranges::find(m_items, id, &RunItem::id);
  return found == m_items.end() ? -1 : static_cast<int>(found - m_items.begin());
}

void RunsModel::setFocus(const Focus& focus) {
  const bool marksMoved = focus.active != m_focus.active || focus.shown != m_focus.shown;
  m_focus = focus;
  if (marksMoved && !m_items.empty()) // a drag edits the cursor at pointer rate: no repaint of rows for that
    emit dataChanged(index(0), index(rowCount() - 1), {ShownRole, ActiveRole, Qt::AccessibleDescriptionRole});
}

void RunsModel::setPast(const std::map<RunId, PastStanding>& past) {
  const bool wasEmpty = m_past.empty();
  m_past = past;
  if (!m_items.empty() && !(wasEmpty && past.empty()))
    emit dataChanged(index(0), index(rowCount() - 1), {Qt::StatusTipRole});
}

/// In what this run differs from others of the same name, such as those of a list of learning rates. "" if
/// there are none.
QString RunsModel::distinction(const RunItem& item) const {
  std::set<std::string> keys;
  bool seeds = false, lengths = false;
  for (const RunItem& other : m_items) {
    if (other.name != item.name || other.id == item.id) continue;
    seeds = seeds || other.config.seed != item.config.seed;
    lengths = lengths || other.config.epochs != item.config.epochs;
    for (const auto& [key, value] : item.spec.parameters.all())
      if (other.spec.parameters.has(key) && other.spec.parameters.at(key) != value) keys.insert(key);
  }
  QStringList words;
  for (const std::string& key : keys) words << valueText(key, formatParameter(item.spec.parameters.at(key)));
  if (seeds) words << tr("seed %1").arg(item.config.seed);
  if (lengths) words << (item.config.epochs == 1 ? tr("1 epoch") : tr("%1 epochs").arg(item.config.epochs));
  return words.join(QStringLiteral(" \u00b7 "));
}

QString RunsModel::standing(const RunItem& item) const {
  if (!item.measure) {
    QString distinct = distinction(item);
    if (!distinct.isEmpty()) return distinct;
  }
  const auto past = m_past.find(item.id);
  if (past == m_past.end()) {
    const bool stays = m_past.empty() || !item.measure; // without a number nothing could be mistaken
    return stays ? item.standing() : tr("live \u00b7 %1").arg(measureText(item, *item.measure));
  }
  const PastStanding& then = past->second;
  const double perEpoch = item.epoch > 0 ? static_cast<double>(item.step) / item.epoch : 0;
  const auto step = static_cast<double>(then.step);
  const auto epoch = perEpoch > 0 ? std::llround(step / perEpoch) : 0;
  const bool whole = epoch > 0 && std::abs(step - static_cast<double>(epoch) * perEpoch) < 0.5;
  const QString time = item.closedForm && then.step > 0 ? tr("solved")
                       : whole                          ? tr("epoch %1").arg(epoch)
                                                        : tr("step %L1").arg(then.step);
  return then.measure ? QStringLiteral("%1 \u00b7 %2").arg(measureText(item, *then.measure), time)
                      : tr("%1, not measured").arg(time);
}

QString RunsModel::progressText(const RunItem& item) const {
  if (item.queued) {
    int place = 0;
    for (const RunItem& other : m_items) {
      if (other.queued) ++place;
      if (other.id == item.id) break;
    }
    return place == 1 ? tr("Next in the queue") : tr("Number %1 in the queue").arg(place);
  }
  if (item.closedForm && item.training && item.state != RunState::paused) return tr("Solving");
  const auto epochs = static_cast<qint64>(item.config.epochs);
  const auto current = std::min(static_cast<qint64>(std::floor(item.epoch)) + 1, std::max<qint64>(epochs, 1));
  if (item.training && item.state != RunState::paused) {
    QString text = tr("Epoch %1/%2").arg(current).arg(epochs);
    if (item.secondsPerEpoch > 0) {
      const double left = std::max(0.0, static_cast<double>(epochs) - item.epoch) * item.secondsPerEpoch;
      text += tr(", %1 each, %2 left").arg(durationText(item.secondsPerEpoch), durationText(left));
    }
    return text;
  }
  if (item.closedForm && item.state == RunState::paused) return tr("Paused before it was solved");
  if (item.closedForm && item.state == RunState::interrupted) return tr("Interrupted before it was solved");
  if (item.state == RunState::paused) return tr("Paused in epoch %1/%2").arg(current).arg(epochs);
  if (item.state == RunState::interrupted) return tr("Interrupted in epoch %1/%2").arg(current).arg(epochs);
  if (item.state == RunState::stopped && !item.closedForm && item.epoch < static_cast<double>(epochs))
    return tr("Stopped in epoch %1/%2").arg(current).arg(epochs);
  if (item.state == RunState::failed) return tr("Failed at step %L1").arg(item.step);
  return {};
}

} // namespace latent::ui
