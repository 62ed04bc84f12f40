#include "ui/views/compare/cell_feed.h"

#include "ui/bridge/codes.h"
#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/job_bridge.h"
#include "ui/bridge/job_result.h"
#include "ui/bridge/library_bridge.h"
#include "ui/views/compare/cell_pictures.h"

#include <algorithm>
#include <typeinfo>

namespace latent::ui {
namespace {

constexpr int roundMs = 250;  ///< between two rounds of a run that trains
constexpr int codesMs = 3000; ///< between two passes over its test set

/// A key of a line's meaning: pictures of other lines that happen to stand in its place are not kept.
bool sameLine(const PlacedLine& a, const PlacedLine& b) {
  return a.source == b.source && a.line.kind == b.line.kind && a.line.subject == b.line.subject &&
         a.line.variant == b.line.variant;
}

} // namespace

CellFeed::CellFeed(const Workbench& bench, const CompareRows& rows, QObject* parent)
    : QObject(parent), m_bench(bench), m_rowList(rows) {
  connect(bench.explorer, &ExplorerBridge::reconstructionsReady, this,
          [this](const ReconstructFrame& frame) { take(frame); });
  connect(bench.explorer, &ExplorerBridge::imagesReady, this,
          [this](const ImagesFrame& frame) { take(frame); });
  connect(bench.explorer, &ExplorerBridge::tokensReady, this,
          [this](const TokensFrame& frame) { take(frame); });
  connect(bench.explorer, &ExplorerBridge::encodingReady, this,
          [this](const EncodeFrame& frame) { take(frame); });
  m_pace.setSingleShot(true);
  m_pace.setInterval(roundMs);
  connect(&m_pace, &QTimer::timeout, this, &CellFeed::pumpAll);
}

CellFeed::~CellFeed() = default;

CellFeed::Row& CellFeed::rowOf(const SourceId& source) {
  const auto [found, isNew] = m_rows.try_emplace(source);
  if (isNew) {
    if (m_freeViews.empty()) m_freeViews.push_back(m_bench.explorer->newView());
    found->second.view = m_freeViews.back();
    m_freeViews.pop_back();
  }
  return found->second;
}

const SourceId* CellFeed::sourceOf(ViewId view) const {
  for (const auto& [source, row] : m_rows)
    if (row.view == view) return &source;
  return nullptr;
}

void CellFeed::show(std::shared_ptr<const CompareColumns> columns, std::vector<PlacedLine> lines) {
  ++m_plan;
  const CompareColumns *was = m_columns.get(), *is = columns.get();
  const bool sameMode = was && is && typeid(*was) == typeid(*is);
  const bool sameLines = sameMode && std::ranges::equal(lines, m_lines, sameLine);
  m_window = {}; // of other columns; see() follows
  m_columns = std::move(columns);
  m_lines = std::move(lines);
  std::erase_if(m_rows, [this](auto& entry) {
    const bool used =
        std::ranges::any_of(m_lines, [&](const PlacedLine& line) { return line.source == entry.first; });
    if (used) return false;
    m_bench.explorer->cancel(entry.second.view);
    m_freeViews.push_back(entry.second.view);
    return true;
  });
  for (auto& [source, row] : m_rows) {
    row.refusals.clear();
    row.anchorsFresh = false;
    if (!sameLines) row.cells.clear();
    for (auto& [place, picture] : row.cells) picture.fresh = false;
  }
  pumpAll();
}

void CellFeed::see(const GridWindow& window) {
  m_window = window;
  pumpAll();
}

void CellFeed::setWatched(bool watched) {
  m_watched = watched;
  pumpAll();
}

void CellFeed::weightsChanged(const SourceId& source) {
  const auto found = m_rows.find(source);
  if (found != m_rows.end()) found->second.dirty = true;
  pump(source);
}

const CellPicture* CellFeed::picture(int line, int column) const {
  if (line < 0 || static_cast<size_t>(line) >= m_lines.size()) return nullptr;
  const auto row = m_rows.find(m_lines[static_cast<size_t>(line)].source);
  if (row == m_rows.end()) return nullptr;
  const auto cell = row->second.cells.find({line, column});
  return cell == row->second.cells.end() ? nullptr : &cell->second;
}

QString CellFeed::refusal(int line) const {
  if (line < 0 || static_cast<size_t>(line) >= m_lines.size()) return {};
  const auto row = m_rows.find(m_lines[static_cast<size_t>(line)].source);
  if (row == m_rows.end()) return {};
  const auto found = row->second.refusals.find(line);
  return found == row->second.refusals.end() ? QString() : found->second;
}

std::vector<float> CellFeed::spread(const SourceId& source) const {
  const auto found = m_rows.find(source);
  return found == m_rows.end() ? std::vector<float>() : found->second.codes.summary.spread;
}

bool CellFeed::complete() const {
  for (int line = m_window.firstLine; line < m_window.endLine; ++line) {
    if (static_cast<size_t>(line) >= m_lines.size()) return false;
    const PlacedLine& placed = m_lines[static_cast<size_t>(line)];
    if (placed.line.kind == ColumnLine::Kind::sentence) continue;
    const auto row = m_rows.find(placed.source);
    if (row == m_rows.end() || row->second.dirty) return false;
    if (row->second.refusals.contains(line)) continue;
    for (int column = m_window.firstColumn; column < m_window.endColumn; ++column)
      if (const CellPicture* cell = picture(line, column); !cell || !cell->fresh) return false;
  }
  return true;
}

void CellFeed::pumpAll() {
  std::set<SourceId> sources;
  for (const PlacedLine& line : m_lines) sources.insert(line.source);
  for (const SourceId& source : sources) pump(source);
}

// A new round: other weights. What is shown stays until its successor comes.
void CellFeed::restart(const SourceId& source) {
  Row& row = rowOf(source);
  row.dirty = false;
  row.anchorsFresh = false;
  row.sinceRound.start();
  row.refusals.clear();
  for (auto& [place, picture] : row.cells) picture.fresh = false;
}

void CellFeed::pump(const SourceId& source) {
  const CompareRow* place = m_rowList.find(source);
  if (!m_watched || !m_columns || !place || !place->weights || !place->problem.isEmpty()) return;
  if (!m_bench.explorer->hasSource(source)) return;
  const bool drawn = std::ranges::any_of(m_lines, [&source](const PlacedLine& line) {
    return line.source == source && line.line.kind != ColumnLine::Kind::sentence;
  });
  if (!drawn) return;
  Row& row = rowOf(source);
  if (row.reconstructing != Busy::no || row.decoding || row.drawing) return;
  if (row.dirty) {
    // Weights that come all the time leave the processor to training between two rounds.
    if (row.sinceRound.isValid() && row.sinceRound.elapsed() < roundMs && place->live) {
      if (!m_pace.isActive()) m_pace.start();
    } else {
      restart(source);
    }
  }
  if (!askAnchors(source, row)) return;
  if (!askCodes(*place, row)) return;
  askReconstructions(source, row);
  askPoints(*place, row);
  askTokens(*place, row);
}

/// True when the codes of the mode's inputs are known.
bool CellFeed::askAnchors(const SourceId& source, Row& row) {
  const std::vector<CompareInput> anchors = m_columns->anchors();
  if (anchors.empty() || row.anchorsFresh) return true;
  const CompareRow* place = m_rowList.find(source);
  const bool needed = std::ranges::any_of(m_lines, [&](const PlacedLine& line) {
    return line.source == source && line.line.kind == ColumnLine::Kind::points;
  });
  std::vector<Image> inputs;
  for (const CompareInput& input : anchors) {
    if (input.image.empty() || input.image.shape != place->spec.shape) return !needed; // not here yet
    inputs.push_back(input.image);
  }
  if (!needed) return true;
  row.reconstructing = Busy::anchors;
  row.askedPlan = m_plan;
  m_bench.explorer->requestReconstructions(row.view, source, std::move(inputs));
  return false;
}

/// True when what the mode needs of the row's codes is known.
bool CellFeed::askCodes(const CompareRow& place, Row& row) {
  const CodesNeed need = m_columns->codesNeed(place);
  const bool known = row.codesStep >= 0 && (!need.summary || !row.codes.summary.spread.empty()) &&
                     (!need.sorted || row.codes.sorted) && (!need.fit || row.codes.fit);
  const bool current = row.codesStep == place.weights->step;
  if (!need.any() || (known && current)) return true;
  if (row.encoding || row.computing) return known;
  const bool soon = row.sinceCodes.isValid() && row.sinceCodes.elapsed() < codesMs;
  if (known && place.live && soon) return true; // those of slightly older weights
  if (current && row.codes.points) {
    computeCodes(place.source, row.codes.points, row.codesStep, need);
    return known;
  }
  const auto split = m_bench.library->split(place.dataset, "test");
  if (!split) {
    m_bench.library->loadDataset(place.dataset);
    return known;
  }
  row.encoding = true;
  row.sinceCodes.start();
  m_bench.explorer->requestEncoding(row.view, place.source, split, 0);
  return known;
}

void CellFeed::take(const EncodeFrame& frame) {
  const SourceId* source = sourceOf(frame.head.view);
  if (!source) return;
  Row& row = m_rows[*source];
  row.encoding = false;
  if (!frame.error.empty()) return refuseAll(*source, row, QString::fromStdString(frame.error));
  const CompareRow* place = m_rowList.find(*source);
  if (!place || !m_columns) return;
  const CodesNeed need = m_columns->codesNeed(*place);
  computeCodes(SourceId(*source), std::make_shared<const Encoded>(frame.points), frame.step, need);
}

// Sorting and fitting the codes of many latents takes a good part of a second.
void CellFeed::computeCodes(const SourceId& source, const std::shared_ptr<const Encoded>& points,
                            int64_t step, const CodesNeed& need) {
  Row& row = rowOf(source);
  row.computing = true;
  const CodeFacts before = row.codesStep == step ? row.codes : CodeFacts();
  startJob<CodeFacts>(
      *m_bench.jobs, JobBridge::Lane::quick, "Looking at the codes", this,
      [points, step, need, before](JobControl&) -> Result<CodeFacts> {
        CodeFacts facts = before;
        facts.points = points;
        EncodeFrame frame;
        frame.step = step;
        frame.points = *points;
        facts.summary = Codes(frame).summary();
        if (need.sorted) facts.sorted = std::make_shared<const SortedCodes>(*points);
        if (need.fit) facts.fit = fitGaussian(*points);
        return facts;
      },
      [this, source, step](const Result<CodeFacts>& facts) {
        const auto known = m_rows.find(source);
        if (known == m_rows.end()) return;
        known->second.computing = false;
        if (!facts) return refuseAll(source, known->second, QString::fromStdString(facts.error().message));
        known->second.codes = *facts;
        known->second.codesStep = step;
        for (auto& [cell, picture] : known->second.cells) picture.fresh = false; // they may follow from these
        emit spreadChanged(source);
        pump(source);
      });
}

void CellFeed::put(Row& row, Place place, CellPicture picture) {
  row.cells[place] = std::move(picture);
  emit arrived(place.first, place.second);
}

void CellFeed::refuse(Row& row, int line, const QString& sentence) {
  const auto [entry, isNew] = row.refusals.try_emplace(line, sentence);
  if (isNew) emit failed(line, sentence);
}

void CellFeed::refuseAll(const SourceId& source, Row& row, const QString& sentence) {
  for (size_t i = 0; i < m_lines.size(); ++i)
    if (m_lines[i].source == source) refuse(row, static_cast<int>(i), sentence);
}

} // namespace latent::ui
