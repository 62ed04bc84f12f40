// latent-figures FIGUREFILE OUT.{png,pdf,svg} [FIGUREFILE OUT ...] [--dpi N]: draws figure files without a
// display; latent-figures --report FOLDER OUT.pdf: a whole report.
#include "core/figure/figure.h"
#include "core/figure/report.h"
#include "ui/plots/figure_painter.h"
#include "ui/plots/report_pages.h"

#include <QApplication>

#include <cmath>
#include <cstdio>
#include <exception>

namespace {

constexpr const char* usage =
    "Usage: latent-figures FIGUREFILE OUT.{png,pdf,svg} [FIGUREFILE OUT ...] [--dpi N]\n"
    "Draws each figure file at its size in millimetres, in this order, up to the first that cannot be "
    "drawn;\n"
    "--dpi is for png and defaults to 300.\n"
    "       latent-figures --report FOLDER OUT.pdf [--paper a4|letter] [--width MILLIMETRES]\n"
    "Draws the report of that folder; --width is that of its text.\n";

int fail(const latent::Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return static_cast<int>(error.fault);
}

struct Arguments {
  QStringList files; ///< a figure and the file to draw, by turns
  double dpi = 300;
  bool report = false; ///< the first of `files` is a report's folder
  latent::ui::ReportPaper paper;
};

/// The word behind an option as a number.
bool takeNumber(const QStringList& words, qsizetype& i, double& value) {
  bool number = false;
  if (++i < words.size()) value = words[i].toDouble(&number);
  return number && std::isfinite(value);
}

latent::Result<Arguments> parse(const QStringList& words) {
  Arguments arguments;
  for (qsizetype i = 1; i < words.size(); ++i) {
    if (words[i] == QLatin1String("--dpi")) {
      if (!takeNumber(words, i, arguments.dpi))
        return latent::usageError("--dpi needs a number, such as --dpi 300.");
    } else if (words[i] == QLatin1String("--width")) {
      if (!takeNumber(words, i, arguments.paper.widthMm) || arguments.paper.widthMm < 20)
        return latent::usageError("--width needs a number of millimetres, such as --width 160.");
    } else if (words[i] == QLatin1String("--paper")) {
      const QString paper = ++i < words.size() ? words[i] : QString();
      arguments.paper.letter = paper == QLatin1String("letter");
      if (!arguments.paper.letter && paper != QLatin1String("a4"))
        return latent::usageError("--paper is a4 or letter.");
    } else if (words[i] == QLatin1String("--report")) {
      arguments.report = true;
    } else if (words[i].startsWith(QLatin1String("--"))) {
      return latent::usageError("There is no option " + words[i].toStdString() +
                                "; see latent-figures --help.");
    } else {
      arguments.files << words[i];
    }
  }
  if (arguments.report && arguments.files.size() != 2)
    return latent::usageError("--report takes a folder and the file to write; see --help.");
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

latent::Status drawReport(const QString& folder, const QString& output,
                          const latent::ui::ReportPaper& paper) {
  try {
    const auto report = latent::readReport(folder.toStdString());
    if (!report) return report.error();
    return latent::ui::paintReport(*report, output, paper);
  } catch (const std::bad_alloc&) {
    return latent::workError("There is not enough memory to draw the report " + folder.toStdString() + ".");
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
  if (arguments->report) {
    const latent::Status drawn = drawReport(arguments->files[0], arguments->files[1], arguments->paper);
    return drawn ? 0 : fail(drawn.error());
  }
  for (qsizetype i = 0; i < arguments->files.size(); i += 2) {
    const latent::Status drawn = draw(arguments->files[i], arguments->files[i + 1], arguments->dpi);
    if (!drawn) return fail(drawn.error());
  }
  return 0;
}
