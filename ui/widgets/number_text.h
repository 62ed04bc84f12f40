// Latent points as text, the same in every locale: what is copied gives the same floats when it is pasted.
#pragma once

#include "core/base/latent_point.h"
#include "core/base/result.h"

#include <QString>

namespace latent::ui {

/// Shortest decimal that reads back as the same float, with at least two decimals: "0.50", "-1.20",
/// "0.12345679".
QString exactText(float value);
/// Three decimals, for lines that are only looked at: "0.123", never "-0.000".
QString shortText(float value);
/// "0.50, -1.20"
QString pointText(const LatentPoint& z);
/// Numbers separated by commas, semicolons or white space, in brackets or without. Usage error (naming the
/// text) for anything that is not a finite number, and for no number at all.
Result<LatentPoint> pointFromText(const QString& text);

} // namespace latent::ui
