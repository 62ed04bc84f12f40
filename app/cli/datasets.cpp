#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/cli/usage.h"
#include "core/data/download.h"

namespace latent::cli {
namespace {

struct Options {
  bool json = false;
  std::optional<std::string> download;
  std::optional<std::string> dataDir;
};

Json describe(const DatasetInfo& info) {
  Json json;
  json["id"] = info.id;
  json["name"] = info.name;
  json["train"] = info.train;
  json["test"] = info.test;
  json["shape"] = {info.shape.channels, info.shape.height, info.shape.width};
  json["found"] = info.found ? Json(info.found->string()) : Json(nullptr);
  json["verified"] = info.verified ? Json(*info.verified) : Json(nullptr);
  json["built_in"] = info.builtIn;
  json["available"] = info.available;
  json["download_bytes"] = info.downloadBytes;
  json["source"] = info.source;
  if (!info.problem.empty()) json["problem"] = info.problem;
  return json;
}

std::string whereFound(const DatasetInfo& info, const DataSearch& search) {
  if (info.builtIn) return "built in";
  if (!info.problem.empty()) return info.problem;
  if (!info.found) return "not here; " + downloadCommand(info.id, downloadFolder(search));
  return info.found->string() + (info.verified.value_or(false) ? ", checksums right" : "");
}

std::string padded(std::string text, size_t width) {
  text.append(text.size() < width ? width - text.size() : 0, ' ');
  return text;
}

Status fetch(const Options& options, const DataSearch& search) {
  const auto items = downloadItems(*options.download);
  if (!items) return items.error();
  const auto folder = downloadFolder(search) / *options.download;
  ProgressLine line(!options.json);
  DownloadOptions how;
  std::string last;
  how.progress = [&](const DownloadProgress& progress) {
    if (!options.json && progress.file != last) {
      line.clear();
      printLine("Fetching " + progress.file);
      last = progress.file;
    }
    line.show(interruption().progress(), progress.file);
  };
  return download(*items, folder, how, interruption());
}

Status run(const Options& options) {
  DataSearch search;
  if (options.dataDir) search.dataDir = *options.dataDir;
  if (options.download)
    if (Status status = fetch(options, search); !status) return status;
  for (const DatasetInfo& info : listDatasets(search, true)) {
    if (options.json) {
      printJson(describe(info));
      continue;
    }
    printLine(padded(info.id, 15) +
              padded(std::to_string(info.train) + " + " + std::to_string(info.test), 16) +
              padded(std::to_string(info.shape.channels) + "x" + std::to_string(info.shape.height) + "x" +
                         std::to_string(info.shape.width),
                     10) +
              whereFound(info, search));
  }
  return done();
}

} // namespace

void addDatasets(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("datasets", "List what can be trained on, and where it was found");
  command->add_flag("--json", options->json, "One JSON object a line");
  command->add_option("--download", options->download,
                      "Fetch a data set first: mnist, fashion-mnist or cifar10");
  command->add_option("--data-dir", options->dataDir, "Folder of the data sets; excludes all other places")
      ->check(named());
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
