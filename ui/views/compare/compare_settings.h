// What a person chose in Compare: values of every mode, saved with the window and with sessions.
#pragma once

#include "core/base/json.h"
#include "core/base/latent_noise.h"
#include "core/base/latent_path.h"
#include "core/base/latent_traversal.h"

#include <cstdint>
#include <string>
#include <vector>

namespace latent::ui {

enum class CompareMode { reconstruct, noise, sample, interpolate, sweep };
inline constexpr int compareModes = 5;

/// Which images of the test set. `best` and `worst` are those of the active run.
struct InputChoice {
  enum class Kind { input, first, random, byClass, best, worst } kind = Kind::first;
  int count = 24;    ///< 1..mostInputs; unused by `input`
  uint64_t seed = 1; ///< of `random`
  bool operator==(const InputChoice&) const = default;
};
inline constexpr int mostInputs = 200;

struct ReconstructSettings {
  InputChoice inputs;
  bool errorMap = false; ///< a line of |x - x̂| below each run
  bool operator==(const ReconstructSettings&) const = default;
};

struct NoiseSettings {
  InputChoice subjects{InputChoice::Kind::input, 3, 1};
  std::vector<double> sigmas{kNoiseLevels.begin(), kNoiseLevels.end()}; ///< ascending, from 0
  NoiseScale scale = NoiseScale::spread;
  bool mean = false; ///< of the draws' images; else each draw has a column
  int draws = 1;     ///< 1..mostDraws
  uint64_t seed = 1;
  bool operator==(const NoiseSettings&) const = default;
};
inline constexpr int mostDraws = 64;
inline constexpr int mostSigmas = 24;

struct SampleSettings {
  int count = 64; ///< 1..mostSamples
  uint64_t seed = 1;
  double temperature = 1; ///< factor of the standard deviation, above 0
  bool bernoulli = false; ///< pixels drawn with the image's values as probabilities
  bool operator==(const SampleSettings&) const = default;
};
inline constexpr int mostSamples = 1024;

/// Where a path begins or ends.
struct PathEnd {
  enum class Kind { input, item, pin } kind = Kind::input;
  int64_t item = 0; ///< of the test set
  std::string pin;  ///< its name
  bool operator==(const PathEnd&) const = default;
};

struct InterpolateSettings {
  PathEnd from, to{PathEnd::Kind::item, 1, {}};
  PathOptions path;
  bool operator==(const InterpolateSettings&) const = default;
};

struct SweepSettings {
  enum class Start { input, point, priorMean } start = Start::input;
  int latent = 0;
  /// By the codes, which every run has; a prior is what some lack.
  TraversalRange range{RangeKind::dataQuantile, 0.01, 0.99};
  int frames = 9; ///< kFewestFrames..kMostFrames
  bool operator==(const SweepSettings&) const = default;
};

struct CompareSettings {
  CompareMode mode = CompareMode::reconstruct;
  bool snapshots = false;     ///< rows: kept snapshots of the active run; else the shown runs
  std::vector<double> epochs; ///< of these snapshots, the nearest kept ones; empty: a spread of them
  int zoom = 0;               ///< steps above or below the fitting scale
  ReconstructSettings reconstruct;
  NoiseSettings noise;
  SampleSettings sample;
  InterpolateSettings interpolate;
  SweepSettings sweep;
  bool operator==(const CompareSettings&) const = default;
};

Json toJson(const CompareSettings& settings);
/// Unknown and missing keys, and values that are out of range, keep what the defaults say.
CompareSettings settingsFromJson(const Json& json);

/// "0, 0.5, 1" as typed; false where it is no list of `most` numbers >= 0 at most. Sorted, each once.
bool readNumbers(const std::string& text, size_t most, std::vector<double>& numbers);
std::string writeNumbers(const std::vector<double>& numbers);

} // namespace latent::ui
