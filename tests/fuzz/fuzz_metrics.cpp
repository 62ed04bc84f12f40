// Any bytes as metrics.csv and as events.csv.
#include "core/io/metrics_file.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto metrics = latent::parseMetrics(text, "fuzz");
  if (!metrics && metrics.error().fault != latent::Fault::input) std::abort();
  if (metrics)
    for (const latent::Metric& metric : metrics->rows)
      if (metric.step < 0 || metric.split.empty() || metric.series.empty()) std::abort();
  const auto changes = latent::parseChanges(text, "fuzz");
  if (!changes && changes.error().fault != latent::Fault::input) std::abort();
  return 0;
}
