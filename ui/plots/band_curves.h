// Curves with a band around them, on one or two pairs of axes side by side: what noise does to each run.
// This header does not include QCustomPlot.
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace latent::ui {

struct BandLine {
  QString label;
  QColor colour;
  int pattern = 0;            ///< run's line pattern
  std::vector<double> x, y;   ///< of one length, x ascending
  std::vector<double> spread; ///< half the height of the band; empty = no band
};

struct BandAxes {
  QString title;
  std::vector<BandLine> lines;
  std::optional<double> lower, upper; ///< fixed ends of the vertical axis; bands are cut there
  bool percent = false;               ///< y is a share, shown in percent
  QString missing;                    ///< said in place of the lines
};

/// All axes share x. Hovering reads out the values at the nearest sample.
class BandCurvesView : public QWidget {
  Q_OBJECT
 public:
  explicit BandCurvesView(QWidget* parent = nullptr);
  ~BandCurvesView() override;

  void setAxes(const std::vector<BandAxes>& axes, const QString& xLabel);
  void setMarker(std::optional<double> x); ///< an upright line: where the grid's current column stands
  /// All values at the sample of x next to a pixel, one line each; "" outside of the axes.
  QString readout(const QPointF& pixel) const;
  int axesCount() const;

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
