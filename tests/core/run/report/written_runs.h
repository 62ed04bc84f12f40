// Run folders that nobody trained: a record and measures, for what reads no weights.
#pragma once

#include "core/io/files.h"
#include "core/models/families.h"
#include "core/run/new_run.h"
#include "core/run/run_folder.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace latent {

struct WrittenRun {
  std::string family = "vae";
  int64_t latent = 2;
  uint64_t seed = 1;
  double recon = 100, kl = 5;
  std::string activation = "relu";
  RunState state = RunState::finished;
  double epoch = 2; ///< of 2
  uint64_t data = 7;
};

inline RunFolder writeRun(const std::filesystem::path& folder, const WrittenRun& wanted) {
  RunConfig config = tinyConfig(2, wanted.family);
  config.seed = wanted.seed;
  config.parameters.set("latent", wanted.latent);
  config.parameters.set("activation", wanted.activation);
  const auto data = tinyData(wanted.data);
  RunRecord record = newRecord(config, *makeModelSpec(wanted.family, data->shape, config.parameters), *data);
  record.state = wanted.state;
  record.epoch = wanted.epoch;
  record.step = static_cast<int64_t>(13 * wanted.epoch);
  std::filesystem::create_directories(folder);
  EXPECT_TRUE(writeTextAtomically(folder / "run.json", recordToJson(record).dump(1)));
  std::vector<Metric> metrics;
  for (const double before : {50.0, 0.0}) { // what was there an epoch earlier is not shown
    const double epoch = wanted.epoch - (before > 0 ? 1 : 0);
    const auto step = static_cast<int64_t>(13 * epoch);
    metrics.push_back({step, epoch, "test", "recon", wanted.recon + before});
    if (wanted.family == "ae") continue;
    metrics.push_back({step, epoch, "test", "kl", wanted.kl});
    metrics.push_back({step, epoch, "test", "elbo", -(wanted.recon + before + wanted.kl)});
  }
  EXPECT_TRUE(appendMetrics(folder / "metrics.csv", metrics));
  auto run = RunFolder::open(folder);
  if (!run) throw std::runtime_error(run.error().message);
  return *std::move(run);
}

} // namespace latent
