// Runs that train in no time, in a data folder of the test's own.
#pragma once

#include "core/base/focus.h"
#include "core/base/run_config.h"
#include "core/data/catalogue.h"
#include "core/run/training_run.h"

#include <QByteArray>
#include <QTemporaryDir>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace latent::test {

/// Everything that programs keep for a user goes here while this lives.
class Home {
 public:
  Home() {
    qputenv("XDG_DATA_HOME", m_folder.path().toUtf8());
    qputenv("LATENT_DATA_DIR", m_folder.path().toUtf8()); // no data but the built-in
  }
  std::filesystem::path path() const { return m_folder.path().toStdString(); }

 private:
  QTemporaryDir m_folder;
};

inline RunConfig tinyConfig(int64_t epochs = 2, int64_t latent = 2) {
  RunConfig config;
  config.family = "vae";
  config.parameters.set("latent", latent);
  config.parameters.set("hidden", std::vector<int64_t>{8});
  config.parameters.set("batch", int64_t{1000});
  config.dataset = "digits";
  config.epochs = epochs;
  config.device = "cpu";
  return config;
}

inline std::shared_ptr<const Dataset> digits() {
  static const auto data = *openDataset("digits", {});
  return data;
}

/// Trains it to its end, on this thread's time. Returns its id.
inline RunId trainRun(const std::filesystem::path& folder, int64_t epochs = 2) {
  auto run = *TrainingRun::create(folder, tinyConfig(epochs), digits());
  run->trainer().start();
  run->trainer().wait();
  return run->path().string();
}

} // namespace latent::test
