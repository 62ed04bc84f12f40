// Options that several commands share, and how their texts are read.
#pragma once

#include "core/data/catalogue.h"
#include "core/run/figures.h"
#include "core/run/run_folder.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace latent::cli {

/// The runs that a command looks at.
struct RunOptions {
  std::vector<std::string> folders;
  std::optional<int64_t> step;
  std::optional<std::string> dataDir;

  void addTo(CLI::App& command, bool several);
  /// Opens all of them. The program then computes with the threads of the first, so that it repeats its
  /// numbers.
  Result<std::vector<FigureSource>> open() const;
  /// With the data set that the first was trained on.
  struct Opened {
    std::vector<FigureSource> sources;
    std::shared_ptr<const Dataset> data;
  };
  Result<Opened> openWithData() const;
};

/// The data set that a run was trained on; input error if the files found are others.
Result<std::shared_ptr<const Dataset>> openDataOf(const RunFolder& run,
                                                  const std::optional<std::string>& dataDir);
Result<std::shared_ptr<const Dataset>> openData(const std::string& id,
                                                const std::optional<std::string>& dataDir);

/// Work error where the folder of the file to write is not there: told before any work, and never made.
Status checkOutput(const std::string& out);

/// Where and how a figure is written.
struct FigureOptions {
  std::string out;
  std::optional<double> widthMm, dpi;
  std::optional<double> heightMm, fontPoints,
      curvePoints;                  ///< of the page, as the ones below; nothing = as made
  std::optional<std::string> title; ///< "" = none
  std::optional<LegendPlace> legend;
  std::optional<bool> greyscale, smooth;
  bool sidecar = false, tex = false; ///< DrawOptions

  /// With --size, which gives what no other option gives, once the command line is read.
  void addTo(CLI::App& command, const std::string& endings);
  std::string ending() const; ///< ".png"
  /// Before any work: usage error for an ending that names no file this command can write, and checkOutput.
  /// `arrays`: .npy is one of those.
  Status check(bool arrays = true) const;
  /// drawFigure on the page that was asked for, with the figure's warnings on standard error.
  Status draw(const Figure& figure) const;
};

/// "0.5,-1.2" -> numbers; usage error names the option.
Result<std::vector<double>> parseNumbers(const std::string& option, const std::string& text);
Result<std::vector<int64_t>> parseIntegers(const std::string& option, const std::string& text);
/// "loss,recon" -> words; none for "".
std::vector<std::string> splitWords(const std::string& text);
/// The same, each one of `known`.
Result<std::vector<std::string>> parseWords(const std::string& option, const std::string& text,
                                            const std::vector<std::string>& known);
/// A value of runSchema() or of a family's schema given as text.
Result<ParameterValue> parseValue(const ParameterSchema& schema, const std::string& key,
                                  const std::string& text);

} // namespace latent::cli
