// The rows of the report's list: its title page, then what is collected.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QAbstractListModel>
#include <QStringList>

#include <memory>

namespace latent {
struct Figure;
} // namespace latent

namespace latent::ui {

/// Display: the caption's first line; StatusTip: "Figure 2 · Plane"; Decoration: the thumbnail.
class ReportModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { IdRole = Qt::UserRole + 1 }; ///< "" of the title page
  explicit ReportModel(const Workbench& bench, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QModelIndex indexOf(const QString& id) const; ///< of the title page for an unknown id

 private:
  void follow();
  void showDrawn(const std::shared_ptr<const Figure>& figure);

  Workbench m_bench;
  QStringList m_ids;
};

} // namespace latent::ui
