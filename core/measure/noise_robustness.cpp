#include "core/measure/noise_robustness.h"

#include "core/models/compute.h"
#include "core/models/families.h"
#include "core/models/flat_model.h"
#include "core/models/torch_compat.h"

#include <algorithm>
#include <cmath>

namespace latent {

namespace {

constexpr int64_t chunkSize = 100;

Error cancelled() {
  return {Fault::interrupted, "Cancelled."};
}

Status checkRun(const NoiseRun& run, const NoiseQuestion& question) {
  const FamilyInfo* family = findFamily(run.spec.family);
  if (!family) return usageError("There is no family '" + run.spec.family + "'.");
  if (family->discrete)
    return usageError(family->name +
                      " has codes in place of continuous latents, so there is nothing to add noise to.");
  if (const auto checked = makeModelSpec(run.spec.family, run.spec.shape, run.spec.parameters); !checked)
    return checked.error(); // it may come from a file, and building cannot fail on what was checked
  if (!run.weights || !run.weights->layout) return inputError("A run has no weights to look at.");
  for (const NoiseSubject& subject : question.subjects)
    if (subject.image.shape != run.spec.shape)
      return usageError(
          "Not all runs read images of the shape of these inputs; choose runs of one data set.");
  return done();
}

Status check(const NoiseQuestion& question) {
  if (question.runs.empty() || question.subjects.empty() || question.sigmas.empty())
    return usageError("Noise needs at least one run, one input and one sigma.");
  if (question.draws < 1) return usageError("Noise needs at least one draw.");
  for (const double sigma : question.sigmas)
    if (!(std::isfinite(sigma) && sigma >= 0)) return usageError("Sigma is a number of at least 0.");
  for (const NoiseRun& run : question.runs)
    if (Status status = checkRun(run, question); !status) return status;
  return done();
}

/// The clean inputs one after the other.
std::vector<float> pixelsOf(const std::vector<NoiseSubject>& subjects) {
  std::vector<float> pixels;
  for (const NoiseSubject& subject : subjects)
    pixels.insert(pixels.end(), subject.image.pixels.begin(), subject.image.pixels.end());
  return pixels;
}

torch::Tensor asImages(std::vector<float>& pixels, const ImageShape& shape) {
  const int64_t count = std::ssize(pixels) / shape.pixels();
  return torch::from_blob(pixels.data(), {count, shape.channels, shape.height, shape.width});
}

/// What all runs of a question share.
struct Measuring {
  const NoiseQuestion& question;
  const Classifier* classifier;
  JobControl& control;
  std::vector<int> cleanClass; ///< [subjects]
  int64_t decoded = 0, total = 0;

  int64_t subjects() const { return std::ssize(question.subjects); }
  int64_t drawsAt(double sigma) const { return sigma == 0 ? 1 : question.draws; }
};

/// Sums over draws of one sigma.
struct Sums {
  std::vector<double> error, kept; ///< [subjects]
  std::vector<int> firstClass;     ///< [subjects]
};

class RunUnderNoise {
 public:
  RunUnderNoise(const NoiseRun& run, Measuring& shared)
      : m_run(run), m_shared(shared), m_model(run.spec, torch::kCPU, FlatModel::Gradients::none) {
    m_model.model().eval();
  }

  Result<NoiseCurve> measure(std::vector<float> pixels) {
    const auto weights = matchWeights(m_run.spec, *m_run.weights);
    if (!weights) return weights.error();
    m_model.write((*weights)->values);
    const bool scaled = m_shared.question.scale == NoiseScale::spread;
    if (scaled && std::ssize(m_run.spread) != latents())
      return usageError("The spread of the latents of a run is not known, by which its noise is scaled.");

    if (pixelMode(m_run.spec) != PixelMode::grey)
      for (float& value : pixels) value = value >= 0.5F ? 1.0F : 0.0F; // as viewing shows them
    m_inputs = asImages(pixels, m_run.spec.shape);
    encode();
    NoiseCurve curve;
    curve.source = m_run.source;
    curve.step = m_run.weights->step;
    for (const double sigma : m_shared.question.sigmas) {
      Sums sums{std::vector<double>(m_codes.size(), 0), std::vector<double>(m_codes.size(), 0),
                std::vector<int>(m_codes.size(), 0)};
      if (!measureAt(sigma, sums)) return cancelled();
      append(sums, m_shared.drawsAt(sigma), curve);
    }
    return curve;
  }

 private:
  int64_t latents() const { return m_model.model().latentSize(); }

  void encode() {
    for (int64_t first = 0; first < m_shared.subjects(); first += chunkSize) {
      const int64_t count = std::min(chunkSize, m_shared.subjects() - first);
      const torch::Tensor mu = m_model.model().encode(m_inputs.narrow(0, first, count)).mu.contiguous();
      const float* values = mu.data_ptr<float>();
      for (int64_t i = 0; i < count; ++i)
        m_codes.emplace_back(values + i * latents(), values + (i + 1) * latents());
    }
  }

  /// False after a cancel. Item i of a sigma is draw i / subjects of subject i % subjects.
  bool measureAt(double sigma, Sums& sums) {
    const int64_t items = m_shared.subjects() * m_shared.drawsAt(sigma);
    for (int64_t first = 0; first < items; first += chunkSize) {
      if (m_shared.control.cancelled()) return false;
      const int64_t count = std::min(chunkSize, items - first);
      measureChunk(sigma, first, count, sums);
      m_shared.decoded += count;
      m_shared.control.setProgress(static_cast<double>(m_shared.decoded) /
                                   static_cast<double>(m_shared.total));
    }
    return true;
  }

  void measureChunk(double sigma, int64_t first, int64_t count, Sums& sums) {
    const NoiseQuestion& question = m_shared.question;
    const bool scaled = question.scale == NoiseScale::spread;
    std::vector<float> z;
    std::vector<int64_t> subjects;
    for (int64_t item = first; item < first + count; ++item) {
      const int64_t i = item % m_shared.subjects();
      subjects.push_back(i);
      const auto& code = m_codes[static_cast<size_t>(i)];
      const NoiseKey key{question.seed, question.subjects[static_cast<size_t>(i)].index,
                         item / m_shared.subjects()};
      const LatentPoint noisy =
          perturbed(code, sigma, latentNoise(key, static_cast<int>(code.size())),
                    scaled ? std::span<const float>(m_run.spread) : std::span<const float>());
      z.insert(z.end(), noisy.begin(), noisy.end());
    }
    const torch::Tensor images =
        m_model.model().decode(torch::from_blob(z.data(), {count, latents()})).contiguous();
    const torch::Tensor inputs = m_inputs.index_select(0, torch::tensor(subjects, torch::kInt64));
    const torch::Tensor errors = (images - inputs).square().flatten(1).sum(1).to(torch::kFloat64);
    for (int64_t i = 0; i < count; ++i)
      sums.error[static_cast<size_t>(subjects[static_cast<size_t>(i)])] += errors.data_ptr<double>()[i];
    if (!m_shared.classifier) return;
    const std::span<const float> pixels(images.data_ptr<float>(), static_cast<size_t>(images.numel()));
    const Readings readings = m_shared.classifier->classify(pixels, count);
    for (size_t i = 0; i < subjects.size(); ++i) {
      const auto subject = static_cast<size_t>(subjects[i]);
      sums.kept[subject] += readings.labels[i] == m_shared.cleanClass[subject] ? 1 : 0;
      if (first + static_cast<int64_t>(i) < m_shared.subjects())
        sums.firstClass[subject] = readings.labels[i];
    }
  }

  struct Moments {
    double mean = 0, deviation = 0;
  };
  /// Of the subjects' means over `draws`, which are appended to `each`.
  static Moments momentsOf(const std::vector<double>& sums, int64_t draws, std::vector<float>& each) {
    Moments moments;
    const auto n = static_cast<double>(sums.size()), perSubject = static_cast<double>(draws);
    for (const double sum : sums) {
      moments.mean += sum;
      each.push_back(static_cast<float>(sum / perSubject));
    }
    moments.mean /= perSubject * n; // once, at the end: 655 of 1000 are 0.655
    for (const double sum : sums) moments.deviation += std::pow(sum / perSubject - moments.mean, 2) / n;
    moments.deviation = std::sqrt(moments.deviation);
    return moments;
  }

  void append(const Sums& sums, int64_t draws, NoiseCurve& curve) const {
    const Moments error = momentsOf(sums.error, draws, curve.subjectError);
    curve.error.push_back(error.mean);
    curve.errorDeviation.push_back(error.deviation);
    if (!m_shared.classifier) return;
    const Moments kept = momentsOf(sums.kept, draws, curve.subjectKept);
    curve.kept.push_back(kept.mean);
    curve.keptDeviation.push_back(kept.deviation);
    curve.firstClass.insert(curve.firstClass.end(), sums.firstClass.begin(), sums.firstClass.end());
  }

  const NoiseRun& m_run;
  Measuring& m_shared;
  FlatModel m_model;
  torch::Tensor m_inputs; ///< [subjects, C, H, W] as the run sees them
  std::vector<std::vector<float>> m_codes;
};

} // namespace

Result<NoiseCurves> measureNoise(const NoiseQuestion& question, const Classifier* classifier,
                                 JobControl& control) {
  if (const Status status = check(question); !status) return status.error();
  if (classifier && classifier->info().shape != question.subjects.front().image.shape)
    return usageError("The classifier reads images of another shape than these inputs.");
  prepareComputeThread();
  const torch::NoGradGuard noGrad;
  Measuring shared{question, classifier, control, {}};
  for (const double sigma : question.sigmas)
    shared.total += std::ssize(question.runs) * shared.subjects() * shared.drawsAt(sigma);
  const std::vector<float> pixels = pixelsOf(question.subjects);
  NoiseCurves result{question.sigmas, {}};
  try {
    if (classifier) shared.cleanClass = classifier->classify(pixels, shared.subjects()).labels;
    for (const NoiseRun& run : question.runs) {
      auto curve = RunUnderNoise(run, shared).measure(pixels);
      if (!curve) return curve.error();
      result.curves.push_back(std::move(*curve));
    }
    return result;
  } catch (const c10::Error& error) {
    return workError("The noise could not be measured: " + compat::message(error));
  } catch (const std::bad_alloc&) {
    return workError("Measuring noise ran out of memory; choose fewer inputs.");
  }
}

} // namespace latent
