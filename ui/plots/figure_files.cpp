#include "ui/plots/figure_files.h"

#include "ui/plots/figure_text.h"

#include <QRegularExpression>
#include <QXmlStreamWriter>

#include <vector>

namespace latent::ui {
namespace {

const QString ownNamespace = QStringLiteral("https://latent-explorer.org/ns/figure/1.0/");

/// A number as PDF and SVG want it, whatever the locale.
QByteArray decimal(double value) {
  QByteArray text = QByteArray::number(value, 'f', 4);
  while (text.endsWith('0')) text.chop(1);
  if (text.endsWith('.')) text.chop(1);
  return text;
}

} // namespace

QString programName() {
  return QStringLiteral("Latent Explorer");
}

QByteArray provenanceText(const Figure& figure) {
  return QByteArray::fromStdString(figure.provenance.dump(-1, ' ', true, Json::error_handler_t::replace));
}

QByteArray xmpPacket(const Figure& figure) {
  const QString rdf = QStringLiteral("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
  const QString dc = QStringLiteral("http://purl.org/dc/elements/1.1/");
  const QString xmp = QStringLiteral("http://ns.adobe.com/xap/1.0/");
  QByteArray packet;
  QXmlStreamWriter xml(&packet);
  xml.writeProcessingInstruction(QStringLiteral("xpacket"),
                                 QStringLiteral("begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\""));
  xml.writeNamespace(QStringLiteral("adobe:ns:meta/"), QStringLiteral("x"));
  xml.writeStartElement(QStringLiteral("adobe:ns:meta/"), QStringLiteral("xmpmeta"));
  xml.writeNamespace(rdf, QStringLiteral("rdf"));
  xml.writeStartElement(rdf, QStringLiteral("RDF"));
  xml.writeNamespace(dc, QStringLiteral("dc"));
  xml.writeNamespace(xmp, QStringLiteral("xmp"));
  xml.writeNamespace(ownNamespace, QStringLiteral("latent"));
  xml.writeStartElement(rdf, QStringLiteral("Description"));
  xml.writeAttribute(rdf, QStringLiteral("about"), QString());
  xml.writeStartElement(dc, QStringLiteral("title"));
  xml.writeStartElement(rdf, QStringLiteral("Alt"));
  xml.writeStartElement(rdf, QStringLiteral("li"));
  xml.writeAttribute(QStringLiteral("xml:lang"), QStringLiteral("x-default"));
  xml.writeCharacters(documentTitle(figure));
  xml.writeEndElement();
  xml.writeEndElement();
  xml.writeEndElement();
  xml.writeTextElement(xmp, QStringLiteral("CreatorTool"), programName());
  xml.writeTextElement(ownNamespace, QStringLiteral("provenance"),
                       QString::fromLatin1(provenanceText(figure)));
  xml.writeEndElement();
  xml.writeEndElement();
  xml.writeEndElement();
  xml.writeProcessingInstruction(QStringLiteral("xpacket"), QStringLiteral("end=\"r\""));
  return packet;
}

std::optional<QByteArray> withPageSize(QByteArray pdf, const QSizeF& points) {
  static const QByteArray key = "/MediaBox [";
  const qsizetype box = pdf.indexOf(key);
  const qsizetype boxEnd = pdf.indexOf(']', box);
  if (box < 0 || boxEnd < 0 || pdf.indexOf(key, boxEnd) >= 0) return {};
  const QByteArray wanted = key + "0 0 " + decimal(points.width()) + ' ' + decimal(points.height());
  const qsizetype moved = wanted.size() - (boxEnd - box);

  // Everything behind the box moves; the cross-reference table and the pointer to it say where things are.
  const qsizetype startKey = pdf.lastIndexOf("startxref\n");
  if (startKey < 0) return {};
  const qsizetype numberBegin = startKey + 10;
  const qsizetype numberEnd = pdf.indexOf('\n', numberBegin);
  const qsizetype table = pdf.mid(numberBegin, numberEnd - numberBegin).toLongLong();
  if (table <= boxEnd || pdf.mid(table, 5) != "xref\n") return {};
  pdf.replace(numberBegin, numberEnd - numberBegin, QByteArray::number(table + moved));
  const qsizetype countLine = table + 5;
  const qsizetype entries = pdf.indexOf('\n', countLine) + 1;
  const QList<QByteArray> firstAndCount = pdf.mid(countLine, entries - 1 - countLine).split(' ');
  if (firstAndCount.size() != 2) return {};
  constexpr qsizetype entrySize = 20;
  const qsizetype count = firstAndCount[1].toLongLong();
  if (entries + count * entrySize > pdf.size()) return {};
  for (qsizetype i = 0; i < count; ++i) {
    const qsizetype at = entries + i * entrySize;
    const qsizetype offset = pdf.mid(at, 10).toLongLong();
    if (offset > box) pdf.replace(at, 10, QByteArray::number(offset + moved).rightJustified(10, '0'));
  }
  pdf.replace(box, boxEnd - box, wanted);
  return pdf;
}

QByteArray finishedSvg(const QByteArray& svg, const Figure& figure, const QSizeF& millimetres) {
  QString text = QString::fromUtf8(svg);
  // The generator rounds the page to its own dots.
  static const QRegularExpression size(QStringLiteral("<svg width=\"[^\"]*\" height=\"[^\"]*\""));
  const QString exact = QStringLiteral("<svg width=\"%1mm\" height=\"%2mm\"")
                            .arg(QString::fromLatin1(decimal(millimetres.width())),
                                 QString::fromLatin1(decimal(millimetres.height())));
  text.replace(text.indexOf(size), size.match(text).capturedLength(), exact);
  if (!figure.smooth)
    text.replace(QStringLiteral("<image "), QStringLiteral("<image style=\"image-rendering:pixelated\" "));
  text.replace(QStringLiteral("font-family=\"Roboto\""),
               QStringLiteral("font-family=\"Roboto, Helvetica, Arial, sans-serif\""));
  const QString metadata =
      QStringLiteral("<metadata>\n<latent:provenance xmlns:latent=\"%1\">%2</latent:provenance>\n"
                     "</metadata>\n")
          .arg(ownNamespace, QString::fromLatin1(provenanceText(figure)).toHtmlEscaped());
  text.insert(text.indexOf(QStringLiteral("<defs")), metadata);
  return text.toUtf8();
}

} // namespace latent::ui
