#include "ui/plots/curve_facet.h"

#include <cmath>

namespace latent::ui {

CurveFacet::CurveFacet(QCustomPlot& plot, const QString& title)
    : m_plot(&plot), m_rect(new QCPAxisRect(&plot)), m_title(new QCPTextElement(&plot, title)) {
  m_title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
  m_title->setMargins({0, 0, 0, 0});
  m_title->setVisible(!title.isEmpty());
  m_rect->setRangeDrag(Qt::Horizontal | Qt::Vertical);
  m_rect->setRangeZoom(Qt::Horizontal | Qt::Vertical);
  m_rect->setRangeZoomFactor(0.85);
  m_rect->setMinimumMargins({0, 4, 8, 0}); // half a tick label reaches past the last tick
  setLogarithmic(*xAxis(), false);
  setLogarithmic(*yAxis(), false);
}

CurveFacet::~CurveFacet() {
  m_curves.clear(); // before their axes
  setMarker({});
  setEvents({}, false);
  leaveLayout();
  delete m_title;
  delete m_rect;
}

void CurveFacet::leaveLayout() {
  for (QCPLayoutElement* element :
       {static_cast<QCPLayoutElement*>(m_title), static_cast<QCPLayoutElement*>(m_rect)}) {
    if (element->layout() != nullptr) element->layout()->take(element);
  }
}

void CurveFacet::setLines(const std::vector<const CurveLine*>& lines) {
  if (m_curves.size() > lines.size()) m_curves.resize(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i == m_curves.size()) {
      m_curves.push_back(std::make_unique<PlottedCurve>(*m_rect));
      m_curves[i]->restyle(m_style.colours);
    }
    m_curves[i]->setLine(*lines[i]);
    m_curves[i]->setDisplay(m_logX, m_logY, m_smoothing);
  }
}

void CurveFacet::setDisplay(bool logX, bool logY, double smoothing) {
  m_logX = logX;
  m_logY = logY;
  m_smoothing = smoothing;
  setLogarithmic(*xAxis(), logX);
  setLogarithmic(*yAxis(), logY);
  for (const auto& curve : m_curves) curve->setDisplay(logX, logY, smoothing);
}

void CurveFacet::placeOnAxes(QCPItemPosition& position) const {
  position.setAxisRect(m_rect);
  position.setAxes(xAxis(), yAxis());
  position.setTypeX(QCPItemPosition::ptPlotCoords);
  position.setTypeY(QCPItemPosition::ptAxisRectRatio);
}

QCPItemStraightLine* CurveFacet::addVerticalLine(double x, const QPen& pen) {
  auto* line = new QCPItemStraightLine(m_plot);
  line->setClipAxisRect(m_rect);
  line->setPen(pen);
  line->setSelectable(false);
  for (QCPItemPosition* end : {line->point1, line->point2}) {
    placeOnAxes(*end);
  }
  line->point1->setCoords(x, 0);
  line->point2->setCoords(x, 1);
  return line;
}

void CurveFacet::setMarker(std::optional<double> x) {
  if (!x) {
    if (m_marker) m_plot->removeItem(m_marker);
    return;
  }
  if (!m_marker) m_marker = addVerticalLine(*x, QPen(m_style.colours.text, 1));
  m_marker->point1->setCoords(*x, 0);
  m_marker->point2->setCoords(*x, 1);
}

void CurveFacet::setEvents(const std::vector<std::pair<double, QString>>& marks, bool withWords) {
  m_events = marks;
  m_eventWords = withWords;
  for (const auto& item : m_eventItems) {
    if (item) m_plot->removeItem(item);
  }
  m_eventItems.clear();
  constexpr size_t mostWords = 3; // more would lie over each other; the pointer reads them
  const double middle =
      m_logX ? std::sqrt(xAxis()->range().lower * xAxis()->range().upper) : xAxis()->range().center();
  int line = 0;
  for (const auto& [x, words] : marks) {
    m_eventItems.push_back(addVerticalLine(x, QPen(m_style.colours.muted, 1, Qt::DotLine)));
    if (!withWords || marks.size() > mostWords) continue;
    const bool before = x > middle; // the words stay inside of the axes
    const int above = line++ * QFontMetrics(m_style.tickFont).height();
    auto* text = new QCPItemText(m_plot);
    text->setClipAxisRect(m_rect);
    placeOnAxes(*text->position);
    text->position->setCoords(x, 0);
    text->setPositionAlignment(Qt::AlignTop | (before ? Qt::AlignRight : Qt::AlignLeft));
    text->setPadding({4, 2 + above, 4, 0});
    text->setFont(m_style.tickFont);
    text->setColor(m_style.colours.muted);
    text->setText(words);
    text->setSelectable(false);
    m_eventItems.push_back(text);
  }
}

void CurveFacet::restyle(const AxisStyle& style) {
  m_style = style;
  styleAxes(*m_rect, style);
  QFont titleFont = style.tickFont;
  titleFont.setWeight(QFont::Medium);
  m_title->setFont(titleFont);
  m_title->setTextColor(style.colours.text);
  for (const auto& curve : m_curves) curve->restyle(style.colours);
  if (m_marker) m_marker->setPen(QPen(style.colours.text, 1));
  setEvents(m_events, m_eventWords);
}

QString CurveFacet::eventAt(const QPointF& pixel, double reach) const {
  QStringList near;
  for (const auto& [x, words] : m_events)
    if (std::abs(xAxis()->coordToPixel(x) - pixel.x()) <= reach) near << words;
  return near.join(QLatin1Char('\n'));
}

Extent CurveFacet::xExtent() const {
  Extent extent;
  for (const auto& curve : m_curves) extent.add(curve->xExtent());
  return extent;
}

Extent CurveFacet::yExtent() const {
  Extent extent;
  for (const auto& curve : m_curves) extent.add(curve->yExtent());
  return extent;
}

void CurveFacet::fitValues(const Extent& values) {
  yAxis()->setRange(rangeOf(roomAround(values, m_logY, 0.06, 0.06)));
  yAxis()->setTickLabels(!values.empty());
}

std::optional<CurveFacet::Hit> CurveFacet::nearest(const QPointF& pixel, double reach) const {
  // The few samples of a test curve would hardly be found inside the noise of a train curve.
  constexpr double head = 8;
  const auto rank = [](const Hit& hit) { return hit.sample.distance - (hit.line->test ? head : 0); };
  std::optional<Hit> best;
  for (const auto& curve : m_curves) {
    const auto sample = curve->nearest(pixel, reach);
    if (!sample) continue;
    const Hit hit{*sample, &curve->line()};
    if (!best || rank(hit) < rank(*best)) best = hit;
  }
  return best;
}

} // namespace latent::ui
