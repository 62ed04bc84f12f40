// The model families as ticks: one or several.
#pragma once

#include "core/base/family_info.h"

#include <QWidget>

#include <string>
#include <utility>
#include <vector>

class QCheckBox;

namespace latent::ui {

class FamilyTicks : public QWidget {
  Q_OBJECT
 public:
  /// Those that can be trained, in the order given.
  explicit FamilyTicks(const std::vector<FamilyInfo>& families, QWidget* parent = nullptr);

  std::vector<FamilyInfo> ticked() const;
  void tick(const std::vector<std::string>& ids); ///< the others are unticked; changed() comes once

 signals:
  void changed();

 private:
  std::vector<std::pair<QCheckBox*, FamilyInfo>> m_boxes;
};

} // namespace latent::ui
