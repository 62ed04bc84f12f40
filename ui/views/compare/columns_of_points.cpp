// Modes whose columns are latent points: Sample, Interpolate and Sweep.
#include "core/base/pixel_draws.h"
#include "core/base/random.h"
#include "ui/views/compare/column_modes.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/image_view.h"

#include <QCoreApplication>

#include <utility>

namespace latent::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("CompareColumns", text);
}

std::vector<float> rowOf(const std::vector<float>& points, int row, size_t size) {
  const auto first = points.begin() + static_cast<long>(static_cast<size_t>(row) * size);
  return {first, first + static_cast<long>(size)};
}

/// Columns: draws. Equal eps for all rows of one latent size; a model without a prior has two lines.
class SampleColumns : public CompareColumns {
 public:
  enum Variant { standard, fitted };
  explicit SampleColumns(const SampleSettings& settings) : m_settings(settings) {}

  std::vector<GridColumn> heads() const override {
    std::vector<GridColumn> heads;
    for (int i = 1; i <= m_settings.count; ++i)
      heads.push_back({QString::number(i), tr("draw %1").arg(i), {}});
    return heads;
  }
  std::vector<ColumnLine> lines(const CompareRow& row) const override {
    ColumnLine line;
    const Parameters& parameters = row.spec.parameters;
    if (m_settings.bernoulli &&
        !(parameters.has("likelihood") && parameters.choice("likelihood") == "bernoulli"))
      return {sentenceLine(tr("Its pixels have no Bernoulli likelihood to draw them from; show means."))};
    if (row.discrete) {
      if (!row.spec.parameters.has("prior") || !row.spec.parameters.flag("prior"))
        return {
            sentenceLine(tr("Trained without a prior over its tokens, so there is nothing to draw from."))};
      line.kind = ColumnLine::Kind::tokens;
      line.note = tr("prior over tokens");
      return {line};
    }
    line.variant = standard;
    line.note = tr("prior N(0, I)");
    if (row.hasPrior) return {line};
    ColumnLine second;
    second.variant = fitted;
    second.note = tr("fitted to its codes");
    line.note = tr("N(0, I), no prior");
    return {line, second};
  }
  CodesNeed codesNeed(const CompareRow& row) const override {
    return {.fit = !row.hasPrior && !row.discrete};
  }
  CellPoints points(const ColumnLine& line, int column, const RowFacts& facts,
                    const RowFacts&) const override {
    const auto size = static_cast<size_t>(facts.row->latent);
    if (line.variant == standard) {
      const std::vector<float> all =
          drawPrior(facts.row->latent, column + 1, m_settings.seed, m_settings.temperature);
      return {rowOf(all, column, size), {}};
    }
    if (!facts.codes || !facts.codes->fit) return {};
    const Result<GaussianFit>& fit = *facts.codes->fit;
    if (!fit) return {{}, QString::fromStdString(fit.error().message)};
    return {rowOf(drawGaussian(*fit, column + 1, m_settings.seed, m_settings.temperature), column, size), {}};
  }
  TokensRequest tokens(int column) const override {
    TokensRequest request;
    request.drawFrom = 0;
    request.seed = deriveSeed(m_settings.seed, "sample " + std::to_string(column));
    request.temperature = m_settings.temperature;
    return request;
  }
  Image finished(Image mean, int column) const override {
    if (!m_settings.bernoulli) return mean;
    drawPixels(mean.pixels, m_settings.seed, column);
    return mean;
  }

 private:
  SampleSettings m_settings;
};

/// Columns: frames from one end to the other.
class InterpolateColumns : public CompareColumns {
 public:
  InterpolateColumns(const InterpolateSettings& settings, ColumnsContext context)
      : m_settings(settings), m_context(std::move(context)) {
    if (settings.from.kind != PathEnd::Kind::pin)
      m_from = settings.from.kind == PathEnd::Kind::input ? m_context.input : m_context.fromItem;
    if (settings.to.kind != PathEnd::Kind::pin)
      m_to = settings.to.kind == PathEnd::Kind::input ? m_context.input : m_context.toItem;
  }

  std::vector<GridColumn> heads() const override {
    std::vector<GridColumn> heads;
    const int last = m_settings.path.frames - 1;
    for (int i = 0; i < pathLength(m_settings.path); ++i) {
      const int frame = i <= last ? i : 2 * last - i;
      GridColumn head;
      head.label = QStringLiteral("t %1").arg(static_cast<double>(frame) / last, 0, 'f', 2);
      head.words = head.label;
      if (frame == 0) setEnd(head, m_from, m_context.fromPin);
      if (frame == last) setEnd(head, m_to, m_context.toPin);
      heads.push_back(std::move(head));
    }
    return heads;
  }
  std::vector<ColumnLine> lines(const CompareRow& row) const override {
    if (row.discrete) return {sentenceLine(tr("Tokens lie on no line: there is nothing between two codes."))};
    if (const QString why = whyNoInputs(row, m_context); !why.isEmpty()) return {sentenceLine(why)};
    for (const auto& [end, pin, image] : {std::tuple(&m_settings.from, &m_context.fromPin, &m_from),
                                          std::tuple(&m_settings.to, &m_context.toPin, &m_to)}) {
      if (end->kind == PathEnd::Kind::pin && !*pin)
        return {sentenceLine(tr("The pin of one end is gone; choose another end."))};
      if (end->kind != PathEnd::Kind::pin && image->image.empty())
        return {sentenceLine(tr("The test set has no such image; choose another end."))};
    }
    return {ColumnLine{}};
  }
  std::vector<CompareInput> anchors() const override {
    std::vector<CompareInput> inputs{m_context.input};
    for (const CompareInput* end : {&m_from, &m_to})
      inputs.push_back(end->image.empty() ? m_context.input : *end);
    return inputs;
  }
  CodesNeed codesNeed(const CompareRow& row) const override {
    return {.sorted = !originRun().empty() && m_context.link == Link::sameDataQuantile && !row.discrete};
  }
  RunId originRun() const override {
    if (m_context.fromPin) return m_context.fromPin->run;
    return m_context.toPin ? m_context.toPin->run : RunId();
  }
  CellPoints points(const ColumnLine&, int column, const RowFacts& facts,
                    const RowFacts& origin) const override {
    const CellPoints from = end(m_context.fromPin, 1, facts, origin);
    const CellPoints to = end(m_context.toPin, 2, facts, origin);
    if (from.z.empty() || to.z.empty()) return {{}, from.sentence.isEmpty() ? to.sentence : from.sentence};
    if (from.z.size() != to.z.size()) return {{}, tr("The two ends have different numbers of latents.")};
    return {rowOf(latentPath(from.z, to.z, m_settings.path), column, from.z.size()), {}};
  }

 private:
  static void setEnd(GridColumn& head, const CompareInput& input, const std::optional<Pin>& pin) {
    head.image = toQImage(pin ? pin->thumbnail : input.image);
    head.words += QStringLiteral(", ") + (pin ? QString::fromStdString(pin->name) : input.words);
  }
  CellPoints end(const std::optional<Pin>& pin, size_t anchor, const RowFacts& facts,
                 const RowFacts& origin) const {
    if (!pin) return {anchorCode(facts, anchor), {}};
    const RowFacts other; // the two pins may belong to different runs; the first one's facts are at hand
    return carried(m_context.link, pin->z, origin.row && origin.row->run == pin->run ? origin : other, facts,
                   0);
  }

  InterpolateSettings m_settings;
  ColumnsContext m_context;
  CompareInput m_from, m_to;
};

/// Columns: values of one latent; all others stay.
class SweepColumns : public CompareColumns {
 public:
  SweepColumns(const SweepSettings& settings, ColumnsContext context)
      : m_settings(settings), m_context(std::move(context)) {}

  std::vector<GridColumn> heads() const override {
    const TraversalRange& range = m_settings.range;
    const int last = m_settings.frames - 1;
    std::vector<GridColumn> heads;
    for (int i = 0; i <= last; ++i) {
      const double share = static_cast<double>(i) / last;
      GridColumn head;
      if (range.kind != RangeKind::dataQuantile)
        head.label = numberText(range.low + share * (range.high - range.low));
      else if (i == 0 || i == last)
        head.label = tr("q %1").arg(numberText(i == 0 ? range.low : range.high));
      else
        head.label = QStringLiteral("%1 %").arg(qRound(100 * share));
      head.words = head.label;
      heads.push_back(std::move(head));
    }
    return heads;
  }
  std::vector<ColumnLine> lines(const CompareRow& row) const override {
    if (row.discrete)
      return {sentenceLine(tr("A map of tokens has no latent to move; edit its cells in Explore, Codes."))};
    if (m_settings.latent >= row.latent)
      return {sentenceLine(
          tr("It has %1 latents, so there is no z%2.").arg(row.latent).arg(m_settings.latent + 1))};
    if (m_settings.start == SweepSettings::Start::input) {
      if (const QString why = whyNoInputs(row, m_context); !why.isEmpty()) return {sentenceLine(why)};
    }
    ColumnLine line;
    if (m_settings.range.kind == RangeKind::priorSigma && !row.hasPrior) line.note = tr("values, no prior");
    return {line};
  }
  std::vector<CompareInput> anchors() const override {
    if (m_context.input.image.empty()) return {};
    return {m_context.input};
  }
  CodesNeed codesNeed(const CompareRow& row) const override {
    const bool carries =
        m_settings.start == SweepSettings::Start::point && m_context.link == Link::sameDataQuantile;
    return {.summary = m_settings.start == SweepSettings::Start::priorMean && !row.hasPrior,
            .sorted = m_settings.range.kind == RangeKind::dataQuantile || carries};
  }
  RunId originRun() const override {
    return m_settings.start == SweepSettings::Start::point ? m_context.active : RunId();
  }
  CellPoints points(const ColumnLine&, int column, const RowFacts& facts,
                    const RowFacts& origin) const override {
    CellPoints start = startOf(facts, origin);
    if (start.z.empty()) return start;
    if (codesNeed(*facts.row).sorted && (!facts.codes || !facts.codes->sorted)) return {};
    const auto j = static_cast<size_t>(m_settings.latent);
    const std::span<const float> sorted = m_settings.range.kind == RangeKind::dataQuantile
                                              ? facts.codes->sorted->of(m_settings.latent)
                                              : std::span<const float>();
    const Result<Interval> interval = traversalInterval(m_settings.range, sorted);
    if (!interval) return {{}, QString::fromStdString(interval.error().message)};
    if (j >= start.z.size()) return {};
    return {rowOf(traversalStrip(start.z, m_settings.latent, *interval, m_settings.frames), column,
                  start.z.size()),
            {}};
  }

 private:
  CellPoints startOf(const RowFacts& facts, const RowFacts& origin) const {
    switch (m_settings.start) {
    case SweepSettings::Start::input:
      return {anchorCode(facts, 0), {}};
    case SweepSettings::Start::point:
      return carried(m_context.link, m_context.cursor, origin, facts, 0);
    case SweepSettings::Start::priorMean:
      break;
    }
    if (facts.row->hasPrior) return {LatentPoint(static_cast<size_t>(facts.row->latent), 0.0F), {}};
    return {facts.codes ? facts.codes->summary.mean : LatentPoint(), {}};
  }

  SweepSettings m_settings;
  ColumnsContext m_context;
};

} // namespace

std::unique_ptr<CompareColumns> makeSampleColumns(const SampleSettings& settings, const ColumnsContext&) {
  return std::make_unique<SampleColumns>(settings);
}

std::unique_ptr<CompareColumns> makeInterpolateColumns(const InterpolateSettings& settings,
                                                       const ColumnsContext& context) {
  return std::make_unique<InterpolateColumns>(settings, context);
}

std::unique_ptr<CompareColumns> makeSweepColumns(const SweepSettings& settings,
                                                 const ColumnsContext& context) {
  return std::make_unique<SweepColumns>(settings, context);
}

} // namespace latent::ui
