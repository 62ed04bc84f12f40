// Modes whose columns or lines are images of the test set: Reconstruct and Noise.
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

class ReconstructColumns : public CompareColumns {
 public:
  ReconstructColumns(const ReconstructSettings& settings, ColumnsContext context)
      : m_settings(settings), m_context(std::move(context)) {}

  std::vector<GridColumn> heads() const override {
    std::vector<GridColumn> heads;
    for (const CompareInput& input : m_context.inputs)
      heads.push_back({input.head, input.words, toQImage(input.image)});
    return heads;
  }
  std::vector<ColumnLine> lines(const CompareRow& row) const override {
    if (const QString why = whyNoInputs(row, m_context); !why.isEmpty()) return {sentenceLine(why)};
    std::vector<ColumnLine> lines(m_settings.errorMap ? 2 : 1);
    lines.front().kind = ColumnLine::Kind::reconstruct;
    if (m_settings.errorMap) {
      lines.back().kind = ColumnLine::Kind::errorMap;
      lines.back().label = QStringLiteral("|x − x̂|");
      lines.back().note = tr("0 dark, 1 bright");
    }
    return lines;
  }
  std::vector<CompareInput> columnInputs() const override { return m_context.inputs; }

 private:
  ReconstructSettings m_settings;
  ColumnsContext m_context;
};

/// Columns: sigmas, and within each the draws unless their mean is shown. Lines: subjects by runs.
class NoiseColumns : public CompareColumns {
 public:
  NoiseColumns(const NoiseSettings& settings, ColumnsContext context)
      : m_settings(settings), m_context(std::move(context)) {}

  std::vector<GridColumn> heads() const override {
    std::vector<GridColumn> heads;
    for (const double sigma : m_settings.sigmas)
      for (int draw = 0; draw < columnsOf(sigma); ++draw) {
        GridColumn head;
        head.label = QStringLiteral("σ %1").arg(numberText(sigma));
        head.words = head.label;
        if (columnsOf(sigma) > 1) {
          head.label += QStringLiteral(" · %1").arg(draw + 1);
          head.words += tr(", draw %1").arg(draw + 1);
        } else if (m_settings.mean && m_settings.draws > 1 && sigma > 0) {
          head.words += tr(", mean of %1 draws").arg(m_settings.draws);
        }
        heads.push_back(std::move(head));
      }
    return heads;
  }
  std::vector<ColumnLine> lines(const CompareRow& row) const override {
    if (row.discrete)
      return {sentenceLine(tr("Tokens have no σ: a code of a codebook cannot be moved by a little."))};
    if (const QString why = whyNoInputs(row, m_context); !why.isEmpty()) return {sentenceLine(why)};
    std::vector<ColumnLine> lines;
    for (size_t i = 0; i < m_context.inputs.size(); ++i) {
      ColumnLine line;
      line.subject = static_cast<int>(i);
      line.lead = toQImage(m_context.inputs[i].image);
      lines.push_back(std::move(line));
    }
    return lines;
  }
  std::vector<CompareInput> anchors() const override { return m_context.inputs; }
  CodesNeed codesNeed(const CompareRow& row) const override {
    return {.summary = m_settings.scale == NoiseScale::spread && !row.discrete};
  }
  CellPoints points(const ColumnLine& line, int column, const RowFacts& facts,
                    const RowFacts&) const override {
    const auto subject = static_cast<size_t>(line.subject);
    const LatentPoint mu = anchorCode(facts, subject);
    const bool spread = m_settings.scale == NoiseScale::spread;
    if (mu.empty() || (spread && !facts.codes)) return {};
    const std::optional<NoisePlace> place = noiseAt(column);
    if (!place) return {};
    const double sigma = m_settings.sigmas[place->sigma];
    const int count = place->mean ? m_settings.draws : 1;
    CellPoints points;
    for (int i = 0; i < count; ++i) {
      const NoiseKey key{m_settings.seed, m_context.inputs[subject].item, place->draw + i};
      const LatentPoint z = perturbed(mu, sigma, latentNoise(key, static_cast<int>(mu.size())),
                                      spread ? facts.codes->summary.spread : std::vector<float>());
      points.z.insert(points.z.end(), z.begin(), z.end());
    }
    return points;
  }
  Image under(const ColumnLine& line) const override {
    return m_context.inputs[static_cast<size_t>(line.subject)].image;
  }
  std::optional<NoisePlace> noiseAt(int column) const override {
    for (size_t i = 0; i < m_settings.sigmas.size(); ++i) {
      const int columns = columnsOf(m_settings.sigmas[i]);
      if (column < columns)
        return NoisePlace{i, column, m_settings.mean && m_settings.draws > 1 && m_settings.sigmas[i] > 0};
      column -= columns;
    }
    return std::nullopt;
  }
  QString leadTitle() const override { return tr("Input x"); }

 private:
  int columnsOf(double sigma) const { return m_settings.mean || sigma == 0 ? 1 : m_settings.draws; }

  NoiseSettings m_settings;
  ColumnsContext m_context;
};

} // namespace

std::unique_ptr<CompareColumns> makeReconstructColumns(const ReconstructSettings& settings,
                                                       const ColumnsContext& context) {
  return std::make_unique<ReconstructColumns>(settings, context);
}

std::unique_ptr<CompareColumns> makeNoiseColumns(const NoiseSettings& settings,
                                                 const ColumnsContext& context) {
  return std::make_unique<NoiseColumns>(settings, context);
}

ColumnLine sentenceLine(const QString& sentence, int subject) {
  ColumnLine line;
  line.kind = ColumnLine::Kind::sentence;
  line.sentence = sentence;
  line.subject = subject;
  return line;
}

LatentPoint anchorCode(const RowFacts& facts, size_t index) {
  if (!facts.anchors || static_cast<int64_t>(index) >= facts.anchors->count) return {};
  const auto size = static_cast<size_t>(facts.anchors->latent);
  const auto first = facts.anchors->mu.begin() + static_cast<long>(index * size);
  return {first, first + static_cast<long>(size)};
}

CellPoints carried(Link link, const LatentPoint& z, const RowFacts& from, const RowFacts& to,
                   size_t inputAnchor) {
  if (from.row == to.row || (from.row && from.row->run == to.row->run)) return {z, {}};
  const auto endOf = [&](const RowFacts& facts) {
    LinkEnd end;
    end.name = QStringLiteral("%1 · %2").arg(facts.row->letter, facts.row->label).toStdString();
    end.latent = facts.row->latent;
    end.hasPrior = facts.row->hasPrior;
    end.discrete = facts.row->discrete;
    if (facts.codes) end.codes = facts.codes->sorted;
    const LatentPoint code = anchorCode(facts, inputAnchor);
    if (!code.empty()) end.inputCode = code;
    return end;
  };
  if (!from.row)
    return {{}, tr("The run of this point is not among the rows; show it to carry the point over.")};
  const LinkEnd target = endOf(to), origin = endOf(from);
  const bool waiting = link == Link::sameInput          ? !target.inputCode
                       : link == Link::sameDataQuantile ? !origin.codes || !target.codes
                                                        : false;
  if (waiting) return {};
  const Result<LatentPoint> point = linkedPoint(link, z, origin, target);
  if (!point) return {{}, QString::fromStdString(point.error().message)};
  return {*point, {}};
}

} // namespace latent::ui
