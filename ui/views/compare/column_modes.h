// The modes of Compare, one function each. Private to ui/views/compare.
#pragma once

#include "ui/views/compare/compare_columns.h"

#include <memory>

namespace latent::ui {

std::unique_ptr<CompareColumns> makeReconstructColumns(const ReconstructSettings& settings,
                                                       const ColumnsContext& context);
std::unique_ptr<CompareColumns> makeNoiseColumns(const NoiseSettings& settings,
                                                 const ColumnsContext& context);
std::unique_ptr<CompareColumns> makeSampleColumns(const SampleSettings& settings,
                                                  const ColumnsContext& context);
std::unique_ptr<CompareColumns> makeInterpolateColumns(const InterpolateSettings& settings,
                                                       const ColumnsContext& context);
std::unique_ptr<CompareColumns> makeSweepColumns(const SweepSettings& settings,
                                                 const ColumnsContext& context);

/// One line that says why there is none.
ColumnLine sentenceLine(const QString& sentence, int subject = 0);
/// mu of anchor `index`; empty while it is not known.
LatentPoint anchorCode(const RowFacts& facts, size_t index);
/// A point of one run in another, by the link. Without a sentence and empty while codes are on their way.
CellPoints carried(Link link, const LatentPoint& z, const RowFacts& from, const RowFacts& to,
                   size_t inputAnchor);

} // namespace latent::ui
