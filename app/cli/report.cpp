#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/cli/train_command.h"
#include "app/cli/usage.h"
#include "core/models/compute.h"
#include "core/run/report/ae_against_vae.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <set>
#include <thread>

namespace latent::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* savedEnding = ".latent-report";

struct Options {
  std::vector<std::string> folders;
  std::string recipe = "ae-against-vae", opened, out, paper = "a4";
  std::optional<std::string> title, author, dataDir;
  AeVaeOptions view;
  ReportOptions pages;
};

/// A bar on a terminal while something is made.
class Watch {
 public:
  explicit Watch(const std::string& text)
      : m_thread([text](const std::stop_token& stop) {
          ProgressLine line(true);
          while (!stop.stop_requested()) {
            if (interruption().progress() >= 0) line.show(interruption().progress(), text);
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
          }
        }) {
    interruption().setProgress(0);
  }

 private:
  std::jthread m_thread;
};

/// What is missing, as commands that train it beside the first run; notes on standard error.
void tellPlan(const AeVaePlan& plan) {
  for (const std::string& note : plan.notes) std::fprintf(stderr, "latent: %s\n", note.c_str());
  if (plan.missing.empty()) return;
  std::fprintf(stderr, "latent: Missing for the whole report, to be trained with:\n");
  std::set<std::string> taken;
  for (const RunConfig& config : plan.missing) {
    const fs::path folder = freeFolder(plan.runs.front().path().parent_path(), config, taken);
    std::fprintf(stderr, "%s\n", trainCommand(config, folder).c_str());
  }
}

Result<Report> made(const Options& options) {
  std::vector<RunFolder> runs;
  for (const std::string& folder : options.folders) {
    auto run = RunFolder::open(folder);
    if (!run) return run.error();
    runs.push_back(std::move(*run));
  }
  const auto plan = planAeAgainstVae(runs);
  if (!plan) return plan.error();
  tellPlan(*plan);
  if (plan->pairs.empty())
    return usageError("No AE and VAE of these runs differ in nothing but the family, so there is nothing to "
                      "compare; train what is missing first.");
  setComputeThreads(std::max(1, plan->pairs.front().ae.record().config.threads));
  const auto data = openDataOf(plan->runs.front(), options.dataDir);
  if (!data) return data.error();
  AeVaeOptions view = options.view;
  view.widthMm = options.pages.widthMm;
  const Watch watch("Making the figures");
  return aeAgainstVae(*plan, view, **data, interruption());
}

Status write(const Report& report, const Options& options) {
  const fs::path out = options.out;
  const std::string ending = out.extension().string();
  if (ending == savedEnding) return saveReport(out, report);
  const Watch watch("Writing the report");
  if (ending == ".pdf") return writeReportPdf(report, out, options.pages, interruption());
  if (ending == ".html") return writeReportHtml(report, out, options.pages, interruption());
  return writeReportLatex(report, out, options.pages, interruption());
}

Status run(Options options) {
  if (options.folders.empty() == options.opened.empty())
    return usageError("latent report takes either run folders or --open with a saved report.");
  options.pages.letter = options.paper == "letter";
  fs::path out = options.out;
  if (!out.has_filename()) options.out = out.parent_path().string(); // "report/" is "report"
  const std::string ending = fs::path(options.out).extension().string();
  for (const char* other : {".tex", ".htm", ".md", ".csv", ".tsv", ".png", ".svg", ".json"})
    if (ending == other)
      return usageError(
          "A report is written as a folder for LaTeX, FILE.pdf, FILE.html or NAME.latent-report, not as " +
          ending + ".");
  if (Status status = checkOutput(options.out); !status) return status;
  auto report = options.opened.empty() ? made(options) : openReport(options.opened);
  if (!report) return report.error();
  report->title = options.title.value_or(report->title);
  report->author = options.author.value_or(report->author);
  return write(*report, options);
}

} // namespace

void addReport(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand(
      "report", "Figures, captions and a table of runs as a folder for LaTeX, one PDF or one HTML page");
  auto* runs = command->add_option("run", options->folders, "Run folders")->check(named())->expected(1, 256);
  command
      ->add_option(
          "--recipe", options->recipe,
          "ae-against-vae: curves, reconstructions, latent planes, samples and noise of each pair of an "
          "AE and a VAE that differ in nothing else; names the runs that are missing for it")
      ->check(oneOf({"ae-against-vae"}))
      ->capture_default_str();
  command->add_option("--open", options->opened, "A report saved before: NAME.latent-report")->excludes(runs);
  command
      ->add_option(
          "--out", options->out,
          "FOLDER with main.tex, FILE.pdf, FILE.html, or NAME.latent-report to go on with it in the window")
      ->required()
      ->check(named());
  command->add_option("--title", options->title, "In place of the report's own");
  command->add_option("--author", options->author, "Below the title");
  command->add_option("--paper", options->paper, "a4 or letter")
      ->check(oneOf({"a4", "letter"}))
      ->capture_default_str();
  command->add_option("--width", options->pages.widthMm, "Of the text and its figures, in millimetres")
      ->check(number(60, 190))
      ->capture_default_str();
  command->add_option("--dpi", options->pages.dpi, "Dots an inch of what is no vector")
      ->check(number(30, 1200))
      ->capture_default_str();
  command->add_option("--seed", options->view.seed, "Of samples and noise")
      ->check(wholeNumber(0, std::numeric_limits<int64_t>::max()))
      ->capture_default_str();
  command->add_option("--data-dir", options->dataDir, "Folder of the data sets; excludes all other places")
      ->check(named());
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
