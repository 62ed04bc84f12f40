// How fast training is, against the matrix products that it cannot do without. No torch in this header.
#pragma once

#include "core/base/job.h"
#include "core/base/model_spec.h"
#include "core/base/result.h"
#include "core/data/dataset.h"

#include <memory>
#include <string>

namespace latent {

struct BenchOptions {
  std::string device = "cpu";          ///< resolved
  double seconds = 10;                 ///< about how long the whole measurement takes
  const JobControl* control = nullptr; ///< a cancel ends it between two updates
};

/// Medians over interleaved repeats: on a shared machine both suffer alike, so read the ratio.
struct TrainBench {
  double epochSeconds = 0;  ///< updates of one epoch, all told, without the test pass
  double matmulSeconds = 0; ///< the large matrix products of as many updates, alone, of the same shapes
  double ratio = 0;         ///< epochSeconds / matmulSeconds
  int threads = 0;          ///< of BLAS
  double imagesPerSecond = 0;
};

/// Trains a model of this spec on the data set and throws it away. Large are the products with weights of at
/// least a tenth of the elements of the largest: five for the default network. Usage error for
/// a family without epochs, work error if the model diverges, Fault::interrupted after a cancel.
Result<TrainBench> benchTrain(const ModelSpec& spec, std::shared_ptr<const Dataset> dataset,
                              const BenchOptions& options = {});

} // namespace latent
