// latent-figures FIGUREFILE OUT.{png,pdf,svg} [--dpi N]: draws a figure file without a display.
#include "core/figure/figure.h"
#include "ui/plots/figure_painter.h"

#include <QApplication>

#include <cmath>
#include <cstdio>
#include <exception>

namespace {

constexpr const char* usage =
    "Usage: latent-figures FIGUREFILE OUT.{png,pdf,svg} [--dpi N]\n"
    "Draws the figure file at its size in millimetres; --dpi is for png and defaults to 300.\n";

int fail(const latent::Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return static_cast<int>(error.fault);
}

struct Arguments {
  QString figure, output;
  double dpi = 300;
};

latent::Result<Arguments> parse(const QStringList& words) {
  Arguments arguments;
  QStringList files;
  for (qsizetype i = 1; i < words.size(); ++i) {
    if (words[i] == QLatin1String("--dpi")) {
      bool number = false;
      if (++i < words.size()) arguments.dpi = words[i].toDouble(&number);
      if (!number || !std::isfinite(arguments.dpi))
        return latent::usageError("--dpi needs a number, such as --dpi 300.");
    } else if (words[i].startsWith(QLatin1String("--"))) {
      return latent::usageError("There is no option " + words[i].toStdString() +
                                "; see latent-figures --help.");
    } else {
      files << words[i];
    }
  }
  if (files.size() != 2)
    return latent::usageError("latent-figures takes a figure file and the file to draw; see --help.");
  arguments.figure = files[0];
  arguments.output = files[1];
  return arguments;
}

// Qt's remarks about the machine would stand before the one sentence that a caller shows.
void onlyGraveMessages(QtMsgType type, const QMessageLogContext&, const QString& message) {
  if (type == QtCriticalMsg || type == QtFatalMsg) std::fprintf(stderr, "%s\n", qPrintable(message));
}

} // namespace

int main(int argc, char** argv) {
  qInstallMessageHandler(onlyGraveMessages);
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv); // the plot classes are widgets
  const QStringList words = QApplication::arguments();
  if (words.contains(QLatin1String("--help")) || words.contains(QLatin1String("-h"))) {
    std::fputs(usage, stdout);
    return 0;
  }
  const auto arguments = parse(words);
  if (!arguments) return fail(arguments.error());
  try {
    const auto figure = latent::readFigure(arguments->figure.toStdString());
    if (!figure) return fail(figure.error());
    const latent::Status drawn = latent::ui::paintFigure(*figure, arguments->output, arguments->dpi);
    return drawn ? 0 : fail(drawn.error());
  } catch (const std::bad_alloc&) {
    return fail(
        latent::workError("There is not enough memory to draw " + arguments->figure.toStdString() + "."));
  }
}
