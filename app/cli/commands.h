// The commands of `latent` (INTERFACE.md). Each file of this folder adds one.
#pragma once

#include "core/base/result.h"

#include <CLI/CLI.hpp>
#include <functional>

namespace latent::cli {

/// What the command line asked for, run once it is parsed.
using Action = std::function<Status()>;

void addDatasets(CLI::App& program, Action& action);
void addModels(CLI::App& program, Action& action);
void addTrain(CLI::App& program, Action& action);
void addEvaluate(CLI::App& program, Action& action);
void addEncode(CLI::App& program, Action& action);
void addDecode(CLI::App& program, Action& action);
void addPlane(CLI::App& program, Action& action);
void addReconstruct(CLI::App& program, Action& action);
void addSample(CLI::App& program, Action& action);
void addTraverse(CLI::App& program, Action& action);
void addInterpolate(CLI::App& program, Action& action);
void addNoise(CLI::App& program, Action& action);
void addCodes(CLI::App& program, Action& action);
void addCurves(CLI::App& program, Action& action);
void addMovie(CLI::App& program, Action& action);
void addFigure(CLI::App& program, Action& action);
void addReport(CLI::App& program, Action& action);
void addTable(CLI::App& program, Action& action);
void addBench(CLI::App& program, Action& action);
void addPack(CLI::App& program, Action& action);
void addImport(CLI::App& program, Action& action);
void addExport(CLI::App& program, Action& action);

} // namespace latent::cli
