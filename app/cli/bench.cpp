#include "core/train/bench.h"
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/cli/usage.h"
#include "core/base/random.h"
#include "core/explore/viewer.h"
#include "core/io/safetensors.h"
#include "core/models/compute.h"
#include "core/models/families.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>

namespace latent::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string what;
  std::string model = "vae", dataset = "mnist";
  std::optional<std::string> latent, threads, dataDir;
  std::string device = "auto";
  double seconds = 10;
  bool json = false;
};

Error interrupted() {
  return {Fault::interrupted, "Interrupted; nothing was measured."};
}

/// Median of at least 5 and at most 1,000 repeats within about two seconds, after one to warm up. A signal
/// ends it between two repeats.
Result<double> medianSeconds(const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  work();
  std::vector<double> seconds;
  const auto begin = Clock::now();
  while (seconds.size() < 5 || (seconds.size() < 1000 && Clock::now() - begin < std::chrono::seconds(2))) {
    if (interruption().cancelled()) return interrupted();
    const auto before = Clock::now();
    work();
    seconds.push_back(std::chrono::duration<double>(Clock::now() - before).count());
  }
  std::nth_element(seconds.begin(), seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2),
                   seconds.end());
  return seconds[seconds.size() / 2];
}

std::vector<float> normals(size_t count, double scale) {
  Random random(1);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(scale * random.normal());
  return values;
}

std::shared_ptr<const Weights> someWeights(const ModelSpec& spec) {
  auto weights = std::make_shared<Weights>();
  weights->layout = weightLayout(spec);
  int64_t count = 0;
  for (const WeightEntry& entry : *weights->layout) count = std::max(count, entry.offset + entry.count());
  weights->values = normals(static_cast<size_t>(count), 0.05);
  return weights;
}

Result<ModelSpec> makeSpec(const Options& options, const ImageShape& shape) {
  Parameters parameters;
  if (options.latent) {
    const FamilyInfo* family = findFamily(options.model);
    auto value = parseValue(family ? family->schema : ParameterSchema(), "latent", *options.latent);
    if (!value) return value.error();
    parameters.set("latent", std::move(*value));
  }
  return makeModelSpec(options.model, shape, parameters);
}

void tellBeginning(const Options& options) {
  if (!options.json) printLine("Measuring; other work on this computer makes it slower.");
}

Result<Json> benchTraining(const Options& options) {
  const auto device = resolveDevice(options.device);
  if (!device) return device.error();
  const auto data = openData(options.dataset, options.dataDir);
  if (!data) return data.error();
  const auto spec = makeSpec(options, (*data)->shape);
  if (!spec) return spec.error();
  tellBeginning(options);
  const auto bench = benchTrain(*spec, *data, {*device, options.seconds, &interruption()});
  if (!bench) return bench.error();
  return Json{{"epoch_seconds", bench->epochSeconds},
              {"matmul_seconds", bench->matmulSeconds},
              {"ratio", bench->ratio},
              {"threads", bench->threads},
              {"images_per_second", bench->imagesPerSecond}};
}

Result<Json> benchDecode(const Options& options) {
  const auto spec = makeSpec(options, {});
  if (!spec) return spec.error();
  tellBeginning(options);
  prepareComputeThread();
  auto viewer = Viewer::create(*spec);
  if (!viewer) return viewer.error();
  if (const Status status = viewer->setWeights(someWeights(*spec)); !status) return status.error();
  const auto latent = static_cast<size_t>(viewer->latentSize());
  const auto z = normals(400 * latent, 1);
  const auto one = medianSeconds([&] { (void)viewer->decode(std::span(z).first(latent), 1); });
  if (!one) return one.error();
  const auto tiles = medianSeconds([&] {
    for (size_t first = 0; first < 400 && !interruption().cancelled(); first += 100)
      (void)viewer->decode(std::span(z).subspan(first * latent, 100 * latent), 100);
  });
  if (!tiles) return tiles.error();
  return Json{
      {"point_seconds", *one}, {"tiles", 400}, {"tiles_seconds", *tiles}, {"threads", computeThreads()}};
}

Result<Json> benchSnapshot(const Options& options) {
  const auto spec = makeSpec(options, {});
  if (!spec) return spec.error();
  tellBeginning(options);
  prepareComputeThread();
  auto viewer = Viewer::create(*spec);
  if (!viewer) return viewer.error();
  const auto weights = someWeights(*spec);
  Status status = done();
  const auto copy = medianSeconds([&] { status = viewer->setWeights(weights); });
  if (!copy) return copy.error();
  if (!status) return status.error();
  std::error_code failed;
  std::string folder = (fs::temp_directory_path(failed) / "latent-bench-XXXXXX").string();
  if (failed || !::mkdtemp(folder.data()))
    return workError(
        "Cannot make a temporary folder for the benchmark; set TMPDIR to one that can be written.");
  const auto write =
      medianSeconds([&] { status = writeWeights(fs::path(folder) / "weights.safetensors", *weights, {}); });
  fs::remove_all(folder, failed);
  if (!write) return write.error();
  if (!status) return status.error();
  return Json{{"weights", weights->values.size()}, {"copy_seconds", *copy}, {"write_seconds", *write}};
}

Status run(const Options& options) {
  if (options.threads) {
    ParameterSchema schema{{.key = "threads", .type = ParameterType::integer, .minimum = 1, .maximum = 1024}};
    const auto threads = parseValue(schema, "threads", *options.threads);
    if (!threads) return threads.error();
    setComputeThreads(static_cast<int>(std::get<int64_t>(*threads)));
  }
  const auto result = options.what == "train"    ? benchTraining(options)
                      : options.what == "decode" ? benchDecode(options)
                                                 : benchSnapshot(options);
  if (!result) return result.error();
  if (options.json) {
    printJson(*result);
    return done();
  }
  for (const auto& [key, value] : result->items()) printLine(key + " " + value.dump());
  return done();
}

} // namespace

void addBench(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand(
      "bench", "Measure this computer: an epoch against its bare matrix products, decoding, snapshots");
  command->add_option("benchmark", options->what, "train, decode or snapshot")
      ->required()
      ->check(oneOf({"train", "decode", "snapshot"}));
  command->add_option("--model", options->model, "Family")->capture_default_str();
  command->add_option("--dataset", options->dataset, "Data set of bench train")->capture_default_str();
  command->add_option("--latent", options->latent, "Latent size");
  command->add_option("--device", options->device, "Of bench train: auto, cpu or cuda")
      ->capture_default_str();
  command->add_option("--threads", options->threads, "BLAS threads");
  command->add_option("--seconds", options->seconds, "About how long bench train measures")
      ->check(number(1, 3600))
      ->capture_default_str();
  command->add_option("--data-dir", options->dataDir, "Folder of the data sets")->check(named());
  command->add_flag("--json", options->json, "One JSON object");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
