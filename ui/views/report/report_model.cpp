#include "ui/views/report/report_model.h"

#include "ui/bridge/report_bridge.h"
#include "ui/views/report/report_words.h"

#include <QImage>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int thumbnailPixels = 240; // twice as wide as it is shown

} // namespace

ReportModel::ReportModel(const Workbench& bench, QObject* parent)
    : QAbstractListModel(parent), m_bench(bench) {
  connect(bench.report, &ReportBridge::changed, this, &ReportModel::follow);
  connect(bench.report->pictures(), &ReportPictures::drawn, this, &ReportModel::showDrawn);
  follow();
}

// Rows come, go and move by resetting: a report has a few dozen at most.
void ReportModel::follow() {
  QStringList ids{QString()};
  for (int place = 0; place < m_bench.report->size(); ++place) ids << m_bench.report->entry(place).id;
  if (ids == m_ids) {
    emit dataChanged(index(0), index(rowCount() - 1));
    return;
  }
  beginResetModel();
  m_ids = ids;
  endResetModel();
}

void ReportModel::showDrawn(const std::shared_ptr<const Figure>& figure) {
  for (int place = 0; place < m_bench.report->size(); ++place)
    if (m_bench.report->entry(place).figure == figure)
      emit dataChanged(index(place + 1), index(place + 1), {Qt::DecorationRole});
}

int ReportModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

QVariant ReportModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const ReportBridge& report = *m_bench.report;
  if (role == IdRole) return m_ids[index.row()];
  if (index.row() == 0) {
    const QString title = report.text(ReportField::title);
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
      return title.isEmpty() ? tr("Untitled report") : title;
    if (role == Qt::StatusTipRole) return tr("Title and introduction");
    if (role == Qt::AccessibleTextRole) return tr("Title and introduction: %1").arg(title);
    return {};
  }
  const int place = index.row() - 1;
  if (place >= report.size()) return {};
  if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return firstLine(report, place);
  const ReportEntry entry = report.entry(place);
  const QString number = numberOf(report, place);
  const QString kind = entry.table ? number : QStringLiteral("%1 · %2").arg(number, kindOf(entry));
  if (role == Qt::StatusTipRole) return kind;
  if (role == Qt::AccessibleTextRole) return QStringLiteral("%1: %2").arg(kind, firstLine(report, place));
  if (role == Qt::DecorationRole && entry.figure)
    return report.pictures()->anyPicture(entry.figure, thumbnailPixels).image;
  return {};
}

QModelIndex ReportModel::indexOf(const QString& id) const {
  return index(std::max<int>(0, static_cast<int>(m_ids.indexOf(id))));
}

} // namespace latent::ui
