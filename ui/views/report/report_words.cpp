#include "ui/views/report/report_words.h"

#include <QCoreApplication>

namespace latent::ui {
namespace {

QString say(const char* text) {
  return QCoreApplication::translate("ReportWords", text);
}

} // namespace

QString kindOf(const ReportEntry& entry) {
  if (entry.table) return say("Table");
  const Json& provenance = entry.figure->provenance;
  const bool named = provenance.contains("kind") && provenance["kind"].is_string();
  const std::string kind = named ? provenance["kind"].get<std::string>() : std::string();
  if (kind == "plane") return say("Plane");
  if (kind == "curves") return say("Curves");
  if (kind == "reconstruct") return say("Reconstructions");
  if (kind == "noise") return say("Noise");
  if (kind == "sample") return say("Samples");
  if (kind == "interpolate") return say("Path");
  if (kind == "traverse") return say("Sweep");
  if (kind == "codes") return say("Codes");
  return say("Figure");
}

QString numberOf(const ReportBridge& report, int place) {
  const bool table = report.entry(place).table != nullptr;
  int number = 1;
  for (int before = 0; before < place; ++before)
    if ((report.entry(before).table != nullptr) == table) ++number;
  return (table ? say("Table %1") : say("Figure %1")).arg(number);
}

QString firstLine(const ReportBridge& report, int place) {
  const ReportEntry entry = report.entry(place);
  const QString line = entry.caption.section(QLatin1Char('\n'), 0, 0).trimmed();
  return line.isEmpty() ? QStringLiteral("%1: %2").arg(numberOf(report, place), kindOf(entry)) : line;
}

} // namespace latent::ui
