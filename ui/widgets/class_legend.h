// The classes of the plane by colour and name. A click on one isolates it, a click on the heading folds the
// list.
#pragma once

#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

namespace latent::ui {

struct LegendEntry {
  int64_t label = 0;
  QString name;
  bool operator==(const LegendEntry&) const = default;
};

/// Sizes itself to its content, at most `largest`; entries that do not fit are counted in a last line. With
/// the keyboard: Up and Down move, Space and Enter choose, Left folds, Right unfolds.
class ClassLegend : public QWidget {
  Q_OBJECT
 public:
  explicit ClassLegend(QWidget* parent);

  void setEntries(std::vector<LegendEntry> entries);
  const std::vector<LegendEntry>& entries() const { return m_entries; }
  void setIsolated(std::optional<int64_t> label);
  void setFolded(bool folded); ///< does not emit
  bool folded() const { return m_folded; }
  void setLargest(const QSize& size);

  /// Row under a pixel: -1 the heading, 0.. an entry; nothing elsewhere.
  std::optional<int> rowAt(const QPointF& pixel) const;
  QRectF rowRect(int row) const;
  QSize sizeHint() const override;

 signals:
  void clicked(std::optional<int64_t> label); ///< the class to isolate; nothing = all
  void foldedChanged(bool folded);

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseReleaseEvent(QMouseEvent*) override;
  void mouseDoubleClickEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void leaveEvent(QEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void changeEvent(QEvent*) override;

 private:
  void choose(int row);
  void adapt();
  int rowsShown() const;
  void describe();

  std::vector<LegendEntry> m_entries;
  std::optional<int64_t> m_isolated;
  std::optional<int> m_hovered;
  QSize m_largest{160, 240};
  int m_row = -1; ///< where the keyboard stands
  bool m_folded = false;
};

} // namespace latent::ui
