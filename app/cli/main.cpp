// `latent`: the engine without a window (INTERFACE.md). Commands, JSON lines and exit codes; no Qt.
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/usage.h"

#include <cstdio>
#include <exception>
#include <iostream>
#include <new>

namespace latent::cli {
namespace {

/// The exit code of an outcome; an error is one sentence on standard error. Names of files stand in it, which
/// may hold line ends and what steers a terminal.
int report(const Status& status) {
  if (status) return 0;
  std::string sentence = status.error().message;
  sentence = sentence.substr(0, sentence.find("\nException raised from")); // a stack trace of LibTorch
  for (char& c : sentence)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  std::fprintf(stderr, "latent: %s\n", sentence.c_str());
  return static_cast<int>(status.error().fault);
}

Status perform(const Action& action) {
  try {
    const Status status = action();
    return status ? outputStatus() : status;
  } catch (const std::bad_alloc&) {
    return workError("Out of memory; close other programs, or use a smaller model, batch or picture.");
  } catch (const std::exception& error) {
    const std::string said = error.what();
    return workError(said.substr(0, said.find('\n'))); // never a stack trace of some library
  } catch (...) {
    return workError("Something unknown went wrong; please report this.");
  }
}

int run(int argc, char** argv) {
  CLI::App program("Train autoencoders and variational autoencoders and look into their latent spaces.",
                   "latent");
  program.require_subcommand(1);
  program.set_version_flag("--version", "latent " LATENT_VERSION);
  Action action;
  for (const auto add :
       {addDatasets, addModels,   addTrain,       addEvaluate, addEncode, addDecode, addPlane, addReconstruct,
        addSample,   addTraverse, addInterpolate, addNoise,    addCodes,  addCurves, addMovie, addFigure,
        addReport,   addTable,    addBench,       addPack,     addImport, addExport})
    add(program, action);
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& asked) { // --help, --version
    program.exit(asked, std::cout, std::cerr);
    return report(std::cout.flush() ? done() : Status(workError("Cannot write to standard output.")));
  } catch (const CLI::ParseError& error) {
    return report(usageErrorOf(program, error, argc, argv));
  }
  return report(perform(action));
}

} // namespace
} // namespace latent::cli

int main(int argc, char** argv) {
  latent::cli::watchSignals();
  return latent::cli::run(argc, argv);
}
