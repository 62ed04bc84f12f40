#include "ui/widgets/z_table.h"

#include "ui/widgets/number_text.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QKeyEvent>

namespace latent::ui {

class ZTable::Model : public QAbstractTableModel {
 public:
  explicit Model(ZTable* table) : QAbstractTableModel(table), m_table(table) {}

  void setPoint(const LatentPoint& z) {
    if (z.size() != m_z.size()) {
      beginResetModel();
      m_z = z;
      endResetModel();
    } else if (z != m_z) {
      m_z = z;
      emit dataChanged(index(0, 0), index(rowCount({}) - 1, 0));
    }
  }

  int rowCount(const QModelIndex& parent) const override {
    return parent.isValid() ? 0 : static_cast<int>(m_z.size());
  }
  int columnCount(const QModelIndex& parent) const override { return parent.isValid() ? 0 : 1; }
  Qt::ItemFlags flags(const QModelIndex& index) const override {
    return QAbstractTableModel::flags(index) | Qt::ItemIsEditable;
  }

  QVariant data(const QModelIndex& index, int role) const override {
    if (!index.isValid()) return {};
    const float value = m_z[static_cast<size_t>(index.row())];
    if (role == Qt::DisplayRole) return shortText(value);
    if (role == Qt::EditRole) return exactText(value);
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
  }

  QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
    if (role != Qt::DisplayRole || orientation != Qt::Vertical) return {};
    return QStringLiteral("z%1").arg(section + 1);
  }

  bool setData(const QModelIndex& index, const QVariant& value, int role) override {
    const bool edited = index.isValid() && role == Qt::EditRole;
    if (edited && value.toString() != data(index, Qt::EditRole).toString())
      emit m_table->typed(index.row(), value.toString());
    return edited;
  }

 private:
  ZTable* m_table;
  LatentPoint m_z;
};

ZTable::ZTable(QWidget* parent) : QTableView(parent), m_model(new Model(this)) {
  setModel(m_model);
  setAccessibleName(tr("Latents"));
  setToolTip(tr("Select a number and type another. Pasting as many numbers as there are latents sets all."));
  horizontalHeader()->hide();
  horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setMinimumSectionSize(20);
  verticalHeader()->setDefaultSectionSize(24);
  verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  verticalHeader()->setStyleSheet(QStringLiteral("QHeaderView::section { border: none; padding: 0 8px; }"));
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::AnyKeyPressed |
                  QAbstractItemView::EditKeyPressed);
  setTabKeyNavigation(false); // Tab leaves the table
  setShowGrid(false);
}

ZTable::~ZTable() = default;

void ZTable::setPoint(const LatentPoint& z) {
  m_model->setPoint(z);
}

void ZTable::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) {
    emit copyWanted();
  } else if (event->matches(QKeySequence::Paste)) {
    emit pasteWanted();
  } else {
    QTableView::keyPressEvent(event);
  }
}

} // namespace latent::ui
