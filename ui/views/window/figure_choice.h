// A figure that the workspace in front can be exported as.
#pragma once

#include "core/base/result.h"
#include "ui/bridge/figure_request.h"

#include <QString>

#include <functional>

class QWidget;

namespace latent::ui {

struct FigureChoice {
  FigureRequest::Kind kind;
  QString name;   ///< "Curves"
  QWidget* panel; ///< what shows it: a menu there means this figure
  std::function<Result<FigureRequest>()> request;
};

/// What files of this kind are called: "plane", "curves".
QString fileWordOf(FigureRequest::Kind kind);

} // namespace latent::ui
