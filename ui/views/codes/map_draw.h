// Draws a map from the prior and shows it token by token.
#pragma once

#include "core/base/frames.h"
#include "ui/views/shared/workbench.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <vector>

namespace latent::ui {

/// The prior draws the whole map in one go; it is then shown cell by cell in the order in which it was drawn,
/// each time with the image of the cells so far (those that are not drawn yet keep what they had). Undo and
/// Esc, pressed anywhere in the program, stop it first.
class MapDraw : public QObject {
  Q_OBJECT
 public:
  /// Uses focus and explorer of the workbench.
  explicit MapDraw(const Workbench& bench, QObject* parent = nullptr);

  /// Cells from `from` on are drawn, those before are given. `map` is what the cells hold now.
  void start(const std::vector<int64_t>& map, int from, uint64_t seed, double temperature);
  void stop();   ///< keeps the cells that are drawn
  void cancel(); ///< forgets them
  bool running() const { return m_running; }
  const std::vector<int64_t>& map() const { return m_map; } ///< cells drawn so far, then what was there
  int drawn() const { return m_drawn; }                     ///< cells of the map that are given or drawn
  const Image& image() const { return m_image; }            ///< the newest of map(); empty before the first

 signals:
  void changed();
  void finished(const std::vector<int64_t>& map); ///< also after stop()
  void failed(const QString& sentence);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void receive(const TokensFrame& frame);
  void step();
  void end();

  Workbench m_bench;
  ViewId m_drawView, m_imageView;
  std::vector<int64_t> m_map, m_target;
  int m_from = 0, m_drawn = 0;
  Image m_image;
  bool m_running = false;
  QTimer m_tick;
  QElapsedTimer m_clock;
};

} // namespace latent::ui
