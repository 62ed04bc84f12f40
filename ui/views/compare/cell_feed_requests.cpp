// What a CellFeed asks of the viewing thread for its cells, and how it takes the answers.
#include "core/base/latent_statistics.h"
#include "core/figure/colours.h"
#include "ui/bridge/explorer_bridge.h"
#include "ui/views/compare/cell_feed.h"
#include "ui/views/compare/cell_pictures.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace latent::ui {

/// Cells of these lines that are seen and not there, or not of this plan and these weights.
std::vector<CellFeed::Place> CellFeed::wanted(const SourceId& source, Row& row, ColumnLine::Kind kind) const {
  std::vector<Place> places;
  for (int line = m_window.firstLine; line < m_window.endLine; ++line) {
    if (static_cast<size_t>(line) >= m_lines.size()) break;
    const PlacedLine& placed = m_lines[static_cast<size_t>(line)];
    if (placed.source != source || placed.line.kind != kind || row.refusals.contains(line)) continue;
    for (int column = m_window.firstColumn; column < m_window.endColumn; ++column) {
      const auto known = row.cells.find({line, column});
      if (known == row.cells.end() || !known->second.fresh) places.emplace_back(line, column);
    }
  }
  return places;
}

RowFacts CellFeed::factsOf(const SourceId& source) const {
  RowFacts facts;
  facts.row = m_rowList.find(source);
  const auto row = m_rows.find(source);
  if (row == m_rows.end()) return facts;
  if (row->second.anchorsFresh) facts.anchors = &row->second.anchors;
  if (row->second.codesStep >= 0) facts.codes = &row->second.codes;
  return facts;
}

void CellFeed::askReconstructions(const SourceId& source, Row& row) {
  std::vector<Place> places = wanted(source, row, ColumnLine::Kind::reconstruct);
  for (const Place& place : wanted(source, row, ColumnLine::Kind::errorMap)) places.push_back(place);
  if (places.empty()) return;
  const std::vector<CompareInput> inputs = m_columns->columnInputs();
  std::set<int> columns;
  for (const auto& [line, column] : places) columns.insert(column);
  row.asked.clear();
  std::vector<Image> images;
  for (const int column : columns) {
    if (static_cast<size_t>(column) >= inputs.size()) continue;
    images.push_back(inputs[static_cast<size_t>(column)].image);
    row.asked.emplace_back(-1, column); // for every line of this row
  }
  if (images.empty()) return;
  row.reconstructing = Busy::cells;
  row.askedPlan = m_plan;
  m_bench.explorer->requestReconstructions(row.view, source, std::move(images));
}

void CellFeed::take(const ReconstructFrame& frame) {
  const SourceId* known = sourceOf(frame.head.view);
  if (!known) return;
  const SourceId source = *known;
  Row& row = m_rows[source];
  const Busy was = std::exchange(row.reconstructing, Busy::no);
  if (!frame.error.empty()) return refuseAll(source, row, QString::fromStdString(frame.error));
  if (row.askedPlan == m_plan && was == Busy::anchors) {
    row.anchors = frame.posteriors;
    row.anchorsFresh = true;
  } else if (row.askedPlan == m_plan && was == Busy::cells) {
    const LatentPoint none;
    const auto size = static_cast<size_t>(frame.posteriors.latent);
    for (size_t i = 0; i < std::min(row.asked.size(), frame.outputs.size()); ++i) {
      CellPicture picture;
      picture.image = frame.outputs[i];
      picture.under = frame.inputs[i];
      const auto first = frame.posteriors.mu.begin() + static_cast<long>(i * size);
      if (frame.posteriors.count > static_cast<int64_t>(i))
        picture.z.assign(first, first + static_cast<long>(size));
      picture.step = frame.step;
      picture.error = squaredError(frame.inputs[i], frame.outputs[i]);
      picture.fresh = true;
      for (size_t line = 0; line < m_lines.size(); ++line) {
        if (m_lines[line].source != source) continue;
        const Place place(static_cast<int>(line), row.asked[i].second);
        if (m_lines[line].line.kind == ColumnLine::Kind::reconstruct) put(row, place, picture);
        if (m_lines[line].line.kind != ColumnLine::Kind::errorMap) continue;
        CellPicture map = picture;
        map.image = errorImage(frame.inputs[i], frame.outputs[i]);
        put(row, place, std::move(map));
      }
    }
  }
  pump(source);
  if (was == Busy::anchors && m_columns && !m_columns->originRun().empty()) pumpAll(); // others wait for it
}

void CellFeed::askPoints(const CompareRow& place, Row& row) {
  if (row.reconstructing != Busy::no) return;
  const RowFacts facts = factsOf(place.source), origin = factsOf(m_columns->originRun());
  std::vector<float> z;
  row.asked.clear();
  row.pointsOf.clear();
  for (const Place& cell : wanted(place.source, row, ColumnLine::Kind::points)) {
    const ColumnLine& line = m_lines[static_cast<size_t>(cell.first)].line;
    if (row.refusals.contains(cell.first)) continue;
    const CellPoints points = m_columns->points(line, cell.second, facts, origin);
    if (!points.sentence.isEmpty()) refuse(row, cell.first, points.sentence);
    if (points.z.empty()) continue;
    z.insert(z.end(), points.z.begin(), points.z.end());
    row.asked.push_back(cell);
    row.pointsOf.push_back(static_cast<int64_t>(points.z.size()) / place.latent);
  }
  if (row.asked.empty()) return;
  row.decoding = true;
  row.askedPlan = m_plan;
  const int64_t count = static_cast<int64_t>(z.size()) / place.latent;
  m_bench.explorer->requestImages(row.view, place.source, std::move(z), count);
}

void CellFeed::take(const ImagesFrame& frame) {
  const SourceId* known = sourceOf(frame.head.view);
  if (!known) return;
  const SourceId source = *known;
  Row& row = m_rows[source];
  row.decoding = false;
  if (!frame.error.empty()) return refuseAll(source, row, QString::fromStdString(frame.error));
  const int64_t pixels = frame.shape.pixels();
  const int64_t expected = std::accumulate(row.pointsOf.begin(), row.pointsOf.end(), int64_t{0});
  if (row.askedPlan == m_plan && expected == frame.count && m_columns) {
    const size_t latent = frame.z.size() / static_cast<size_t>(std::max<int64_t>(frame.count, 1));
    size_t first = 0;
    for (size_t i = 0; i < row.asked.size(); ++i) {
      const auto [line, column] = row.asked[i];
      const auto count = static_cast<size_t>(row.pointsOf[i]);
      const ColumnLine& placed = m_lines[static_cast<size_t>(line)].line;
      CellPicture picture;
      picture.image =
          m_columns->finished(meanImage(frame.shape, std::span(frame.pixels)
                                                         .subspan(first * static_cast<size_t>(pixels),
                                                                  count * static_cast<size_t>(pixels))),
                              column);
      picture.under = m_columns->under(placed);
      if (count == 1) {
        const auto z = frame.z.begin() + static_cast<long>(first * latent);
        picture.z.assign(z, z + static_cast<long>(latent));
      }
      picture.step = frame.step;
      picture.fresh = true;
      first += count;
      put(row, {line, column}, std::move(picture));
    }
  }
  pump(source);
}

// One map at a time; the first answer of a row tells how large its maps are.
void CellFeed::askTokens(const CompareRow& place, Row& row) {
  const std::vector<Place> places = wanted(place.source, row, ColumnLine::Kind::tokens);
  if (places.empty()) return;
  row.asked = {places.front()};
  row.askedPlan = m_plan;
  row.drawing = true;
  TokensRequest request;
  if (row.mapRows == 0) {
    request.input = {place.spec.shape,
                     std::vector<float>(static_cast<size_t>(place.spec.shape.pixels()), 0.0F)};
  } else {
    request = m_columns->tokens(places.front().second);
    request.tokens.assign(static_cast<size_t>(row.mapRows) * static_cast<size_t>(row.mapColumns), 0);
  }
  m_bench.explorer->requestTokens(row.view, place.source, std::move(request));
}

void CellFeed::take(const TokensFrame& frame) {
  const SourceId* known = sourceOf(frame.head.view);
  if (!known) return;
  const SourceId source = *known;
  Row& row = m_rows[source];
  row.drawing = false;
  if (!frame.error.empty()) return refuseAll(source, row, QString::fromStdString(frame.error));
  if (row.mapRows == 0) {
    row.mapRows = frame.rows;
    row.mapColumns = frame.columns;
    if (!frame.hasPrior)
      refuseAll(source, row,
                tr("Trained without a prior over its tokens, so there is nothing to draw from."));
  } else if (row.askedPlan == m_plan && !row.asked.empty() && m_columns) {
    CellPicture picture;
    picture.image = m_columns->finished(frame.image, row.asked.front().second);
    picture.step = frame.step;
    picture.fresh = true;
    put(row, row.asked.front(), std::move(picture));
  }
  pump(source);
}

} // namespace latent::ui
