#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/usage.h"
#include "core/run/codes_figure.h"

namespace latent::cli {
namespace {

struct Options {
  RunOptions runs;
  std::string split = "test", tokens;
  int64_t item = 0;
  FigureOptions figure;
};

Status run(const Options& options) {
  CodesOptions view;
  view.input = {options.split, options.item, {}, {}};
  if (!options.tokens.empty()) {
    auto tokens = parseIntegers("--tokens", options.tokens);
    if (!tokens) return tokens.error();
    view.tokens = *std::move(tokens);
  }
  view.widthMm = options.figure.widthMm.value_or(view.widthMm);
  if (Status status = options.figure.check(false); !status) return status;
  const auto opened = options.runs.openWithData();
  if (!opened) return opened.error();
  const auto& [sources, data] = *opened;
  const auto figure = codesFigure(sources.front(), view, *data, interruption());
  if (!figure) return figure.error();
  return options.figure.draw(*figure);
}

} // namespace

void addCodes(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand(
      "codes", "The map of codes of an image, what is decoded from it, and how often each code is used");
  options->runs.addTo(*command, false);
  command->add_option("--item", options->item, "Image of the split")
      ->check(wholeNumber(0, 1000000000))
      ->capture_default_str();
  command->add_option("--split", options->split, "test or train")
      ->check(oneOf({"test", "train"}))
      ->capture_default_str();
  command->add_option("--tokens", options->tokens,
                      "Codes in place of the image's own, row by row: \"3,17,...\"");
  options->figure.addTo(*command, "FILE.png, .pdf, .svg or .csv");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
