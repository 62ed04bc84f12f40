// The figures of the report "AE against VAE".
#include "core/run/report/ae_against_vae.h"

#include "core/models/families.h"
#include "core/run/classifier_cache.h"
#include "core/run/faceted_curves.h"
#include "core/run/figure_parts.h"
#include "core/run/noise_figure.h"
#include "core/run/noise_runs.h"
#include "core/run/report/part_control.h"
#include "core/run/report/run_settings.h"
#include "core/run/report/runs_table.h"
#include "core/run/sample_figure.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace latent {
namespace {

using namespace detail;

constexpr int sampleRows = 3, sampleColumns = 8; // of each model

std::string latentWords(int latents) {
  return std::to_string(latents) + (latents == 1 ? " latent" : " latents");
}

bool hasCurves(const RunFolder& run) {
  const auto table = run.metrics();
  return table && std::ranges::any_of(table->rows, [](const Metric& row) { return row.split == "test"; });
}

/// "hidden layers 500, activation relu, ...": the settings that all of the runs have; what is 0 is off.
std::string commonSettings(const std::vector<RunFolder>& runs) {
  std::map<std::string, std::string> common = settingsOf(runs.front());
  for (const RunFolder& run : runs) {
    const auto own = settingsOf(run);
    std::erase_if(common, [&](const auto& each) {
      const auto found = own.find(each.first);
      return found == own.end() || found->second != each.second;
    });
  }
  std::string text;
  for (const ParameterSpec& spec : familyOf(runs.front()).schema) {
    const auto found = common.find(spec.key);
    if (found == common.end() || found->second == "0") continue;
    std::string label = spec.label;
    if (!label.empty() && label[0] >= 'A' && label[0] <= 'Z')
      label[0] = static_cast<char>(label[0] - 'A' + 'a');
    text += (text.empty() ? "" : ", ") + label + " " + found->second;
  }
  return text;
}

class Maker {
 public:
  Maker(const AeVaePlan& plan, const AeVaeOptions& options, const Dataset& data, JobControl& control)
      : m_plan(plan), m_options(options), m_data(data), m_control(control) {}

  Result<Report> make() {
    begin();
    const auto& pairs = m_plan.pairs;
    const auto two = std::ranges::find(pairs, 2, &AeVaePair::latent);
    // The noise of a pair takes about as long as all the rest.
    m_parts = 5 + 4 * std::ssize(pairs);
    const auto steps = {&Maker::curves, &Maker::bounds};
    for (const auto step : steps)
      if (Status status = (this->*step)(); !status) return status.error();
    for (const AeVaePair& pair : pairs)
      if (Status status = reconstructions(pair); !status) return status.error();
    if (two != pairs.end()) {
      if (Status status = plane(*two, true); !status) return status.error();
      if (Status status = plane(*two, false); !status) return status.error();
    }
    if (Status status = samples(); !status) return status.error();
    for (const AeVaePair& pair : pairs)
      if (Status status = noise(pair); !status) return status.error();
    if (Status status = table(); !status) return status.error();
    m_control.setProgress(1);
    return std::move(m_report);
  }

 private:
  static std::vector<FigureSource> sourcesOf(const AeVaePair& pair) {
    return {{pair.ae, {}}, {pair.vae, {}}};
  }

  /// The heading stands at the first item under it.
  void under(const std::string& heading) { m_heading = heading; }

  void add(const std::string& id, Figure figure, const std::string& more = {}) {
    ReportItem item;
    item.id = freshItemId(m_report, id);
    item.caption = captionOf(figure);
    if (!more.empty()) item.caption += " " + more;
    item.figure = std::make_shared<const Figure>(std::move(figure));
    item.heading = std::exchange(m_heading, {});
    m_report.items.push_back(std::move(item));
  }

  /// The share of the next part in the whole.
  PartControl part(int64_t parts) {
    const double share = static_cast<double>(parts) / static_cast<double>(m_parts);
    const double from = m_done;
    m_done += share;
    return PartControl(m_control, from, share);
  }

  void begin() {
    const RunRecord& record = m_plan.runs.front().record();
    m_report.title = "Autoencoder against variational autoencoder on " + record.datasetName;
    m_report.introduction =
        "Autoencoders (AE) and variational autoencoders (VAE) with N_z latents, trained on the " +
        grouped(record.trainImages) + " training images of " + record.datasetName + " and measured on its " +
        grouped(record.testImages) + " test images.";
    const std::string settings = commonSettings(m_plan.runs);
    if (!settings.empty()) m_report.introduction += " Settings of all runs: " + settings + ".";
    m_report.introduction += "\n\nThe AE minimises recon, the mean over the images of −log p(x|z), summed "
                             "over the pixels. The VAE "
                             "minimises recon + KL, and ELBO = −(recon + KL) is a lower bound on log p(x). "
                             "An AE has no such bound: "
                             "its recon and the ELBO of a VAE are different quantities.";
  }

  Status curves() {
    std::vector<CurveFacet> facets;
    for (const AeVaePair& pair : m_plan.pairs)
      if (hasCurves(pair.ae) && hasCurves(pair.vae))
        facets.push_back({latentWords(pair.latent), {pair.ae, pair.vae}});
    if (facets.empty()) return done();
    under("Training");
    CurvesOptions view = curvesView("recon");
    view.look.sharedY = true;
    auto figure = facetedCurves(facets, view);
    if (!figure) return figure.error();
    const auto columns = static_cast<size_t>(figure->panelColumns);
    const size_t rows = (facets.size() + columns - 1) / columns;
    figure->heightMm = 48 * static_cast<double>(rows) + 8;
    add("curves-recon", *std::move(figure), "One panel for each N_z.");
    return done();
  }

  Status bounds() {
    std::vector<RunFolder> vaes;
    for (const AeVaePair& pair : m_plan.pairs)
      if (hasCurves(pair.vae)) vaes.push_back(pair.vae);
    if (vaes.empty()) return done();
    CurvesOptions view = curvesView("elbo");
    view.series.emplace_back("kl");
    auto figure = curvesFigure(vaes, view);
    if (!figure) return figure.error();
    figure->heightMm = 62;
    add("curves-elbo", *std::move(figure));
    return done();
  }

  CurvesOptions curvesView(const std::string& series) const {
    CurvesOptions view;
    view.series = {series};
    view.widthMm = m_options.widthMm;
    return view;
  }

  Status reconstructions(const AeVaePair& pair) {
    if (&pair == &m_plan.pairs.front()) under("Reconstructions");
    PartControl control(part(1));
    ReconstructOptions view;
    view.widthMm = m_options.widthMm;
    auto figure = reconstructFigure(sourcesOf(pair), view, m_data, control.control());
    if (!figure) return figure.error();
    add("reconstructions-z" + std::to_string(pair.latent), *std::move(figure));
    return done();
  }

  /// Both planes beside each other: the codes by class, or the images that the decoder makes there.
  Status plane(const AeVaePair& pair, bool codes) {
    if (codes) under("Latent planes");
    PartControl control(part(1));
    PlaneOptions view;
    view.look.tiles = !codes;
    view.look.rings = codes;
    if (!codes) view.points = 0;
    view.widthMm = m_options.widthMm / 2;
    std::vector<Figure> planes;
    const std::vector<FigureSource> sources = sourcesOf(pair);
    for (const FigureSource& source : sources) {
      auto one = planeFigure(source, view, &m_data, control.control());
      if (!one) return one.error();
      planes.push_back(*std::move(one));
    }
    add(codes ? "plane-codes" : "plane-images",
        planesBesideEachOther(std::move(planes), distinctNames(sources), m_options.widthMm));
    return done();
  }

  Status samples() {
    if (m_plan.pairs.empty()) return done();
    under("Samples from the prior");
    PartControl control(part(1));
    SampleBlocks layout;
    layout.rows = sampleRows;
    layout.columns = sampleColumns;
    std::vector<FigureSource> sources;
    for (const AeVaePair& pair : m_plan.pairs) {
      const std::string size = " z" + std::to_string(pair.latent) + ", ";
      const size_t ae = sources.size(), vae = ae + 1;
      layout.blocks.push_back({"AE" + size + "z from N(0, I)", ae, SampleSource::prior});
      layout.blocks.push_back({"VAE" + size + "z from N(0, I)", vae, SampleSource::prior});
      layout.blocks.push_back({"AE" + size + "Gaussian of its codes", ae, SampleSource::codes});
      for (const FigureSource& source : sourcesOf(pair)) sources.push_back(source);
    }
    SampleOptions view;
    view.seed = m_options.seed;
    auto figure = sampleBlocks(sources, layout, view, m_options.widthMm, m_data, control.control());
    if (!figure) return figure.error();
    add("samples", *std::move(figure));
    return done();
  }

  Status noise(const AeVaePair& pair) {
    if (&pair == &m_plan.pairs.front()) {
      under("Noise on the codes");
      if (Status status = findClassifier(); !status) return status;
    }
    PartControl control(part(3));
    NoiseOptions view;
    view.seed = m_options.seed;
    view.widthMm = m_options.widthMm;
    auto figure = noiseFigure(sourcesOf(pair), view, m_data, m_classifier.get(), control.control());
    if (!figure) return figure.error();
    const auto spread = spreadSentence(pair, control.control());
    if (!spread) return spread.error();
    add("noise-z" + std::to_string(pair.latent), *std::move(figure), *spread);
    // The same σ is little for wide codes; measured by each run's own spread it is as much for both.
    view.scale = NoiseScale::spread;
    view.pictures = false;
    auto scaled = noiseFigure(sourcesOf(pair), view, m_data, m_classifier.get(), control.control());
    if (!scaled) return scaled.error();
    add("noise-spread-z" + std::to_string(pair.latent), *std::move(scaled));
    return done();
  }

  /// What the same σ means for codes of different width.
  Result<std::string> spreadSentence(const AeVaePair& pair, JobControl& control) const {
    const auto runs = noiseRunsOf(sourcesOf(pair), NoiseScale::spread, m_data, control);
    if (!runs) return runs.error();
    std::vector<std::string> words;
    for (size_t i = 0; i < runs->size(); ++i) {
      const std::vector<float>& spread = (*runs)[i].spread;
      const double mean =
          std::accumulate(spread.begin(), spread.end(), 0.0) / static_cast<double>(spread.size());
      words.push_back(labelNumber(mean) + " of the " + (i == 0 ? "AE" : "VAE"));
    }
    return "Standard deviation of a latent over the test images, mean over the latents: " + listed(words) +
           ".";
  }

  /// None for data without classes.
  Status findClassifier() {
    PartControl control(part(1));
    const auto found = classifierOf(m_data, classifierFolder(), control.control());
    if (found)
      m_classifier = *found;
    else if (found.error().fault != Fault::usage)
      return found.error();
    return done();
  }

  Status table() {
    auto table = runsTable(m_plan.runs);
    if (!table) return table.error();
    ReportItem item;
    item.id = freshItemId(m_report, "runs");
    item.heading = "Runs";
    item.caption = "The runs and their measures of the test set at the end of training.";
    for (const std::string& note : m_plan.notes) item.notes += note + "\n\n";
    item.table = *std::move(table);
    m_report.items.push_back(std::move(item));
    return done();
  }

  const AeVaePlan& m_plan;
  const AeVaeOptions& m_options;
  const Dataset& m_data;
  JobControl& m_control;
  std::shared_ptr<const Classifier> m_classifier;
  Report m_report;
  std::string m_heading;
  int64_t m_parts = 1;
  double m_done = 0;
};

} // namespace

Result<Report> aeAgainstVae(const AeVaePlan& plan, const AeVaeOptions& options, const Dataset& data,
                            JobControl& control) {
  auto report = Maker(plan, options, data, control).make();
  if (control.cancelled()) return Error{Fault::interrupted, "Cancelled; no report was made."};
  return report;
}

} // namespace latent
