// How well encoded data supports a latent point: a bar, two words and the radius under the prior.
#pragma once

#include "core/base/frames.h"

#include <QString>
#include <QWidget>

#include <optional>

namespace latent::ui {

enum class SupportLevel { well, sparse, outside };
/// By the density relative to the median density at the codes themselves: from 0.2 on "well supported", from
/// 0.01 on "sparse", below "outside the data".
SupportLevel supportLevel(double density);

class SupportMeter : public QWidget {
  Q_OBJECT
 public:
  explicit SupportMeter(QWidget* parent = nullptr);

  /// `latent` = K >= 1; without a prior the radius is left out. Nothing = unknown (no codes yet). `far`: not
  /// merely between codes, but nowhere near any.
  void setSupport(const std::optional<Support>& support, int latent, bool hasPrior, bool far = false);
  /// "well supported", "sparse", "outside the data", "far outside of the data", or "" while unknown.
  QString verdict() const;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent*) override;

 private:
  QString radiusText() const;
  std::optional<Support> m_support;
  int m_latent = 0;
  bool m_hasPrior = false;
  bool m_far = false;
};

} // namespace latent::ui
