#include "app/gui/arguments.h"

#include <QCommandLineParser>

namespace latent {

Result<Arguments> parseArguments(const QStringList& arguments) {
  QCommandLineParser parser;
  parser.setApplicationDescription("Trains autoencoders and variational autoencoders on images and lets you "
                                   "drag across what they learnt.");
  const QCommandLineOption drag("bench-drag",
                                "Measure pointer to picture while a run trains, without a display.");
  const QCommandLineOption startup(
      "bench-startup", "Measure the time from the start to the first decoded picture, without a display.");
  const QCommandLineOption json("json", "Print measurements as one JSON object.");
  const QCommandLineOption dataDir("data-dir", "Look for data sets here first.", "folder");
  const QCommandLineOption help({"h", "help"}, "Show this help.");
  const QCommandLineOption version({"v", "version"}, "Show the version.");
  parser.addOptions({drag, startup, json, dataDir, help, version});
  parser.addPositionalArgument("run", "Run folders or a session to open.", "[run ... | session]");
  if (!parser.parse(arguments))
    return usageError(parser.errorText().toStdString() + "; see latent-explorer --help.");

  Arguments parsed;
  parsed.json = parser.isSet(json);
  parsed.dataDir = parser.value(dataDir);
  parsed.folders = parser.positionalArguments();
  if (parser.isSet(help)) {
    parsed.mode = Arguments::Mode::help;
    // QCommandLineParser::helpText needs an application object for the program's name.
    parsed.helpText = "Usage: latent-explorer [options] [run ... | file.latent-session]\n\n" +
                      parser.applicationDescription() + "\n\n";
    for (const QCommandLineOption& option : {drag, startup, json, dataDir, help, version})
      parsed.helpText +=
          QStringLiteral("  --%1  %2\n").arg(option.names().constLast(), -14).arg(option.description());
  } else if (parser.isSet(version)) {
    parsed.mode = Arguments::Mode::version;
  } else if (parser.isSet(drag)) {
    parsed.mode = Arguments::Mode::benchDrag;
  } else if (parser.isSet(startup)) {
    parsed.mode = Arguments::Mode::benchStartup;
  }
  return parsed;
}

} // namespace latent
