#include "app/cli/commands.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/cli/usage.h"
#include "core/io/files.h"
#include "core/run/report/runs_table.h"

namespace latent::cli {
namespace {

struct Options {
  std::vector<std::string> folders;
  std::string out, format;
  RunsTableOptions view;
};

Result<std::string> textOf(const Table& table, const std::string& format) {
  if (format == "tsv") return tableToTsv(table);
  if (format == "csv") return tableToCsv(table);
  if (format == "md") return tableToMarkdown(table);
  if (format == "tex") return tableToLatex(table);
  if (format == "json") return tableToJson(table).dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  return usageError("The ending of the file names no kind of table; use .tsv, .csv, .md, .tex or .json.");
}

std::string formatOf(const Options& options) {
  if (!options.format.empty()) return options.format;
  if (options.out.empty()) return "tsv";
  const std::string ending = std::filesystem::path(options.out).extension().string();
  return ending.empty() ? "" : ending.substr(1);
}

Status run(const Options& options) {
  if (const auto known = textOf({}, formatOf(options)); !known) return known.error();
  if (!options.out.empty())
    if (Status status = checkOutput(options.out); !status) return status;
  std::vector<RunFolder> runs;
  for (const std::string& folder : options.folders) {
    auto run = RunFolder::open(folder);
    if (!run) return run.error();
    runs.push_back(std::move(*run));
  }
  const auto table = runsTable(runs, options.view);
  if (!table) return table.error();
  auto text = textOf(*table, formatOf(options));
  if (!text) return text.error();
  if (!options.out.empty()) return writeTextAtomically(options.out, *text);
  text->pop_back(); // printLine ends it
  printLine(*text);
  return done();
}

} // namespace

void addTable(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command =
      program.add_subcommand("table", "The runs and their measures of the test set, seeds with their spread");
  command->add_option("run", options->folders, "Run folders")->required()->check(named())->expected(1, 256);
  command->add_option("--out", options->out,
                      "FILE.tsv, .csv, .md, .tex or .json; standard output without it");
  command
      ->add_option("--format", options->format,
                   "tsv, csv, md, tex or json; that of the ending, or tsv, without it")
      ->check(oneOf({"tsv", "csv", "md", "tex", "json"}));
  command->add_flag("--each-run", options->view.eachRun,
                    "One row a run; otherwise runs that differ in the seed alone share one");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
