// What the series of metrics.csv are called on the screen.
#pragma once

#include <QString>

#include <string>

namespace latent::ui {

struct SeriesWords {
  QString name; ///< in menus and legends: "MI"
  QString axis; ///< with its unit, for the vertical axis: "mutual information I(x; z), nats"
};

/// A series that the window does not know is called by its own name.
SeriesWords wordsOf(const std::string& series);

} // namespace latent::ui
