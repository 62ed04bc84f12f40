// The draggable plane: tiles, points, prior rings, posterior ellipse and pointer in one true coordinate
// frame.
#pragma once

#include "core/base/image.h"
#include "core/base/plane_frame.h"
#include "core/base/plane_look.h"
#include "ui/widgets/plane_fields.h"

#include <QImage>
#include <QPixmap>
#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace latent::ui {

/// Decoded tiles as they came from the viewing thread.
struct PlaneTiles {
  TileGrid grid;
  ImageShape shape;
  std::vector<uint8_t> pixels; ///< [rows, columns, C, H, W], row 0 = lowest
};

/// Encoded test points in plane coordinates.
struct PlanePoints {
  std::vector<float> x, y;
  std::shared_ptr<const std::vector<int64_t>> labels; ///< -1 unknown; may be null
  QStringList classes;
  /// Colours in place of those of the classes, viridis from low to high; NaN is grey. May be null.
  std::shared_ptr<const std::vector<double>> values;
  double low = 0, high = 1;
  QString valueName; ///< beside the colour bar
  /// 0 = filtered out: neither drawn nor picked. May be null: all are kept.
  std::shared_ptr<const std::vector<char>> kept;
};

/// Posterior of the input: the ellipse of one standard deviation.
struct PlaneEllipse {
  PlanePoint centre;
  double sigmaX = 0, sigmaY = 0; ///< half axes in latent units
  double angle = 0;              ///< radians from the horizontal axis to that of sigmaX, counter-clockwise
};

/// The legend is in the window alone; a figure has its own.
struct PlaneLayers : LayersLook {
  PlaneLayers() { ellipse = true; }
  bool legend = true;
  bool operator==(const PlaneLayers&) const = default;
};

/// Gestures (EXPERIENCE.md, Plane): left-drag moves the cursor, Space-drag or middle-drag pans, wheel zooms
/// at the pointer, double-click on a point picks it, Shift-drag lassos. The widget paints only what it is
/// given and asks for tiles through viewSettled. Painting never decodes: tiles are one image, points one
/// pixmap, redrawn only when they or the frame change, so that moving the cursor costs a blit.
class LatentPlane : public QWidget {
  Q_OBJECT
 public:
  explicit LatentPlane(QWidget* parent = nullptr);
  ~LatentPlane() override;

  const PlaneFrame& frame() const;
  void setFrame(const PlaneFrame& frame); ///< keeps the widget's own width and height
  void fit(const PlaneRect& rect);        ///< key 0
  void setHome(const PlaneRect& rect);    ///< what key 0 and the first show fit
  void setAxisLabels(const QString& x, const QString& y);

  void setTiles(const PlaneTiles& tiles);
  void clearTiles();
  void setPoints(const PlanePoints& points);
  void setRings(const std::vector<double>& radii, PlanePoint centre = {});
  void setPriorMean(std::optional<PlanePoint> mean); ///< for axes in quantiles; nothing = there is no prior
  void setDensity(std::optional<PlaneField> density);
  void setMagnification(std::optional<PlaneField> magnification);
  void setEllipse(std::optional<PlaneEllipse> ellipse);
  void setEllipses(std::vector<PlaneEllipse> ellipses); ///< of the selected points
  void setCursor(std::optional<PlanePoint> cursor);
  void setLinked(bool linked); ///< its point follows that of another plane
  std::optional<PlanePoint> cursor() const;
  void setSubjectPoint(std::optional<PlanePoint> point); ///< where the input's code lies
  void setLayers(const PlaneLayers& layers);
  const PlaneLayers& layers() const;
  void setIsolatedClass(std::optional<int64_t> label); ///< others fade
  std::optional<int64_t> isolatedClass() const;
  void setSpread(PlanePoint spread); ///< of the data along both axes; arrow keys move 0.05 of it
  void setLegendFolded(bool folded);
  bool legendFolded() const;
  void setNotice(const QString& text);               ///< one sentence painted in the middle, "" = none
  void setNotes(const QStringList& lines);           ///< a few words each, over the lower edge
  void setPointsFaded(bool faded);                   ///< they are older than what is drawn with them
  void setSelection(const std::vector<int>& points); ///< others fade; Esc asks to clear it by lassoed({})

  /// More words about a point for its tooltip; "" = none.
  void setPointWords(std::function<QString(int point)> words);
  const PlanePoints& points() const;

  /// Index of the point nearest to a pixel within `radius` pixels, -1 if none. Faded classes cannot be
  /// picked.
  int pointAt(const QPointF& pixel, double radius) const;
  /// For tests: where a latent point is drawn, and the rectangle of a tile, in widget pixels.
  QPointF pixelOf(PlanePoint z) const;
  QRectF tileRect(int row, int column) const;
  QSize sizeHint() const override;

 public slots:
  void zoomBy(double factor); ///< at the cursor or the centre
  void zoomToHome();

 signals:
  void gestureStarted();
  void cursorMoved(latent::PlanePoint z); ///< while dragging and by arrow keys
  void gestureFinished();
  void frameChanged(const latent::PlaneFrame& frame);
  void frameMoved();                                 ///< by the person: pan, zoom or fit
  void viewSettled(const latent::PlaneFrame& frame); ///< 60 ms after the last change: decode anew
  void pointPicked(int point);                       ///< double-click
  void lassoed(const std::vector<int>& points);
  void classClicked(std::optional<int64_t> label); ///< a name in the legend: isolate it, again = all
  void legendFoldedChanged(bool folded);           ///< by the person

 protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void mouseReleaseEvent(QMouseEvent*) override;
  void mouseDoubleClickEvent(QMouseEvent*) override;
  void wheelEvent(QWheelEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void keyReleaseEvent(QKeyEvent*) override;
  void focusOutEvent(QFocusEvent*) override;
  void changeEvent(QEvent*) override;
  bool event(QEvent*) override;

 private:
  struct Impl;
  /// Leaves the current gesture; `keep` = false returns cursor or frame to where they were.
  void endGesture(bool keep);
  void dragTo(const QPointF& pixel);
  void moveCursorTo(PlanePoint z);
  void changeFrame(const PlaneFrame& frame);
  void stepCursor(int key, Qt::KeyboardModifiers modifiers);
  void showPointer();
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
