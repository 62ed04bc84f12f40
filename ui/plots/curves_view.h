// Live loss curves: several runs on one pair of axes or faceted by a parameter. One of two files' worth of
// QCustomPlot that the window sees; this header does not include it.
#pragma once

#include "core/base/curves_look.h"

#include <QColor>
#include <QString>
#include <QWidget>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace latent::ui {

/// One curve to draw; x and y are shared with the store and copied by the plot.
struct CurveLine {
  QString run;   ///< id, so that data can be appended
  QString label; ///< "A train recon"
  QString facet; ///< title of its facet, "" = the only one
  QColor colour;
  int pattern = 0; ///< run's line pattern; test curves are drawn full, train curves thin and lighter
  bool test = false;
  std::vector<double> x, y;
};

/// Read-out on hover, log axes, exponential smoothing, wheel zoom at the pointer, drag pans, double-click
/// fits. setLines may be called at 30 Hz; replots are queued and coalesced.
class CurvesView : public QWidget {
  Q_OBJECT
 public:
  explicit CurvesView(QWidget* parent = nullptr);
  ~CurvesView() override;

  void setLines(const std::vector<CurveLine>& lines, const QString& xLabel, const QString& yLabel);
  void setLogarithmic(bool x, bool y);
  void setSharedValues(bool shared); ///< all facets have one range of values
  void setSmoothing(double weight);  ///< 0 = none .. 0.99; train curves only, their raw curve stays, faint
  void setMarker(std::optional<double> x);                              ///< where the scrubber stands
  void setEvents(const std::vector<std::pair<double, QString>>& marks); ///< live changes: x and words
  void setEmptyText(const QString& sentence, const QString& button);    ///< shown without lines
  /// The read-out at a pixel, as shown on hover: a mark before a curve, "" where there is neither. For tests
  /// and accessibility.
  QString readout(const QPointF& pixel) const;
  /// What is seen, where a person or setArea() chose it; nothing while everything fits.
  std::optional<CurvesArea> area() const;
  /// Shows this once there are as many facets, until a person chooses otherwise; nothing fits again.
  void setArea(const std::optional<CurvesArea>& area);
  /// What the axes of a facet show, in their units (top() is the lowest value); null where there is no such
  /// facet. For tests and saved windows.
  QRectF visibleRange(int facet = 0) const;

 signals:
  void emptyButtonClicked();

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
