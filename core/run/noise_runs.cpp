#include "core/run/noise_runs.h"

#include "core/explore/support.h"
#include "core/run/run_viewer.h"

namespace latent {

Result<std::vector<float>> latentSpread(const ModelSpec& spec, const std::shared_ptr<const Weights>& weights,
                                        const std::shared_ptr<const Split>& split, JobControl& control) {
  auto viewer = Viewer::create(spec);
  if (!viewer) return viewer.error();
  if (const Status status = viewer->setWeights(weights); !status) return status.error();
  const auto frame = encodeSplit(*viewer, split, 0, control);
  if (!frame) return frame.error();
  return summarise(frame->points).spread;
}

} // namespace latent
