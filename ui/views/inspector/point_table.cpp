#include "ui/views/inspector/point_table.h"

#include <QCoreApplication>

#include <string>

namespace latent::ui {

Table pointTable(const LatentPoint& z) {
  Table table;
  table.title = QCoreApplication::translate("PointTable", "Point z").toStdString();
  table.columns = {{QCoreApplication::translate("PointTable", "Latent").toStdString(), "", false, 0},
                   {QCoreApplication::translate("PointTable", "Value").toStdString(), "", true, 4}};
  for (size_t j = 0; j < z.size(); ++j)
    table.rows.push_back({{.text = "z" + std::to_string(j + 1), .value = {}, .spread = {}},
                          {.text = {}, .value = static_cast<double>(z[j]), .spread = {}}});
  return table;
}

} // namespace latent::ui
