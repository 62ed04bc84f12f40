#include "ui/views/report/page_html.h"

#include "ui/views/report/report_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace latent::ui {
namespace {

constexpr double titlePoints = 18, authorPoints = 12, headingPoints = 14, bodyPoints = 10.5,
                 captionPoints = 9.5, tablePoints = 9;

QString say(const char* text) {
  return QCoreApplication::translate("PageView", text);
}

QString sized(const PageLook& look, double points) {
  return QStringLiteral("font-size:%1px;").arg(qRound(points * look.pixelsPerPoint));
}

/// Paragraphs are parted by empty lines; single line ends stay.
QString paragraphs(const QString& text, const QString& style) {
  QString html;
  static const QRegularExpression emptyLines(QStringLiteral("\\n[ \\t]*\\n\\s*"));
  for (const QString& each : text.trimmed().split(emptyLines, Qt::SkipEmptyParts))
    html += QStringLiteral("<p style=\"%1 margin-top:8px; margin-bottom:0;\">%2</p>")
                .arg(style, each.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1Char(' ')));
  return html;
}

QString cellHtml(const QString& text, bool number, const QString& style) {
  return QStringLiteral("<td align=\"%1\" style=\"white-space:nowrap; padding:3px 8px; %2\">%3</td>")
      .arg(number ? QStringLiteral("right") : QStringLiteral("left"), style, text.toHtmlEscaped());
}

/// Three rules, as booktabs sets them.
QString tableHtml(const Table& table, const PageLook& look) {
  const QString top = QStringLiteral("border-top:2px solid black; "),
                middle = QStringLiteral("border-top:1px solid black; "),
                bottom = QStringLiteral("border-bottom:2px solid black; ");
  QString html = QStringLiteral("<table align=\"center\" cellspacing=\"0\" style=\"border-collapse:collapse; "
                                "margin-top:8px; %1\"><tr>")
                     .arg(sized(look, tablePoints));
  for (const TableColumn& column : table.columns) {
    QString name = QString::fromStdString(column.name);
    if (!column.unit.empty()) name += QStringLiteral(" (%1)").arg(QString::fromStdString(column.unit));
    html += cellHtml(name, column.number, top + (table.rows.empty() ? bottom : QString()));
  }
  html += QStringLiteral("</tr>");
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const QString style =
        (row == 0 ? middle : QString()) + (row + 1 == table.rows.size() ? bottom : QString());
    html += QStringLiteral("<tr>");
    for (size_t i = 0; i < table.columns.size() && i < table.rows[row].size(); ++i)
      html += cellHtml(QString::fromStdString(cellText(table.rows[row][i], table.columns[i])),
                       table.columns[i].number, style);
    html += QStringLiteral("</tr>");
  }
  html += QStringLiteral("</table>");
  for (const std::string& note : table.notes)
    html += paragraphs(QString::fromStdString(note), sized(look, tablePoints));
  return html;
}

QString figureHtml(const PageLook& look) {
  if (!look.problem.isEmpty())
    return QStringLiteral("<p align=\"center\" style=\"%1 color:#A32020;\">%2</p>")
        .arg(sized(look, bodyPoints), look.problem.toHtmlEscaped());
  if (look.picture.isEmpty())
    return QStringLiteral("<p align=\"center\" style=\"%1 color:#5E646B;\">%2</p>")
        .arg(sized(look, bodyPoints), say("Drawing…"));
  return QStringLiteral(
             "<p align=\"center\" style=\"margin:0;\"><img src=\"figure\" width=\"%1\" height=\"%2\"></p>")
      .arg(qRound(look.picture.width()))
      .arg(qRound(look.picture.height()));
}

} // namespace

QString titleHtml(const ReportBridge& report, const PageLook& look) {
  const QString title = report.text(ReportField::title), author = report.text(ReportField::author);
  const auto line = [&](const QString& text, double points, const QString& extra) {
    return QStringLiteral("<p align=\"center\" style=\"%1 %2 margin-top:8px; margin-bottom:0;\">%3</p>")
        .arg(sized(look, points), extra, text.toHtmlEscaped());
  };
  QString html = title.isEmpty() ? line(say("Untitled report"), titlePoints, QStringLiteral("color:#8A9097;"))
                                 : line(title, titlePoints, {});
  if (!author.isEmpty()) html += line(author, authorPoints, {});
  html += QStringLiteral("<p style=\"font-size:8px;\">&nbsp;</p>");
  return html + paragraphs(report.text(ReportField::introduction), sized(look, bodyPoints));
}

QString itemHtml(const ReportBridge& report, int place, const PageLook& look) {
  const ReportEntry entry = report.entry(place);
  QString html;
  if (!entry.heading.isEmpty())
    html += QStringLiteral("<p style=\"%1 font-weight:600; margin-top:0; margin-bottom:12px;\">%2</p>")
                .arg(sized(look, headingPoints), entry.heading.toHtmlEscaped());
  const QString caption =
      QStringLiteral("<p style=\"%1 margin-top:10px; margin-bottom:0;\">%2%3</p>")
          .arg(sized(look, captionPoints), numberOf(report, place).toHtmlEscaped(),
               entry.caption.isEmpty() ? QString()
                                       : QStringLiteral(": ") + entry.caption.toHtmlEscaped().replace(
                                                                    QLatin1Char('\n'), QLatin1Char(' ')));
  html += entry.table ? caption + tableHtml(*entry.table, look) : figureHtml(look) + caption;
  return html + paragraphs(entry.notes, sized(look, bodyPoints));
}

QString pageWords(const ReportBridge& report, int place) {
  QStringList words;
  if (place < 0) {
    words << report.text(ReportField::title) << report.text(ReportField::author)
          << report.text(ReportField::introduction);
  } else {
    const ReportEntry entry = report.entry(place);
    words << entry.heading << numberOf(report, place) << kindOf(entry) << entry.caption << entry.notes;
  }
  words.removeAll(QString());
  return words.join(QStringLiteral(". "));
}

} // namespace latent::ui
