#include "ui/views/compare/compare_columns.h"

#include "ui/views/compare/column_modes.h"

#include <QCoreApplication>

namespace latent::ui {

QString whyNoInputs(const CompareRow& row, const ColumnsContext& context) {
  if (row.spec.shape != context.shape)
    return CompareRows::tr("Reads images of %1 × %2, not of %3 × %4.")
        .arg(row.spec.shape.height)
        .arg(row.spec.shape.width)
        .arg(context.shape.height)
        .arg(context.shape.width);
  if (row.dataset != context.dataset)
    return CompareRows::tr("Learnt %1: images of %2 are not its own.")
        .arg(row.datasetName, context.datasetName);
  return {};
}

std::unique_ptr<CompareColumns> makeColumns(const CompareSettings& settings, const ColumnsContext& context) {
  switch (settings.mode) {
  case CompareMode::reconstruct:
    return makeReconstructColumns(settings.reconstruct, context);
  case CompareMode::noise:
    return makeNoiseColumns(settings.noise, context);
  case CompareMode::sample:
    return makeSampleColumns(settings.sample, context);
  case CompareMode::interpolate:
    return makeInterpolateColumns(settings.interpolate, context);
  case CompareMode::sweep:
    break;
  }
  return makeSweepColumns(settings.sweep, context);
}

} // namespace latent::ui
