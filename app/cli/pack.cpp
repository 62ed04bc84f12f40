#include "core/run/pack.h"
#include "app/cli/commands.h"
#include "app/cli/options.h"
#include "app/cli/usage.h"

namespace latent::cli {
namespace {

struct Options {
  std::string run;
  std::string snapshots;
  std::string out;
};

Status run(const Options& options) {
  if (Status status = checkOutput(options.out); !status) return status;
  const auto folder = RunFolder::open(options.run);
  if (!folder) return folder.error();
  std::vector<int64_t> steps;
  if (!options.snapshots.empty()) {
    const auto given = parseIntegers("--snapshots", options.snapshots);
    if (!given) return given.error();
    steps = *given;
  }
  return packRun(*folder, steps, options.out);
}

} // namespace

void addPack(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand(
      "pack", "A small copy of a run to give away: half precision, chosen snapshots, no optimiser state");
  command->add_option("run", options->run, "Run folder")->required()->check(named());
  command->add_option("--snapshots", options->snapshots, "Steps of the snapshots to take along: 0,300,600");
  command->add_option("--out", options->out, "Folder of the copy")->required()->check(named());
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
