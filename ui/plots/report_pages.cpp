#include "ui/plots/report_pages.h"

#include "ui/plots/figure_files.h"
#include "ui/plots/figure_text.h"
#include "ui/plots/fonts.h"
#include "ui/plots/page.h"
#include "ui/plots/page_painting.h"
#include "ui/plots/report_flow.h"
#include "ui/plots/report_table.h"
#include "ui/plots/set_text.h"

#include <QBuffer>
#include <QPdfWriter>
#include <QSaveFile>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr double marginMm = 25;
constexpr double textPoints = 10, captionPoints = 9, headingPoints = 13, titlePoints = 17;

double points(double number) {
  return number * unitsPerPoint;
}

/// Turns a report into blocks of one width.
class Blocks {
 public:
  Blocks(double width, double pageHeight) : m_width(width), m_pageHeight(pageHeight) {}

  std::vector<ReportBlock> of(const Report& report) {
    addTitle(report);
    addParagraphs(report.introduction);
    int figures = 0, tables = 0;
    for (const ReportItem& item : report.items) {
      if (!item.heading.empty()) addHeading(item.heading);
      if (item.figure)
        addFigure(item, ++figures);
      else if (item.table)
        addTable(item, ++tables);
      addParagraphs(item.notes);
    }
    return std::move(m_blocks);
  }

 private:
  /// Lines of a paragraph, of which no first or last one stands alone on a page.
  void addLines(const std::string& text, const TextStyle& style, double above, bool withNext,
                const QString& lead = {}) {
    const auto set = std::make_shared<const SetText>(text, m_width, style, lead);
    for (int line = 0; line < set->lines(); ++line) {
      const bool last = line + 1 == set->lines();
      ReportBlock block;
      block.above = line == 0 ? above : 0;
      block.height = set->lineHeight();
      block.withNext = last ? withNext : withNext || line == 0 || line + 2 == set->lines();
      block.draw = [set, line](QCPPainter& painter, const QPointF& at) { set->draw(painter, at, line, 1); };
      m_blocks.push_back(std::move(block));
    }
  }

  void addTitle(const Report& report) {
    TextStyle title(titlePoints, true);
    title.lineHeight = 1.2;
    if (!report.title.empty()) addLines(report.title, title, 0, true);
    TextStyle author(11);
    author.colour = PlotColours::light().muted;
    if (!report.author.empty()) addLines(report.author, author, points(6), true);
    if (!m_blocks.empty()) m_blocks.back().height += points(8);
  }

  void addHeading(const std::string& heading) {
    addLines(heading, TextStyle(headingPoints, true), points(20), true);
  }

  void addParagraphs(const std::string& text) {
    for (const std::string& paragraph : paragraphsOf(text))
      addLines(paragraph, TextStyle(textPoints), points(6), false);
  }

  void addFigure(const ReportItem& item, int number) {
    const auto painting = std::make_shared<const PagePainting>(*item.figure);
    const auto caption = std::make_shared<const SetText>(item.caption, m_width, TextStyle(captionPoints),
                                                         QStringLiteral("Figure %1.").arg(number));
    const QSizeF size = painting->size();
    const double gap = points(6), room = std::max(points(72), m_pageHeight - gap - caption->height());
    const double scale = std::min({1.0, m_width / size.width(), room / size.height()});
    const double left = (m_width - size.width() * scale) / 2, below = size.height() * scale + gap;
    ReportBlock block;
    block.above = points(12);
    block.height = below + caption->height() + points(8);
    block.draw = [=](QCPPainter& painter, const QPointF& at) {
      painter.save();
      painter.translate(at + QPointF(left, 0));
      painter.scale(scale, scale);
      painting->draw(painter);
      painter.restore();
      caption->draw(painter, at + QPointF(0, below));
    };
    m_blocks.push_back(std::move(block));
  }

  void addTable(const ReportItem& item, int number) {
    addLines(item.caption, TextStyle(captionPoints), points(12), true,
             QStringLiteral("Table %1.").arg(number));
    appendTable(*item.table, m_width, m_blocks);
    if (!m_blocks.empty()) m_blocks.back().height += points(8);
  }

  double m_width, m_pageHeight;
  std::vector<ReportBlock> m_blocks;
};

/// The report's own provenance: that of all its figures, and their runs once.
Figure described(const Report& report) {
  Figure whole;
  whole.title = report.title;
  Json runs = Json::array(), figures = Json::object();
  for (const ReportItem& item : report.items) {
    if (!item.figure || !item.figure->provenance.is_object()) continue;
    figures[item.id] = item.figure->provenance;
    const auto own = item.figure->provenance.find("runs");
    if (own == item.figure->provenance.end() || !own->is_array()) continue;
    for (const Json& run : *own)
      if (std::ranges::find(runs, run) == runs.end()) runs.push_back(run);
  }
  whole.provenance = {{"program", programName().toStdString()},
                      {"kind", "report"},
                      {"runs", std::move(runs)},
                      {"view", Json::object()},
                      {"figures", std::move(figures)}};
  return whole;
}

void attachNumbers(const Report& report, QPdfWriter& writer) {
  for (const ReportItem& item : report.items) {
    const std::string csv = item.figure  ? numbersOf(*item.figure)
                            : item.table ? tableToCsv(*item.table)
                                         : std::string();
    if (csv.empty()) continue;
    writer.addFileAttachment(QString::fromStdString(item.id + ".csv"), QByteArray::fromStdString(csv),
                             QStringLiteral("text/csv"));
  }
}

void drawPages(const std::vector<ReportBlock>& blocks, const QRectF& text, double numberBaseline,
               QPdfWriter& writer) {
  QCPPainter painter(&writer);
  painter.setModes(QCPPainter::pmVectorized | QCPPainter::pmNoCaching | QCPPainter::pmNonCosmetic);
  painter.setRenderHint(QPainter::LosslessImageRendering);
  const auto pages = pagesOf(blocks, text.height());
  for (size_t page = 0; page < pages.size(); ++page) {
    if (page > 0) writer.newPage();
    for (const PlacedBlock& placed : pages[page])
      placed.block->draw(painter, text.topLeft() + QPointF(0, placed.top));
    const SetText number(std::to_string(page + 1), text.width(), TextStyle(captionPoints));
    number.draw(painter, {text.center().x() - number.width() / 2, numberBaseline});
  }
}

} // namespace

Status paintReport(const Report& report, const QString& file, const ReportPaper& paper) {
  loadBundledFonts();
  QByteArray bytes;
  {
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(paper.letter ? QPageSize::Letter : QPageSize::A4));
    writer.setPageMargins(QMarginsF());
    writer.setResolution(static_cast<int>(72 * unitsPerPoint));
    writer.setTitle(figureText(report.title));
    writer.setCreator(programName());
    writer.setDocumentXmpMetadata(xmpPacket(described(report)));
    attachNumbers(report, writer);
    const QSizeF page = writer.pageLayout().pageSize().size(QPageSize::Point) * unitsPerPoint;
    const double width = std::min(paper.widthMm * unitsPerMm, page.width() - points(20));
    const QRectF text((page.width() - width) / 2, marginMm * unitsPerMm, width,
                      page.height() - 2 * marginMm * unitsPerMm);
    const std::vector<ReportBlock> blocks = Blocks(text.width(), text.height()).of(report);
    drawPages(blocks, text, page.height() - 0.6 * marginMm * unitsPerMm, writer);
  }
  QSaveFile output(file);
  const bool written =
      output.open(QIODevice::WriteOnly) && output.write(bytes) == bytes.size() && output.commit();
  if (!written)
    return workError(
        QStringLiteral("The report %1 cannot be written: %2.").arg(file, output.errorString()).toStdString());
  return done();
}

} // namespace latent::ui
