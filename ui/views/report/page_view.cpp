#include "ui/views/report/page_view.h"

#include "ui/bridge/report_bridge.h"
#include "ui/models/fonts.h"
#include "ui/views/report/page_html.h"
#include "ui/widgets/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr int ground = 16;      // px about the paper
constexpr int widestText = 960; // px
constexpr int settleMs = 120;
constexpr double pointsInText = ReportPictures::textWidthMm / 25.4 * 72; // of its width

} // namespace

class PageView::Paper : public QWidget {
 public:
  explicit Paper(PageView* view) : QWidget(view), m_view(view) { setFocusPolicy(Qt::NoFocus); }
  int margin = 40;

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    const QRectF paper = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(colours(this).line);
    painter.setBrush(Qt::white);
    painter.drawRect(paper);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.translate(margin, margin);
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette.setColor(QPalette::Text, Qt::black);
    m_view->m_document.documentLayout()->draw(&painter, context);
  }
  void mouseDoubleClickEvent(QMouseEvent* event) override {
    if (event->button() == Qt::LeftButton) emit m_view->openRequested();
  }
  void contextMenuEvent(QContextMenuEvent* event) override { emit m_view->menuRequested(event->globalPos()); }

 private:
  PageView* m_view;
};

PageView::PageView(const Workbench& bench, QWidget* parent)
    : QScrollArea(parent), m_bench(bench), m_paper(new Paper(this)) {
  setObjectName("reportPage");
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setAlignment(Qt::AlignHCenter | Qt::AlignTop);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  auto* frame = new QWidget(this); // the ground about the paper
  m_paper->setParent(frame);
  setWidget(frame);
  m_document.setDocumentMargin(0);
  m_settle.setSingleShot(true);
  m_settle.setInterval(settleMs);
  connect(&m_settle, &QTimer::timeout, this, &PageView::refresh);
  connect(bench.report, &ReportBridge::changed, this, &PageView::refresh);
  connect(bench.report->pictures(), &ReportPictures::drawn, this, &PageView::refresh);
}

PageView::~PageView() = default;

QWidget* PageView::paper() const {
  return m_paper;
}

void PageView::show(const QString& id) {
  if (id != m_id) verticalScrollBar()->setValue(0);
  m_id = id;
  refresh();
}

QString PageView::words() const {
  return m_document.toPlainText();
}

QImage PageView::picture() const {
  return m_document.resource(QTextDocument::ImageResource, QUrl(QStringLiteral("figure"))).value<QImage>();
}

void PageView::refresh() {
  const ReportBridge& report = *m_bench.report;
  const int place = m_id.isEmpty() ? -1 : report.placeOf(m_id);
  const int width = std::max(200, viewport()->width() - 2 * ground);
  m_paper->margin = std::clamp(width / 16, 24, 64);
  PageLook look;
  look.textWidth = std::min(width - 2 * m_paper->margin, widestText);
  look.pixelsPerPoint = look.textWidth / pointsInText;
  m_document.clear();
  m_exact = true;
  m_document.setDefaultFont(textFont());
  if (place >= 0) {
    const std::shared_ptr<const Figure> figure = report.entry(place).figure;
    if (figure) {
      const double shown = look.textWidth * pageWidthMm(*figure) / ReportPictures::textWidthMm;
      const int pixels = static_cast<int>(std::lround(shown * devicePixelRatioF()));
      // Of whatever width there is while the window is being sized.
      const ReportPictures::Picture picture = m_settle.isActive()
                                                  ? report.pictures()->anyPicture(figure, pixels)
                                                  : report.pictures()->picture(figure, pixels);
      look.problem = picture.problem;
      m_exact = picture.exact;
      if (!picture.image.isNull()) {
        look.picture = QSizeF(picture.image.size()) * (shown / picture.image.width());
        m_document.addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("figure")), picture.image);
      }
    }
    m_document.setHtml(itemHtml(report, place, look));
  } else {
    m_document.setHtml(titleHtml(report, look));
  }
  m_document.setTextWidth(look.textWidth);
  setAccessibleName(tr("Page"));
  setAccessibleDescription(pageWords(report, place));
  layOut();
}

// As high as what stands on it, and at least down to the lower edge. A table that is wider than the text
// widens the paper.
void PageView::layOut() {
  const int margin = m_paper->margin;
  const int content =
      static_cast<int>(std::ceil(std::max(m_document.textWidth(), m_document.size().width())));
  const int width = content + 2 * margin;
  const int height = std::max(static_cast<int>(std::ceil(m_document.size().height())) + 2 * margin,
                              viewport()->height() - 2 * ground);
  const int frame = std::max(width + 2 * ground, viewport()->width());
  widget()->resize(frame, height + 2 * ground);
  m_paper->setGeometry((frame - width) / 2, ground, width, height);
  m_paper->update();
}

void PageView::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  m_settle.start();
  refresh();
}

void PageView::changeEvent(QEvent* event) {
  QScrollArea::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) refresh();
}

} // namespace latent::ui
