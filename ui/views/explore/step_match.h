// Tiles and points of one plane come at their own pace: says when those on the screen are of different steps.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <optional>

namespace latent::ui {

/// A difference that lasts is named, and the points fade. While a run trains, tiles are always a little
/// ahead: the difference is named at once, the points fade when newer ones are overdue.
class StepMatch : public QObject {
  Q_OBJECT
 public:
  explicit StepMatch(QObject* parent);

  void setMoving(bool moving); ///< the weights change by training, not by the person
  /// Steps of what is drawn, nothing = not drawn. `wanted` is that of the weights the view asked for.
  void set(std::optional<int64_t> tiles, std::optional<int64_t> points, int64_t wanted);
  QString note() const; ///< "points of step 1,200"; "" = of one step, or not yet worth a word
  bool pointsFaded() const { return m_faded && pointsBehind(); }

 signals:
  void changed();

 private:
  bool differ() const { return m_tiles && m_points && *m_tiles != *m_points; }
  bool pointsBehind() const { return differ() && *m_points != m_wanted; }
  void restart();

  std::optional<int64_t> m_tiles, m_points;
  int64_t m_wanted = 0;
  bool m_moving = false;
  bool m_faded = false; ///< the patience is over
  QTimer m_patience;
};

} // namespace latent::ui
