// What the plane's points are coloured by, and which of them are shown: the class, or a column of the
// metadata.
#pragma once

#include "core/base/json.h"
#include "ui/bridge/data_columns.h"
#include "ui/widgets/latent_plane.h"

#include <QString>

#include <limits>
#include <vector>

namespace latent::ui {

/// A value. Columns that the data does not have are ignored, so that it may outlive the data set.
struct PointColouring {
  QString column; ///< "" = the class
  QString filter; ///< column that chooses the points; "" = all are shown
  QString value;  ///< of a filter of texts; "" = all
  double low = -std::numeric_limits<double>::infinity(); ///< of a filter of numbers, both ends included
  double high = std::numeric_limits<double>::infinity();
  bool operator==(const PointColouring&) const = default;
};

/// Sets colours and filter of points that stand for the images of the columns, in their order.
void colourPoints(PlanePoints& points, const std::vector<DataColumn>& columns,
                  const PointColouring& colouring);

Json colouringToJson(const PointColouring& colouring);
PointColouring colouringFromJson(const Json& json); ///< what is missing or of another type is the default

} // namespace latent::ui
