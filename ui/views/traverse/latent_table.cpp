#include "ui/views/traverse/latent_table.h"

#include <QCoreApplication>

#include <string>

namespace latent::ui {
namespace {

std::string say(const char* text) {
  return QCoreApplication::translate("LatentTable", text).toStdString();
}

TableCell number(double value) {
  return {.text = {}, .value = value, .spread = {}};
}

} // namespace

Table latentTable(const LatentUse& use) {
  Table table;
  table.title = say("Use of the latents");
  table.columns.push_back({say("Latent"), "", false, 0});
  if (use.byKl) table.columns.push_back({say("KL"), say("nats"), true, 3});
  table.columns.push_back({say("Variance of the codes"), "", true, 4});
  table.columns.push_back({say("Used"), "", false, 0});
  for (size_t j = 0; j < use.value.size(); ++j) {
    std::vector<TableCell> row{{.text = "z" + std::to_string(j + 1), .value = {}, .spread = {}}};
    if (use.byKl) row.push_back(number(use.value[j]));
    row.push_back(number(use.codeVariance[j]));
    row.push_back({.text = use.dead[j] ? say("no") : say("yes"), .value = {}, .spread = {}});
    table.rows.push_back(std::move(row));
  }
  return table;
}

} // namespace latent::ui
