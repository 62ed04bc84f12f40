#include "ui/views/window/export_settings.h"

#include <QSettings>

#include <algorithm>

namespace latent::ui {
namespace {

QString key(const char* name) {
  return QStringLiteral("export/") + QLatin1String(name);
}

} // namespace

FigureFiles ExportSettings::filesOf(const QString& file) const {
  const bool table = file.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive);
  return {file, !table && (numbers || tex), !table && tex, sidecar};
}

ExportSettings readExportSettings(const QSettings& settings) {
  ExportSettings read;
  const auto number = [&](const char* name, double low, double high, double otherwise) {
    bool known = false;
    const double value = settings.value(key(name), otherwise).toDouble(&known);
    return known ? std::clamp(value, low, high) : otherwise;
  };
  const auto flag = [&](const char* name, bool otherwise) {
    return settings.value(key(name), otherwise).toBool();
  };
  read.folder = settings.value(key("folder")).toString();
  read.extension = settings.value(key("extension"), read.extension).toString();
  if (!QStringList{"pdf", "svg", "png", "csv"}.contains(read.extension)) read.extension = "pdf";
  FigurePage& page = read.page;
  page.widthMm = number("widthMm", narrowestPage, largestPage, page.widthMm);
  page.heightMm = number("heightMm", 0, largestPage, page.heightMm);
  page.fontPoints = number("fontPoints", smallestFont, largestFont, page.fontPoints);
  page.curvePoints = number("curvePoints", thinnestCurve, thickestCurve, page.curvePoints);
  page.dpi = number("dpi", coarsestDpi, finestDpi, page.dpi);
  if (!flag("title", true)) page.title = "";
  if (const auto place = legendPlaceFromName(settings.value(key("legend")).toString().toStdString()))
    page.legend = *place;
  page.greyscale = flag("greyscale", false);
  page.smooth = flag("smooth", false);
  read.numbers = flag("numbers", true);
  read.tex = flag("tex", false);
  read.sidecar = flag("sidecar", false);
  read.realSize = flag("realSize", true);
  read.used = flag("used", false);
  return read;
}

void writeExportSettings(QSettings& settings, const ExportSettings& exporting) {
  const auto put = [&](const char* name, const QVariant& value) { settings.setValue(key(name), value); };
  const FigurePage& page = exporting.page;
  put("folder", exporting.folder);
  put("extension", exporting.extension);
  put("widthMm", page.widthMm);
  put("heightMm", page.heightMm);
  put("fontPoints", page.fontPoints);
  put("curvePoints", page.curvePoints);
  put("dpi", page.dpi);
  put("title", page.title != "");
  put("legend", QLatin1String(legendPlaceName(page.legend)));
  put("greyscale", page.greyscale);
  put("smooth", page.smooth);
  put("numbers", exporting.numbers);
  put("tex", exporting.tex);
  put("sidecar", exporting.sidecar);
  put("realSize", exporting.realSize);
  put("used", exporting.used);
}

} // namespace latent::ui
