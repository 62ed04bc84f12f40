// The presets that came with the program, in one box.
#pragma once

#include "ui/bridge/presets.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

#include <vector>

class QComboBox;

namespace latent::ui {

class PresetRow : public QWidget {
  Q_OBJECT
 public:
  /// Reads them by itself; out of sight while there are none.
  explicit PresetRow(const Workbench& bench, QWidget* parent = nullptr);

  void clear(); ///< what is set up is no preset any more

 signals:
  void chosen(const latent::ui::PresetCard& preset);

 private:
  void fill(const std::vector<PresetCard>& presets);

  QComboBox* m_box;
  std::vector<PresetCard> m_presets;
};

} // namespace latent::ui
