#include "ui/plots/band_curves.h"

#include "ui/plots/axis_style.h"
#include "ui/plots/legend_strip.h"

#include <QEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace latent::ui {
namespace {

constexpr double bandOpacity = 0.16;
constexpr int outerMargin = 8;

/// One pair of axes with what is drawn on it.
struct Facet {
  BandAxes content;
  QCPTextElement* title = nullptr;
  QCPAxisRect* rect = nullptr;
  QCPAxis* x() const { return rect->axis(QCPAxis::atBottom); }
  QCPAxis* y() const { return rect->axis(QCPAxis::atLeft); }
};

class PercentTicker : public QCPAxisTicker {
 protected:
  QString getTickLabel(double tick, const QLocale&, QChar, int) override {
    return QStringLiteral("%1 %").arg(qRound(100 * tick));
  }
};

/// Value and band below and above it, cut at the fixed ends of the axis.
double cut(const BandAxes& axes, double value) {
  if (axes.lower) value = std::max(value, *axes.lower);
  if (axes.upper) value = std::min(value, *axes.upper);
  return value;
}

} // namespace

struct BandCurvesView::Impl {
  BandCurvesView* view;
  QCustomPlot* plot = nullptr;
  LegendStrip* legend = nullptr;
  QCPLayoutGrid* grid = nullptr;
  std::vector<Facet> facets;
  QString xLabel;
  std::optional<double> marker;

  explicit Impl(BandCurvesView* owner) : view(owner) {
    plot = new QCustomPlot(view);
    plot->setAttribute(Qt::WA_NoMousePropagation, false); // the menu of the view is its parents'
    plot->setBackground(QBrush(Qt::NoBrush));
    plot->setAttribute(Qt::WA_OpaquePaintEvent, false);
    plot->setFocusPolicy(Qt::NoFocus);
    plot->setMouseTracking(true);
    std::tie(legend, grid) = layOutPlot(*plot, outerMargin, 2, 16);
  }

  AxisStyle style() const {
    AxisStyle style;
    style.colours = PlotColours::of(view->palette());
    style.tickFont = view->font();
    style.tickFont.setPixelSize(std::max(11, style.tickFont.pixelSize() * 11 / 13)); // larger for a projector
    style.labelFont = style.tickFont;
    style.ticks = std::clamp(view->height() / 45, 2, 5);
    return style;
  }

  void clear() {
    plot->clearPlottables();
    plot->clearItems();
    grid->clear();
    grid->simplify();
    facets.clear();
  }

  void build(const std::vector<BandAxes>& axes) {
    clear();
    for (const BandAxes& content : axes) {
      Facet facet;
      facet.content = content;
      const int column = static_cast<int>(facets.size());
      facet.title = new QCPTextElement(plot, content.title);
      facet.title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
      facet.title->setMargins({0, 0, 0, 0});
      facet.rect = new QCPAxisRect(plot);
      facet.rect->setMinimumMargins({0, 4, 8, 0});
      grid->addElement(0, column, facet.title);
      grid->addElement(1, column, facet.rect);
      grid->setColumnStretchFactor(column, 1);
      setLogarithmic(*facet.x(), false);
      setLogarithmic(*facet.y(), false);
      if (content.percent) facet.y()->setTicker(QSharedPointer<PercentTicker>::create());
      facets.push_back(facet);
    }
    if (!facets.empty()) grid->setRowStretchFactor(0, 0.001);
    draw();
  }

  void draw() {
    plot->clearPlottables();
    plot->clearItems();
    const AxisStyle look = style();
    double left = 0, right = 0;
    for (const Facet& facet : facets)
      for (const BandLine& line : facet.content.lines)
        for (const double x : line.x) {
          left = std::min(left, x);
          right = std::max(right, x);
        }
    if (right <= left) right = left + 1;
    for (Facet& facet : facets) {
      styleAxes(*facet.rect, look);
      QFont heading = look.tickFont;
      heading.setWeight(QFont::Medium);
      facet.title->setFont(heading);
      facet.title->setTextColor(look.colours.text);
      facet.x()->setRange(left, right + 0.02 * (right - left));
      facet.x()->setLabel(xLabel);
      drawLines(facet);
      drawMissing(facet, look);
      drawMarker(facet, look);
    }
    placeLegend(look);
    plot->replot(QCustomPlot::rpQueuedReplot);
  }

  void drawLines(const Facet& facet) {
    const BandAxes& content = facet.content;
    double lowest = content.lower.value_or(1e300), highest = content.upper.value_or(-1e300);
    for (const BandLine& line : content.lines) {
      const auto count = static_cast<qsizetype>(line.x.size());
      const QVector<double> x(line.x.begin(), line.x.end());
      QVector<double> low(count), high(count);
      for (qsizetype i = 0; i < count; ++i) {
        const auto at = static_cast<size_t>(i);
        const double spread = line.spread.empty() ? 0 : line.spread[at];
        low[i] = cut(content, line.y[at] - spread);
        high[i] = cut(content, line.y[at] + spread);
        lowest = std::min(lowest, low[i]);
        highest = std::max(highest, high[i]);
      }
      if (!line.spread.empty()) addBand(facet, x, low, high, line.colour);
      QCPGraph* graph = plot->addGraph(facet.x(), facet.y());
      graph->setData(x, QVector<double>(line.y.begin(), line.y.end()), true);
      graph->setPen(curvePen(line.colour, line.pattern, 2));
      graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, line.colour, line.colour, 5));
    }
    if (lowest > highest) return facet.y()->setRange(0, 1);
    const double room = highest > lowest ? 0.06 * (highest - lowest) : 0.5;
    facet.y()->setRange(content.lower.value_or(lowest - room),
                        content.upper
                            ? *content.upper + 0.02 * (*content.upper - content.lower.value_or(lowest))
                            : highest + room);
  }

  void addBand(const Facet& facet, const QVector<double>& x, const QVector<double>& low,
               const QVector<double>& high, const QColor& colour) {
    QCPGraph* lower = plot->addGraph(facet.x(), facet.y());
    QCPGraph* upper = plot->addGraph(facet.x(), facet.y());
    lower->setData(x, low, true);
    upper->setData(x, high, true);
    lower->setPen(Qt::NoPen);
    upper->setPen(Qt::NoPen);
    QColor wash = colour;
    wash.setAlphaF(bandOpacity);
    upper->setBrush(wash);
    upper->setChannelFillGraph(lower);
  }

  void drawMissing(Facet& facet, const AxisStyle& look) {
    const bool empty = facet.content.lines.empty();
    for (QCPAxis* axis : {facet.x(), facet.y()}) {
      axis->setTickLabels(!empty);
      axis->grid()->setVisible(!empty);
      if (empty) axis->setBasePen(Qt::NoPen);
    }
    if (!empty || facet.content.missing.isEmpty()) return;
    auto* text = new QCPItemText(plot);
    text->setClipAxisRect(facet.rect);
    text->position->setAxisRect(facet.rect);
    text->position->setType(QCPItemPosition::ptAxisRectRatio);
    text->position->setCoords(0.5, 0.5);
    text->setFont(look.tickFont);
    text->setColor(look.colours.muted);
    text->setTextAlignment(Qt::AlignCenter);
    const QFontMetrics metrics(look.tickFont);
    QString wrapped, row; // QCustomPlot's text does not wrap by itself
    for (const QString& word : facet.content.missing.split(QLatin1Char(' '))) {
      if (!row.isEmpty() &&
          metrics.horizontalAdvance(row + QLatin1Char(' ') + word) > view->width() / 2 - 90) {
        wrapped += row + QLatin1Char('\n');
        row.clear();
      }
      row += (row.isEmpty() ? QString() : QStringLiteral(" ")) + word;
    }
    text->setText(wrapped + row);
  }

  void drawMarker(Facet& facet, const AxisStyle& look) {
    if (!marker || facet.content.lines.empty()) return;
    auto* line = new QCPItemStraightLine(plot);
    line->setClipAxisRect(facet.rect);
    line->setPen(QPen(look.colours.text, 1, Qt::DotLine));
    double at = 0;
    for (QCPItemPosition* end : {line->point1, line->point2}) {
      end->setAxisRect(facet.rect);
      end->setAxes(facet.x(), facet.y());
      end->setTypeX(QCPItemPosition::ptPlotCoords);
      end->setTypeY(QCPItemPosition::ptAxisRectRatio);
      end->setCoords(*marker, at++);
    }
  }

  void placeLegend(const AxisStyle& look) {
    std::vector<LegendEntry> entries;
    for (const Facet& facet : facets) {
      if (facet.content.lines.empty()) continue;
      for (const BandLine& line : facet.content.lines)
        entries.push_back({line.label, curvePen(line.colour, line.pattern, 2)});
      break;
    }
    legend->arrange({}, entries, look, std::max(0, view->width() - 2 * outerMargin));
  }

  const Facet* facetAt(const QPointF& pixel) const {
    for (const Facet& facet : facets)
      if (facet.rect->rect().contains(pixel.toPoint())) return &facet;
    return nullptr;
  }

  QString valueText(const BandAxes& content, double value) const {
    return content.percent ? QStringLiteral("%1 %").arg(numberText(100 * value, 3)) : numberText(value, 4);
  }
};

BandCurvesView::BandCurvesView(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_impl->plot);
  m_impl->plot->installEventFilter(this); // not before m_impl is there for it
}

BandCurvesView::~BandCurvesView() = default;

void BandCurvesView::setAxes(const std::vector<BandAxes>& axes, const QString& xLabel) {
  m_impl->xLabel = xLabel;
  m_impl->build(axes);
}

void BandCurvesView::setMarker(std::optional<double> x) {
  if (x == m_impl->marker) return;
  m_impl->marker = x;
  m_impl->draw();
}

int BandCurvesView::axesCount() const {
  return static_cast<int>(m_impl->facets.size());
}

QString BandCurvesView::readout(const QPointF& pixel) const {
  const Facet* facet = m_impl->facetAt(pixel);
  if (!facet || facet->content.lines.empty() || facet->content.lines.front().x.empty()) return {};
  const std::vector<double>& x = facet->content.lines.front().x;
  const double at = facet->x()->pixelToCoord(pixel.x());
  const auto nearest = std::ranges::min_element(x, {}, [at](double each) { return std::abs(each - at); });
  const auto sample = static_cast<size_t>(nearest - x.begin());
  QStringList rows{QStringLiteral("%1 %2").arg(m_impl->xLabel, numberText(*nearest, 4))};
  for (const BandLine& line : facet->content.lines) {
    if (sample >= line.y.size()) continue;
    QString row = QStringLiteral("%1: %2").arg(line.label, m_impl->valueText(facet->content, line.y[sample]));
    if (!line.spread.empty())
      row += QStringLiteral(" ± %1").arg(m_impl->valueText(facet->content, line.spread[sample]));
    rows << row;
  }
  return rows.join(QLatin1Char('\n'));
}

void BandCurvesView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) m_impl->draw();
}

void BandCurvesView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_impl->draw();
}

bool BandCurvesView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_impl->plot && event->type() == QEvent::MouseMove) {
    const auto* mouse = static_cast<QMouseEvent*>(event);
    const QString text = readout(mouse->position());
    if (text.isEmpty())
      QToolTip::hideText();
    else
      QToolTip::showText(mouse->globalPosition().toPoint(), text, m_impl->plot);
  }
  return QWidget::eventFilter(watched, event);
}

} // namespace latent::ui
