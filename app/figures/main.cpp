// latent-figures FIGUREFILE OUT.{png,pdf,svg} [FIGUREFILE OUT ...] [--dpi N]: draws figure files without a
// display.
#include "core/figure/figure.h"
#include "ui/plots/figure_painter.h"

#include <QApplication>

#include <cmath>
#include <cstdio>
#include <exception>

namespace {

constexpr const char* usage =
    "Usage: latent-figures FIGUREFILE OUT.{png,pdf,svg} [FIGUREFILE OUT ...] [--dpi N]\n"
    "Draws each figure file at its size in millimetres, in this order, up to the first that cannot be "
    "drawn;\n"
    "--dpi is for png and defaults to 300.\n";

int fail(const latent::Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return static_cast<int>(error.fault);
}

struct Arguments {
  QStringList files; ///< a figure and the file to draw, by turns
  double dpi = 300;
};

latent::Result<Arguments> parse(const QStringList& words) {
  Arguments arguments;
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
      arguments.files << words[i];
    }
  }
  if (arguments.files.isEmpty() || arguments.files.size() % 2 != 0)
    return latent::usageError("latent-figures takes a figure file and the file to draw, or more such pairs; "
                              "see --help.");
  return arguments;
}

latent::Status draw(const QString& figureFile, const QString& output, double dpi) {
  try {
    const auto figure = latent::readFigure(figureFile.toStdString());
    if (!figure) return figure.error();
    return latent::ui::paintFigure(*figure, output, dpi);
  } catch (const std::bad_alloc&) {
    return latent::workError("There is not enough memory to draw " + figureFile.toStdString() + ".");
  }
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
  for (qsizetype i = 0; i < arguments->files.size(); i += 2) {
    const latent::Status drawn = draw(arguments->files[i], arguments->files[i + 1], arguments->dpi);
    if (!drawn) return fail(drawn.error());
  }
  return 0;
}
