#include "ui/views/codes/codes_table.h"

#include "ui/views/codes/codebook_feed.h"
#include "ui/views/shared/copy_table.h"

#include <QCoreApplication>

#include <string>

namespace latent::ui {
namespace {

std::string say(const char* text) {
  return QCoreApplication::translate("CodesTable", text).toStdString();
}

} // namespace

Table usageTable(const CodebookLook& look, int64_t images) {
  Table table;
  table.title = say("Usage of the codes");
  table.columns = {{say("Code"), "", true, 0}, {say("Cells"), "", true, 0}, {say("Share"), "%", true, 3}};
  const double cells = static_cast<double>(look.cells());
  for (size_t code = 0; code < look.used.size(); ++code) {
    const auto used = static_cast<double>(look.used[code]);
    table.rows.push_back({{.text = {}, .value = static_cast<double>(code), .spread = {}},
                          {.text = {}, .value = used, .spread = {}},
                          {.text = {}, .value = cells > 0 ? 100 * used / cells : 0, .spread = {}}});
  }
  table.notes.push_back(
      QCoreApplication::translate("CodesTable", "Counted over %1 test images.").arg(images).toStdString());
  return table;
}

void offerUsage(QWidget* widget, const CodebookFeed* codebook) {
  const auto table = [codebook]() -> std::optional<Table> {
    if (codebook->look().used.empty()) return std::nullopt;
    return usageTable(codebook->look(), codebook->images());
  };
  offerTable(widget, table, TableKey::pictures);
}

} // namespace latent::ui
