// The pins of the window, as a list model: what the inspector lists and Compare interpolates between.
#pragma once

#include "core/base/pin.h"

#include <QAbstractListModel>

#include <optional>
#include <utility>
#include <vector>

namespace latent::ui {

class PinStore : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { PointRole = Qt::UserRole + 1, RunRole, StepRole };
  explicit PinStore(QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  /// Display and edit: the name; decoration: the thumbnail; status tip: run, step and coordinates.
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value,
               int role) override; ///< an empty name is refused
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  QHash<int, QByteArray> roleNames() const override;

  const std::vector<Pin>& pins() const { return m_pins; }
  /// At the end. Without a name: "Pin 1", the first number that is free.
  void add(Pin pin);
  void remove(int row);
  /// The pin that was removed last returns to its place.
  bool canRestore() const { return m_removed.has_value(); }
  void restore();
  void reset(std::vector<Pin> pins);

 signals:
  void changed(); ///< after every change of the list

 private:
  std::vector<Pin> m_pins;
  std::optional<std::pair<int, Pin>> m_removed;
};

} // namespace latent::ui
