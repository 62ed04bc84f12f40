#include "ui/views/compare/noise_table.h"

#include <QCoreApplication>

#include <algorithm>
#include <string>

namespace latent::ui {
namespace {

std::string say(const char* text) {
  return QCoreApplication::translate("NoiseTable", text).toStdString();
}

TableCell number(double value) {
  return {.text = {}, .value = value, .spread = {}};
}

std::string nameOf(const CompareRow& row) {
  QString name = QStringLiteral("%1 %2").arg(row.letter, row.label);
  if (row.snapshot) name += QStringLiteral(" · ") + row.note;
  return name.trimmed().toStdString();
}

} // namespace

Table noiseTable(const NoiseCurves& curves, const std::vector<CompareRow>& rows, NoiseScale scale,
                 const QString& note) {
  const bool classes =
      std::ranges::any_of(curves.curves, [](const NoiseCurve& curve) { return !curve.kept.empty(); });
  Table table;
  table.title = say("Standing the noise");
  table.columns = {{say("Run"), "", false, 0},
                   {scale == NoiseScale::raw ? say("σ, raw") : say("σ, × spread"), "", true, 2},
                   {say("Squared error"), "", true, 3},
                   {say("sd over images"), "", true, 3}};
  if (classes) table.columns.push_back({say("Keep their class"), "%", true, 1});
  for (const CompareRow& row : rows) {
    const auto curve = std::ranges::find(curves.curves, row.source, &NoiseCurve::source);
    if (curve == curves.curves.end()) continue;
    for (size_t i = 0; i < std::min(curves.sigmas.size(), curve->error.size()); ++i) {
      std::vector<TableCell> cells{{.text = nameOf(row), .value = {}, .spread = {}},
                                   number(curves.sigmas[i]),
                                   number(curve->error[i]),
                                   number(curve->errorDeviation[i])};
      if (classes) cells.push_back(i < curve->kept.size() ? number(100 * curve->kept[i]) : TableCell());
      table.rows.push_back(std::move(cells));
    }
  }
  if (!note.isEmpty()) table.notes.push_back(note.toStdString());
  return table;
}

} // namespace latent::ui
