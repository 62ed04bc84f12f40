// The ready-made report "AE against VAE" of any set of runs.
#pragma once

#include "core/base/run_config.h"
#include "core/run/figures.h"
#include "core/run/report/report.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace latent {

/// An AE and a VAE that differ in nothing but the family (and names).
struct AeVaePair {
  int latent = 0;
  RunFolder ae, vae; ///< of several seeds the lowest that both have
};

struct AeVaePlan {
  std::vector<AeVaePair> pairs; ///< by rising latent size
  std::vector<RunFolder> runs;  ///< all AEs and VAEs of the chosen data set, all seeds: what the table lists
  std::vector<RunConfig>
      missing; ///< to train: the other half of each single run, and the pair of two latents
  std::vector<std::string> notes; ///< what was left out and why, each a sentence
};

/// Of the data set that most of the runs have (notes name the runs that are of another one). Usage error
/// where no run is an AE or a VAE.
Result<AeVaePlan> planAeAgainstVae(const std::vector<RunFolder>& runs);

struct AeVaeOptions {
  double widthMm = 160;
  uint64_t seed = 1; ///< of samples and noise
};
/// Curves faceted by latent size, reconstructions in three rows (input, AE, VAE) for each, planes of the pair
/// of two latents with classes, samples from the prior for both, noise rows and curves for both, the table of
/// the runs; with neutral captions that state the settings. What `plan.missing` names is left out. `data` is
/// that of the runs.
Result<Report> aeAgainstVae(const AeVaePlan& plan, const AeVaeOptions& options, const Dataset& data,
                            JobControl& control);

} // namespace latent
