#include "app/cli/commands.h"
#include "app/cli/options.h"
#include "app/cli/usage.h"
#include "core/run/import_export.h"

#include <limits>

namespace latent::cli {
namespace {

struct Options {
  std::string run;
  std::optional<int64_t> step;
  std::string out;
};

Status run(const Options& options) {
  if (Status status = checkOutput(options.out); !status) return status;
  const auto folder = RunFolder::open(options.run);
  if (!folder) return folder.error();
  return exportWeights(*folder, options.step, options.out);
}

} // namespace

void addExport(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand(
      "export", "The weights of a run for PyTorch: safetensors, or a state dictionary for torch.load");
  command->add_option("run", options->run, "Run folder")->required()->check(named());
  command->add_option("--step", options->step, "A kept snapshot; the newest weights without it")
      ->check(wholeNumber(0, std::numeric_limits<int64_t>::max()));
  command->add_option("--out", options->out, "FILE.safetensors or FILE.pt")->required()->check(named());
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
