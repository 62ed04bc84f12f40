#include "ui/plots/figure_text.h"

#include <QRegularExpression>

#include <map>

namespace latent::ui {
namespace {

/// The names of the runs in a provenance that anybody may have written.
QStringList runNames(const Json& provenance) {
  QStringList names;
  const auto runs = provenance.find("runs");
  if (runs == provenance.end() || !runs->is_array()) return names;
  for (const Json& run : *runs) {
    const auto name = run.is_object() ? run.find("name") : run.end();
    if (run.is_object() && name != run.end() && name->is_string())
      names << figureText(name->get<std::string>());
  }
  names.removeDuplicates();
  return names;
}

} // namespace

QString figureText(const std::string& text) {
  static const QRegularExpression hyphen(QStringLiteral("(?<![^\\s(,=:])-(?=[\\w.])"));
  return QString::fromStdString(text).replace(hyphen, QString(QChar(0x2212)));
}

QStringList wrapped(const QString& text, const QFontMetricsF& metrics, double width, int most) {
  QStringList words;
  for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    const bool number = word[0].isDigit() || word[0] == QChar(0x2212);
    if (number && !words.isEmpty())
      words.last() += u' ' + word;
    else
      words << word;
  }
  QStringList lines;
  while (!words.isEmpty()) {
    QString line = words.takeFirst();
    const bool last = lines.size() + 1 == most;
    while (!words.isEmpty() && (last || metrics.horizontalAdvance(line + u' ' + words.first()) <= width))
      line += u' ' + words.takeFirst();
    lines << metrics.elidedText(line, Qt::ElideMiddle, width + 1);
  }
  return lines;
}

QString documentTitle(const Figure& figure) {
  if (!figure.title.empty()) return figureText(figure.title);
  static const std::map<std::string, QString> kinds{{"curves", QStringLiteral("Training curves")},
                                                    {"reconstruct", QStringLiteral("Reconstructions")},
                                                    {"decode", QStringLiteral("Decoded images")},
                                                    {"plane", QStringLiteral("Latent planes")}};
  const auto kind = figure.provenance.find("kind");
  const auto words = kind != figure.provenance.end() && kind->is_string()
                         ? kinds.find(kind->get<std::string>())
                         : kinds.end();
  if (words == kinds.end()) return {};
  constexpr qsizetype named = 3;
  const QStringList runs = runNames(figure.provenance);
  QString title = words->second;
  if (!runs.isEmpty()) title += QStringLiteral(": ") + runs.mid(0, named).join(QStringLiteral("; "));
  if (runs.size() > named) title += QStringLiteral(" and %1 more").arg(runs.size() - named);
  return title;
}

} // namespace latent::ui
