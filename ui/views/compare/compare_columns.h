// What stands in the columns of Compare for each of its modes: heads, lines of a row, and the latent points
// of every cell. Plain values; CellFeed asks for the pictures.
#pragma once

#include "core/base/frames.h"
#include "core/base/latent_links.h"
#include "core/base/latent_statistics.h"
#include "core/base/pin.h"
#include "ui/views/compare/compare_grid.h"
#include "ui/views/compare/compare_inputs.h"
#include "ui/views/compare/compare_rows.h"
#include "ui/views/compare/compare_settings.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace latent::ui {

/// What is known of the codes of a row's test set. Each part is there once it was asked for and computed.
struct CodeFacts {
  std::shared_ptr<const Encoded> points;
  LatentSummary summary;
  std::shared_ptr<const SortedCodes> sorted;
  std::optional<Result<GaussianFit>> fit;
};

/// Which of them a mode needs of a row.
struct CodesNeed {
  bool summary = false, sorted = false, fit = false;
  bool any() const { return summary || sorted || fit; }
};

/// A row as a mode sees it.
struct RowFacts {
  const CompareRow* row = nullptr;
  const Encoded* anchors = nullptr; ///< codes of the mode's anchors; null before they are known
  const CodeFacts* codes = nullptr; ///< null before they are known
};

/// One line of the grid that a row has; most modes have one.
struct ColumnLine {
  enum class Kind {
    reconstruct, ///< x̂ of the columns' inputs
    errorMap,    ///< |x - x̂| of the line before
    points,      ///< decoded latent points
    tokens,      ///< maps of codes drawn from a prior
    sentence     ///< nothing: `sentence` says why
  } kind = Kind::points;
  QString sentence;
  QString label;   ///< in place of the row's; "" = the row's
  QString note;    ///< what this line shows of the row
  int subject = 0; ///< which input; lines are sorted by it, then by row
  int variant = 0; ///< the mode's own
  QImage lead;
};

/// z of one cell, [n, K]; several are averaged after decoding. Empty while something is not known, or, with a
/// sentence, for good.
struct CellPoints {
  std::vector<float> z;
  QString sentence;
};

class CompareColumns {
 public:
  virtual ~CompareColumns() = default;

  virtual std::vector<GridColumn> heads() const = 0;
  virtual std::vector<ColumnLine> lines(const CompareRow& row) const = 0;
  /// Inputs of the columns, for lines that reconstruct them.
  virtual std::vector<CompareInput> columnInputs() const { return {}; }
  /// Inputs whose codes the points follow from.
  virtual std::vector<CompareInput> anchors() const { return {}; }
  virtual CodesNeed codesNeed(const CompareRow&) const { return {}; }
  /// Of a line of kind points. `origin`: the facts of originRun(), where it is among the rows.
  virtual CellPoints points(const ColumnLine&, int, const RowFacts&, const RowFacts&) const { return {}; }
  /// The run whose point is carried over to others; "" = none.
  virtual RunId originRun() const { return {}; }
  /// Of a line of kind tokens.
  virtual TokensRequest tokens(int) const { return {}; }
  /// What is shown of a decoded image.
  virtual Image finished(Image mean, int) const { return mean; }
  /// What a picture is wiped to; an empty image where there is nothing.
  virtual Image under(const ColumnLine&) const { return {}; }
  /// Of a column of noise.
  struct NoisePlace {
    size_t sigma; ///< its place among the levels
    int draw;
    bool mean; ///< of several draws
  };
  virtual std::optional<NoisePlace> noiseAt(int) const { return std::nullopt; }
  virtual QString leadTitle() const { return {}; }
};

/// What all modes take from the window.
struct ColumnsContext {
  std::string dataset; ///< of the active run
  QString datasetName;
  ImageShape shape;
  RunId active;
  LatentPoint cursor;
  Link link = Link::sameInput;
  CompareInput input;               ///< the Input x; empty image while it is not here
  std::vector<CompareInput> inputs; ///< the chosen ones of the mode
  CompareInput fromItem, toItem;    ///< ends of a path that are images
  std::optional<Pin> fromPin, toPin;
};

std::unique_ptr<CompareColumns> makeColumns(const CompareSettings& settings, const ColumnsContext& context);

/// Why a row cannot be compared on these inputs; "" = it can.
QString whyNoInputs(const CompareRow& row, const ColumnsContext& context);

} // namespace latent::ui
