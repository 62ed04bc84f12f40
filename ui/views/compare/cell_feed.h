// Asks for the pictures of Compare's cells that are seen, and keeps what came.
#pragma once

#include "core/base/frames.h"
#include "ui/views/compare/compare_columns.h"
#include "ui/views/compare/compare_grid.h"
#include "ui/views/compare/compare_rows.h"
#include "ui/views/shared/workbench.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace latent::ui {

/// A line of the grid and the row it belongs to.
struct PlacedLine {
  SourceId source;
  ColumnLine line;
};

struct CellPicture {
  Image image, under;
  LatentPoint z; ///< of one point; empty for means of several and for tokens
  int64_t step = 0;
  std::optional<double> error; ///< sum over pixels of (x - x̂)², of reconstructions
  bool fresh = false;          ///< of the plan and the weights that are shown now
};

/// Each row has one view of the ExplorerBridge and at most one request of each kind under way, so that every
/// answer is known by its place and a fast stream of weights starves nothing. A new set of weights begins a
/// new round: codes first, then the pictures that follow from them; what was there stays until then.
class CellFeed : public QObject {
  Q_OBJECT
 public:
  /// Uses library, explorer and jobs of the workbench. `rows` outlives it.
  CellFeed(const Workbench& bench, const CompareRows& rows, QObject* parent = nullptr);
  ~CellFeed() override;

  /// Pictures of places that mean the same as before stay until they are replaced. see() must follow.
  void show(std::shared_ptr<const CompareColumns> columns, std::vector<PlacedLine> lines);
  void see(const GridWindow& window); ///< what is to be asked for
  void setWatched(bool watched);
  void weightsChanged(const SourceId& source);

  const CellPicture* picture(int line, int column) const; ///< null before it came
  QString refusal(int line) const;                        ///< why a line cannot be shown; "" = it can
  /// Spread of a row's codes; empty while nothing asked for it.
  std::vector<float> spread(const SourceId& source) const;
  bool complete() const; ///< everything that is seen is there, of the newest weights

 signals:
  void arrived(int line, int column);
  void failed(int line, const QString& sentence); ///< refusal() has a new sentence
  void spreadChanged(const latent::SourceId& source);

 private:
  enum class Busy { no, anchors, cells };
  using Place = std::pair<int, int>; ///< line, column

  struct Row {
    ViewId view = 0;
    // The round.
    bool anchorsFresh = false, dirty = false;
    QElapsedTimer sinceRound, sinceCodes;
    // Under way.
    Busy reconstructing = Busy::no;
    bool decoding = false, drawing = false, encoding = false, computing = false;
    uint64_t askedPlan = 0;        ///< of what is being reconstructed, decoded or drawn
    std::vector<Place> asked;      ///< cells of the request under way
    std::vector<int64_t> pointsOf; ///< points of each of them
    // Known.
    Encoded anchors;
    CodeFacts codes;
    int64_t codesStep = -1;
    int mapRows = 0, mapColumns = 0; ///< of its tokens
    std::map<Place, CellPicture> cells;
    std::map<int, QString> refusals; ///< lines that cannot be shown
  };

  Row& rowOf(const SourceId& source);
  void restart(const SourceId& source);
  void pump(const SourceId& source);
  void pumpAll();
  bool askAnchors(const SourceId& source, Row& row);
  bool askCodes(const CompareRow& place, Row& row);
  void computeCodes(const SourceId& source, const std::shared_ptr<const Encoded>& points, int64_t step,
                    const CodesNeed& need);
  void askReconstructions(const SourceId& source, Row& row);
  void askPoints(const CompareRow& place, Row& row);
  void askTokens(const CompareRow& place, Row& row);
  std::vector<Place> wanted(const SourceId& source, Row& row, ColumnLine::Kind kind) const;
  RowFacts factsOf(const SourceId& source) const;
  void put(Row& row, Place place, CellPicture picture);
  void refuse(Row& row, int line, const QString& sentence);
  void refuseAll(const SourceId& source, Row& row, const QString& sentence);

  void take(const ReconstructFrame& frame);
  void take(const ImagesFrame& frame);
  void take(const TokensFrame& frame);
  void take(const EncodeFrame& frame);
  const SourceId* sourceOf(ViewId view) const;

  Workbench m_bench;
  const CompareRows& m_rowList;
  std::shared_ptr<const CompareColumns> m_columns;
  std::vector<PlacedLine> m_lines;
  uint64_t m_plan = 0; ///< grows with each show()
  GridWindow m_window;
  bool m_watched = false;
  std::map<SourceId, Row> m_rows;
  std::vector<ViewId> m_freeViews;
  QTimer m_pace;
};

} // namespace latent::ui
