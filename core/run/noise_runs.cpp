#include "core/run/noise_runs.h"

#include "core/explore/support.h"
#include "core/run/figure_parts.h"
#include "core/run/latent_view.h"
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

Result<std::vector<NoiseRun>> noiseRunsOf(const std::vector<FigureSource>& sources, NoiseScale scale,
                                          const Dataset& data, JobControl& control) {
  const std::vector<std::string> names = distinctNames(sources);
  std::vector<NoiseRun> runs;
  for (size_t i = 0; i < sources.size(); ++i) {
    const auto viewer = openLatents(sources[i], "add noise to");
    if (!viewer) return viewer.error();
    if (viewer->spec().shape != data.shape)
      return usageError("The run " + sources[i].run.path().string() + " reads images of another shape than " +
                        data.id + ".");
    NoiseRun run{names[i], viewer->spec(), viewer->weights(), {}};
    if (scale == NoiseScale::spread) {
      auto spread = latentSpread(run.spec, run.weights, data.test, control);
      if (!spread) return spread.error();
      run.spread = std::move(*spread);
    }
    runs.push_back(std::move(run));
  }
  return runs;
}

} // namespace latent
