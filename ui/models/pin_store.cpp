#include "ui/models/pin_store.h"

#include "ui/models/thumbnail.h"

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

QString firstFreeName(const std::vector<Pin>& pins) {
  for (size_t number = 1;; ++number) {
    QString name = PinStore::tr("Pin %1").arg(number);
    if (std::ranges::find(pins, name.toStdString(), &Pin::name) == pins.end()) return name;
  }
}

/// "0.52, −1.3": the first coordinates.
QString pointText(const LatentPoint& z) {
  constexpr size_t most = 3;
  QStringList numbers;
  for (size_t k = 0; k < std::min(most, z.size()); ++k)
    numbers << QString::number(static_cast<double>(z[k]), 'f', 2).replace(QLatin1Char('-'), QChar(0x2212));
  return numbers.join(QStringLiteral(", ")) + (z.size() > most ? QStringLiteral(", …") : QString());
}

QString whereText(const Pin& pin) {
  const QString run = QString::fromStdString(pin.runName.empty() ? pin.run : pin.runName);
  const QString step = pin.step ? PinStore::tr("step %L1").arg(*pin.step) : PinStore::tr("live");
  return QStringLiteral("%1 · %2 · %3").arg(run, step, pointText(pin.z));
}

} // namespace

PinStore::PinStore(QObject* parent) : QAbstractListModel(parent) {}

int PinStore::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_pins.size());
}

QVariant PinStore::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
  const Pin& pin = m_pins[static_cast<size_t>(index.row())];
  switch (role) {
  case Qt::DisplayRole:
  case Qt::EditRole:
    return QString::fromStdString(pin.name);
  case Qt::DecorationRole:
    return thumbnailImage(pin.thumbnail);
  case Qt::StatusTipRole:
  case Qt::AccessibleDescriptionRole:
    return whereText(pin);
  case Qt::ToolTipRole:
    return QStringLiteral("%1\n%2").arg(QString::fromStdString(pin.name), whereText(pin));
  case RunRole:
    return QString::fromStdString(pin.run);
  case StepRole:
    return pin.step ? QVariant::fromValue<qlonglong>(*pin.step) : QVariant();
  default:
    return {};
  }
}

bool PinStore::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid)) return false;
  const std::string name = value.toString().trimmed().toStdString();
  Pin& pin = m_pins[static_cast<size_t>(index.row())];
  if (name.empty() || name == pin.name) return false;
  pin.name = name;
  emit dataChanged(index, index);
  emit changed();
  return true;
}

Qt::ItemFlags PinStore::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractListModel::flags(index);
  return index.isValid() ? flags | Qt::ItemIsEditable | Qt::ItemNeverHasChildren : flags;
}

QHash<int, QByteArray> PinStore::roleNames() const {
  QHash<int, QByteArray> names = QAbstractListModel::roleNames();
  names.insert(RunRole, "run");
  names.insert(StepRole, "step");
  return names;
}

void PinStore::add(Pin pin) {
  if (pin.name.empty()) pin.name = firstFreeName(m_pins).toStdString();
  const int row = rowCount();
  beginInsertRows({}, row, row);
  m_pins.push_back(std::move(pin));
  endInsertRows();
  emit changed();
}

void PinStore::remove(int row) {
  if (row < 0 || row >= rowCount()) return;
  beginRemoveRows({}, row, row);
  m_removed = {row, std::move(m_pins[static_cast<size_t>(row)])};
  m_pins.erase(m_pins.begin() + row);
  endRemoveRows();
  emit changed();
}

void PinStore::restore() {
  if (!m_removed) return;
  auto [row, pin] = *std::exchange(m_removed, std::nullopt);
  row = std::min(row, rowCount());
  beginInsertRows({}, row, row);
  m_pins.insert(m_pins.begin() + row, std::move(pin));
  endInsertRows();
  emit changed();
}

void PinStore::reset(std::vector<Pin> pins) {
  beginResetModel();
  m_pins = std::move(pins);
  m_removed.reset();
  endResetModel();
  emit changed();
}

} // namespace latent::ui
