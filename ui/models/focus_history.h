// The history of the Focus as a list: what changed, with the picture of that moment.
#pragma once

#include "core/base/focus.h"
#include "core/base/image.h"

#include <QAbstractListModel>
#include <QImage>
#include <QString>

#include <cstdint>
#include <map>
#include <vector>

namespace latent::ui {

class FocusStore;
class RunsModel;

/// The newest moment comes first; one row is the present. What redo leads to stands before it.
class FocusHistory : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { PresentRole = Qt::UserRole + 1, AheadRole }; ///< bool: the present; undone, redo leads to it
  FocusHistory(FocusStore* focus, RunsModel* runs, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  QHash<int, QByteArray> roleNames() const override;

  int presentRow() const;
  void jumpTo(int row); ///< undoes or redoes as many steps as needed
  /// What the present looks like: x̂ at the cursor. Left out within a gesture, and where the picture is of
  /// another point or, of a pinned step, of other weights.
  void note(const LatentPoint& z, int64_t step, const Image& image);

 private:
  struct Row {
    uint64_t number;
    QString words;
  };

  void rebuild();
  QString wordsOf(const Focus& before, const Focus& now) const;
  QString letterOf(const RunId& run) const;

  FocusStore* m_focus;
  RunsModel* m_runs;
  std::vector<Row> m_rows; ///< oldest first
  int m_present = 0;       ///< among them
  std::map<uint64_t, QImage> m_pictures;
};

} // namespace latent::ui
