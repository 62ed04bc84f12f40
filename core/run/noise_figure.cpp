#include "core/run/noise_figure.h"

#include "core/explore/tile_grids.h"
#include "core/measure/noise_robustness.h"
#include "core/run/figure_parts.h"
#include "core/run/latent_view.h"
#include "core/run/noise_runs.h"
#include "core/run/run_viewer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace latent {
namespace {

constexpr int64_t picturedItems = 5;

std::vector<Subject> picturedOf(const NoiseOptions& options, const Split& split) {
  if (options.input) return {*options.input};
  std::vector<int64_t> items = options.items;
  if (items.empty()) {
    items.resize(static_cast<size_t>(std::min(picturedItems, split.size())));
    std::iota(items.begin(), items.end(), 0);
  }
  std::vector<Subject> subjects;
  subjects.reserve(items.size());
  for (const int64_t item : items) subjects.push_back({options.split, item, {}, {}});
  return subjects;
}

/// The mean of `draws` images that lie one after the other.
std::vector<float> meanOf(const std::vector<float>& images, size_t draws) {
  const size_t size = images.size() / draws;
  std::vector<float> mean(size, 0);
  for (size_t i = 0; i < images.size(); ++i) mean[i % size] += images[i] / static_cast<float>(draws);
  return mean;
}

/// Picture of one code at each sigma, one after the other.
Result<std::vector<float>> picturesOf(const Viewer& viewer, const NoiseRun& run, const LatentPoint& code,
                                      int64_t item, const NoiseOptions& options, JobControl& control) {
  std::vector<float> pictures;
  for (const double sigma : options.sigmas) {
    const int draws = options.meanPictures && sigma > 0 ? options.draws : 1;
    std::vector<float> z;
    for (int draw = 0; draw < draws; ++draw) {
      const LatentPoint noisy =
          perturbed(code, sigma, latentNoise({options.seed, item, draw}, viewer.latentSize()), run.spread);
      z.insert(z.end(), noisy.begin(), noisy.end());
    }
    const auto images = decodeAll(viewer, z, control);
    if (!images) return images.error();
    const std::vector<float> picture = meanOf(*images, static_cast<size_t>(draws));
    pictures.insert(pictures.end(), picture.begin(), picture.end());
  }
  return pictures;
}

ImagesPanel panelOf(const NoisePictures& pictures, size_t run, const std::string& name,
                    const NoiseOptions& options) {
  ImagesPanel panel;
  panel.title = name;
  panel.rows = static_cast<int>(pictures.subjects.size());
  panel.columns = static_cast<int>(options.sigmas.size()) + 1;
  panel.channels = pictures.shape.channels;
  panel.height = pictures.shape.height;
  panel.width = pictures.shape.width;
  panel.columnLabels.emplace_back("x");
  for (const double sigma : options.sigmas) panel.columnLabels.push_back(labelNumber(sigma));
  const auto row = options.sigmas.size() * static_cast<size_t>(pictures.shape.pixels());
  for (size_t i = 0; i < pictures.subjects.size(); ++i) {
    panel.rowLabels.push_back(subjectName(pictures.subjects[i]));
    appendBytes(pictures.inputs[i].pixels, panel.pixels);
    appendBytes(std::span(pictures.pixels).subspan((run * pictures.subjects.size() + i) * row, row),
                panel.pixels);
  }
  return panel;
}

FigureSeries seriesOf(const NoiseCurve& curve, size_t run, const std::vector<double>& sigmas,
                      const std::vector<double>& mean, const std::vector<double>& deviation, double most) {
  FigureSeries series;
  series.label = curve.source;
  series.colour = runColour(static_cast<int>(run));
  series.pattern = series.marker = static_cast<int>(run % 4);
  series.x = sigmas;
  series.y = mean;
  // 95 % of the mean, as the window has it: the deviation of a yes or no would span the whole panel.
  const size_t images = curve.subjectError.size() / sigmas.size();
  const double share = 1.96 / std::sqrt(static_cast<double>(images));
  for (size_t i = 0; i < mean.size(); ++i) {
    series.lower.push_back(std::max(0.0, mean[i] - share * deviation[i]));
    series.upper.push_back(std::min(most, mean[i] + share * deviation[i]));
  }
  return series;
}

/// Error, and kept classes where they were read.
std::vector<CurvesPanel> curvePanels(const NoiseCurves& curves, const NoiseOptions& options,
                                     const Classifier* classifier) {
  CurvesPanel error, kept;
  error.title = "Reconstruction error";
  error.yLabel = "squared error, sum over pixels";
  error.xLabel = kept.xLabel =
      options.scale == NoiseScale::raw ? "sigma of the noise on z" : "sigma, in each run's own spread of z";
  kept.title = "Class kept";
  kept.yLabel = "share of images";
  for (size_t run = 0; run < curves.curves.size(); ++run) {
    const NoiseCurve& curve = curves.curves[run];
    error.series.push_back(seriesOf(curve, run, curves.sigmas, curve.error, curve.errorDeviation,
                                    std::numeric_limits<double>::max()));
    if (!curve.kept.empty())
      kept.series.push_back(seriesOf(curve, run, curves.sigmas, curve.kept, curve.keptDeviation, 1));
  }
  if (!classifier) return {error};
  if (classifier->info().testImages > 0)
    kept.title += ", read by a network right on " + labelNumber(100 * classifier->info().testAccuracy) + " %";
  return {error, kept};
}

Json viewOf(const NoiseOptions& options, const Split& split, const Classifier* classifier) {
  std::vector<int64_t> items;
  for (const Subject& subject : picturedOf(options, split)) items.push_back(subject.index);
  Json view = {{"split", options.split},   {"items", options.input ? std::vector<int64_t>() : items},
               {"sigmas", options.sigmas}, {"scale", noiseScaleName(options.scale)},
               {"draws", options.draws},   {"mean", options.meanPictures},
               {"seed", options.seed},     {"pictures", options.pictures},
               {"curves", options.curves}, {"classes", classifier != nullptr}};
  if (options.input) view["input"] = subjectToJson(*options.input);
  if (options.curves) view["subjects"] = std::min(options.subjects, split.size());
  if (options.curves && classifier) view["classifierAccuracy"] = classifier->info().testAccuracy;
  return view;
}

} // namespace

Status checkNoise(const NoiseOptions& options) {
  if (options.sigmas.empty()) return usageError("sigmas: at least one is needed.");
  for (size_t i = 0; i < options.sigmas.size(); ++i)
    if (!(std::isfinite(options.sigmas[i]) && options.sigmas[i] >= 0) ||
        (i > 0 && !(options.sigmas[i] > options.sigmas[i - 1])))
      return usageError("sigmas: rising numbers of at least 0 are needed, such as 0,0.5,1.");
  if (options.draws < 1 || options.draws > 1000)
    return usageError("draws: " + std::to_string(options.draws) + " is not in 1 to 1000.");
  if (options.subjects < 1) return usageError("subjects: at least one image is needed.");
  return done();
}

Result<NoisePictures> noisePictures(const std::vector<NoiseRun>& runs, const NoiseOptions& options,
                                    const Dataset& data, JobControl& control) {
  if (const Status status = checkNoise(options); !status) return status.error();
  const Split& split = *splitOf(data, options.split);
  NoisePictures result;
  result.subjects = picturedOf(options, split);
  result.shape = data.shape;
  for (const Subject& subject : result.subjects) {
    auto image = imageOf(subject, &data, data.shape);
    if (!image) return image.error();
    result.inputs.push_back(*std::move(image));
  }
  for (const NoiseRun& run : runs) {
    auto viewer = Viewer::create(run.spec);
    if (!viewer) return viewer.error();
    if (const Status status = viewer->setWeights(run.weights); !status) return status.error();
    const auto codes = codesOf(*viewer, result.inputs, control);
    if (!codes) return codes.error();
    for (size_t i = 0; i < codes->size(); ++i) {
      const auto pictures = picturesOf(*viewer, run, (*codes)[i], result.subjects[i].index, options, control);
      if (!pictures) return pictures.error();
      result.pixels.insert(result.pixels.end(), pictures->begin(), pictures->end());
    }
  }
  if (!runs.empty())
    for (Image& input : result.inputs) applyPixelMode(runs.front().spec, input.pixels);
  return result;
}

Result<NoiseCurves> noiseCurves(const std::vector<NoiseRun>& runs, const NoiseOptions& options,
                                const Dataset& data, const Classifier* classifier, JobControl& control) {
  if (const Status status = checkNoise(options); !status) return status.error();
  const Split& split = *splitOf(data, options.split);
  NoiseQuestion question;
  question.runs = runs;
  for (int64_t i = 0; i < std::min(options.subjects, split.size()); ++i)
    question.subjects.push_back({i, imageAt(split, i)});
  question.sigmas = options.sigmas;
  question.scale = options.scale;
  question.draws = options.draws;
  question.seed = options.seed;
  return measureNoise(question, classifier, control);
}

Result<Figure> noiseFigure(const std::vector<FigureSource>& sources, const NoiseOptions& options,
                           const Dataset& data, const Classifier* classifier, JobControl& control) {
  if (const Status status = checkNoise(options); !status) return status.error();
  const auto runs = noiseRunsOf(sources, options.scale, data, control);
  if (!runs) return runs.error();
  Figure figure;
  figure.widthMm = options.widthMm;
  figure.heightMm = 0;
  figure.fontPoints = options.fontPoints;
  // One run stands beside its curves, several beside each other above theirs.
  figure.panelColumns = runs->size() == 1 ? 3 : static_cast<int>(std::min<size_t>(runs->size(), 4));
  if (!options.pictures) figure.panelColumns = 2;
  if (options.pictures) {
    const auto pictures = noisePictures(*runs, options, data, control);
    if (!pictures) return pictures.error();
    for (size_t run = 0; run < runs->size(); ++run)
      figure.panels.emplace_back(panelOf(*pictures, run, (*runs)[run].source, options));
  }
  if (options.curves) {
    const auto curves = noiseCurves(*runs, options, data, classifier, control);
    if (!curves) return curves.error();
    for (CurvesPanel& panel : curvePanels(*curves, options, classifier))
      figure.panels.emplace_back(std::move(panel));
  }
  std::vector<FigureSource> shown = sources;
  for (size_t i = 0; i < shown.size(); ++i) shown[i].step = (*runs)[i].weights->step;
  figure.provenance =
      figureProvenance("noise", shown, viewOf(options, *splitOf(data, options.split), classifier));
  return figure;
}

} // namespace latent
