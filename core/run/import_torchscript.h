// A TorchScript module as a run to look at: one snapshot, no curves.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/base/run_config.h"
#include "core/data/dataset.h"

#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

namespace latent {

/// How the module wants its images; what is not said is found by trying.
struct ModuleOptions {
  std::optional<std::pair<double, double>>
      range;                           ///< its black and white; nothing: [0,1], [-1,1], [0,255] are tried
  bool bgr = false;                    ///< blue first
  bool logits = false;                 ///< decode gives logits; without a range both meanings are tried
  std::vector<double> mean, deviation; ///< taken off and divided by channel after the range; empty = 0 and 1
};

/// One way to show images to the module, tried on the first 16 test images.
struct ModuleTrial {
  double low = 0, high = 1;
  bool logits = false;
  double error =
      0; ///< mean squared error of the reconstructions, pixels in [0,1]; infinite where it gave no numbers
};

struct ModuleReport {
  std::filesystem::path folder;
  int64_t latent = 0;
  bool posterior = false;          ///< encode gives (mu, logvar): the prior is taken for N(0, 1)
  std::vector<ModuleTrial> trials; ///< the least error, which was taken, first
  double greyError = 0;            ///< of one grey in place of each image, for comparison
};

/// Copies the archive into a finished run for images of `data`; config gives name, data set and folder. Runs
/// the code in the archive. Nothing is written before the module was found to encode and decode such images
/// (input error) and `out` to be free (usage error).
Result<ModuleReport> importTorchScript(const std::filesystem::path& file, const ModuleOptions& options,
                                       const RunConfig& config, const Dataset& data,
                                       const std::filesystem::path& out);

/// The first 16 test images above their reconstructions, in figures/ of the run: contact-sheet.png, or .npy
/// ([2, 16, C, H, W]) where no figure can be drawn. Returns the file.
Result<std::filesystem::path> writeContactSheet(const std::filesystem::path& run, const Dataset& data,
                                                JobControl& control);

} // namespace latent
