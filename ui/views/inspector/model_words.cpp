#include "ui/views/inspector/model_words.h"

#include <QCoreApplication>
#include <QLocale>

namespace latent::ui {
namespace {

constexpr size_t mostRows = 24; // a tooltip does not scroll

QString say(const char* text) {
  return QCoreApplication::translate("Model", text);
}

QString countText(int64_t count) {
  const auto value = static_cast<double>(count);
  if (count >= 10'000'000) return say("%1 M").arg(value / 1e6, 0, 'f', 0);
  if (count >= 1'000'000) return say("%1 M").arg(value / 1e6, 0, 'f', 1);
  if (count >= 10'000) return say("%1 k").arg(value / 1e3, 0, 'f', 0);
  return QLocale::c().toString(static_cast<qlonglong>(count));
}

QString row(const ModelAnswer::Layer& layer) {
  const QString cell = QStringLiteral("<td>%1&nbsp;&nbsp;</td>");
  return QStringLiteral("<tr>%1%2%3<td align='right'>%4</td></tr>")
      .arg(cell.arg(layer.name.toHtmlEscaped()), cell.arg(layer.kind.toHtmlEscaped()),
           cell.arg(layer.shape.toHtmlEscaped()), QLocale().toString(static_cast<qlonglong>(layer.weights)));
}

} // namespace

QString weightsText(const ModelAnswer& answer) {
  if (answer.most == 0) return {};
  const QString most = countText(answer.most), fewest = countText(answer.fewest);
  return most == fewest ? say("%1 weights").arg(most) : say("%1 to %2 weights").arg(fewest, most);
}

QString layersText(const ModelAnswer& answer) {
  if (answer.layers.empty()) return {};
  const size_t count = answer.layers.size();
  const size_t head = count > mostRows ? mostRows / 2 : count;
  const size_t tail = count > mostRows ? mostRows - head : 0;
  QString rows = QStringLiteral("<tr><td><b>%1</b></td><td><b>%2</b></td><td><b>%3&nbsp;&nbsp;</b></td>"
                                "<td align='right'><b>%4</b></td></tr>")
                     .arg(say("weights of"), say("layer"), say("output"), say("number"));
  for (size_t i = 0; i < head; ++i) rows += row(answer.layers[i]);
  if (tail > 0)
    rows +=
        QStringLiteral("<tr><td colspan='4'>%1</td></tr>").arg(say("… %1 more …").arg(count - head - tail));
  for (size_t i = count - tail; i < count; ++i) rows += row(answer.layers[i]);
  return QStringLiteral("<table style='white-space:pre'>%1</table>").arg(rows);
}

} // namespace latent::ui
