#include "ui/plots/curves_view.h"

#include "ui/plots/curve_labels.h"
#include "ui/plots/curve_readout.h"
#include "ui/plots/facet_grid.h"
#include "ui/plots/legend_strip.h"

#include <QEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace latent::ui {
namespace {

constexpr int outerMargin = 8;
constexpr double hoverReach = 24;
constexpr double eventReach = 4; // px

} // namespace

struct CurvesView::Impl {
  CurvesView* view;
  QCustomPlot* plot = nullptr;
  LegendStrip* legend = nullptr;
  std::unique_ptr<FacetGrid> grid;
  std::unique_ptr<CurveReadout> readout;
  QWidget* empty = nullptr;
  QLabel* emptySentence = nullptr;
  QPushButton* emptyButton = nullptr;

  std::vector<CurveLine> lines;
  QString xLabel, yLabel;
  bool logX = false, logY = false, sharedY = false;
  double smoothing = 0;
  std::optional<CurvesArea> wished; ///< of setArea()
  std::optional<double> marker;
  std::vector<std::pair<double, QString>> marks;
  bool person = false;  ///< a person chose what is visible; only a double-click takes it back
  bool setting = false; ///< ranges are being set by the view itself

  explicit Impl(CurvesView* owner) : view(owner) {}

  AxisStyle style() const {
    AxisStyle style;
    style.colours = PlotColours::of(view->palette());
    style.tickFont = view->font();
    style.tickFont.setPixelSize(std::max(11, style.tickFont.pixelSize() * 11 / 13)); // larger for a projector
    style.labelFont = style.tickFont;
    style.ticks = std::clamp(static_cast<int>(grid->axisHeight(view->size()) / 30), 2, 5);
    return style;
  }

  void replot() { plot->replot(QCustomPlot::rpQueuedReplot); }

  void build() {
    plot = new QCustomPlot(view);
    plot->setAttribute(Qt::WA_NoMousePropagation, false); // the menu of the view is its parents'
    plot->setObjectName(QStringLiteral("plot"));
    plot->setBackground(QBrush(Qt::NoBrush)); // the view's own ground shows through
    plot->setAttribute(Qt::WA_OpaquePaintEvent, false);
    plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot->setPlottingHint(QCP::phFastPolylines);
    plot->setPlottingHint(QCP::phImmediateRefresh, false);
    plot->setFocusPolicy(Qt::NoFocus);
    plot->installEventFilter(view);
    readout = std::make_unique<CurveReadout>(*plot); // before the default axis rect goes

    QCPLayoutGrid* places = nullptr;
    std::tie(legend, places) = layOutPlot(*plot, outerMargin, 4, 12);
    grid = std::make_unique<FacetGrid>(*plot, *places);

    empty = new QWidget(view);
    emptySentence = new QLabel(empty);
    emptySentence->setWordWrap(true);
    emptySentence->setAlignment(Qt::AlignCenter);
    emptyButton = new QPushButton(empty);
    auto* column = new QVBoxLayout(empty);
    column->setSpacing(12);
    column->addStretch();
    column->addWidget(emptySentence);
    column->addWidget(emptyButton, 0, Qt::AlignHCenter);
    column->addStretch();

    QObject::connect(plot, &QCustomPlot::mouseMove, view, [this](QMouseEvent* event) { hover(event); });
    QObject::connect(plot, &QCustomPlot::mouseDoubleClick, view, [this] {
      person = false;
      wished.reset();
      fit();
      replot();
    });
    QObject::connect(emptyButton, &QPushButton::clicked, view, &CurvesView::emptyButtonClicked);
  }

  // ---- facets

  const std::vector<std::unique_ptr<CurveFacet>>& facets() const { return grid->facets(); }

  void arrange(const std::vector<QString>& names) {
    if (!grid->setNames(names)) return;
    for (const auto& facet : facets()) {
      facet->setDisplay(logX, logY, smoothing);
      QObject::connect(facet->xAxis(), qOverload<const QCPRange&>(&QCPAxis::rangeChanged), view,
                       [this](const QCPRange& range) { shareRange(range); });
      QObject::connect(facet->yAxis(), qOverload<const QCPRange&>(&QCPAxis::rangeChanged), view,
                       [this] { moved(); });
    }
    grid->place(view->size(), xLabel);
    restyle();
    applyMarks();
  }

  /// A range changed: by a person, unless the view does it.
  void moved() {
    if (setting) return;
    person = true;
    wished.reset();
  }

  void shareRange(const QCPRange& range) {
    moved();
    for (const auto& facet : facets()) {
      const QSignalBlocker quiet(facet->xAxis());
      facet->xAxis()->setRange(range);
    }
  }

  void fit() {
    if (person) return;
    setting = true;
    Extent x, y;
    for (const auto& facet : facets()) {
      x.add(facet->xExtent());
      y.add(facet->yExtent());
    }
    for (const auto& facet : facets()) {
      facet->xAxis()->setRange(rangeOf(roomAround(x, logX, 0.01, 0.02)));
      facet->fitValues(sharedY ? y : facet->yExtent());
    }
    if (wishIsThere()) {
      for (size_t i = 0; i < facets().size(); ++i) {
        facets()[i]->xAxis()->setRange(rangeOf(wished->x));
        facets()[i]->yAxis()->setRange(rangeOf(wished->y[i]));
      }
    }
    setting = false;
  }

  bool wishIsThere() const { return wished && wished->y.size() == facets().size(); }

  void applyMarks() {
    for (size_t i = 0; i < facets().size(); ++i) {
      facets()[i]->setMarker(marker);
      facets()[i]->setEvents(marks, i == 0);
    }
  }

  // ---- looks

  void restyle() {
    const AxisStyle now = style();
    for (const auto& facet : facets()) facet->restyle(now);
    readout->restyle(now, view->palette().color(QPalette::Base));
    fillLegend();
  }

  void fillLegend() {
    const AxisStyle now = style();
    const std::vector<QString> labels = shortLabels(lines);
    std::vector<LegendEntry> entries;
    std::set<std::pair<QString, QRgb>> known;
    bool train = false, test = false;
    for (size_t i = 0; i < lines.size(); ++i) {
      (lines[i].test ? test : train) = true;
      if (!known.insert({labels[i], lines[i].colour.rgb()}).second) continue;
      entries.push_back({labels[i], curvePen(lines[i].colour, lines[i].pattern, 2)});
    }
    if (train && test) { // how the two are told apart, in no run's colour
      entries.push_back(
          {CurvesView::tr("train"), QPen(mixed(now.colours.text, now.colours.ground, trainShare), 1)});
      entries.push_back({CurvesView::tr("test"), QPen(now.colours.text, 1.6)});
    }
    legend->arrange(yLabel, entries, now, std::max(1, view->width() - 2 * outerMargin));
  }

  void showEmpty() {
    const bool none = lines.empty();
    empty->setVisible(none);
    plot->setVisible(!none);
    emptyButton->setVisible(!emptyButton->text().isEmpty());
  }

  // ---- pointer

  std::optional<CurveFacet::Hit> hitAt(const QPointF& pixel) const {
    for (const auto& facet : facets()) {
      if (facet->rect()->rect().adjusted(-4, -4, 4, 4).contains(pixel.toPoint())) {
        return facet->nearest(pixel, hoverReach);
      }
    }
    return {};
  }

  QString eventAt(const QPointF& pixel) const {
    for (const auto& facet : facets())
      if (facet->rect()->rect().contains(pixel.toPoint())) return facet->eventAt(pixel, eventReach);
    return {};
  }

  QString words(const CurveFacet::Hit& hit) const {
    QString text =
        QStringLiteral("%1\n%2 %3   %4")
            .arg(hit.line->label, xLabel, numberText(hit.sample.x, 4), numberText(hit.sample.y, 6));
    if (hit.sample.smoothed)
      text += CurvesView::tr("   smoothed %1").arg(numberText(*hit.sample.smoothed, 6));
    return text.trimmed();
  }

  void hover(const QMouseEvent* event) {
    const bool held = event->buttons() != Qt::NoButton;
    if (const QString mark = held ? QString() : eventAt(event->position()); !mark.isEmpty()) {
      readout->show(event->position(), style().colours.muted, mark);
      view->setAccessibleDescription(mark);
      return;
    }
    const auto hit = held ? std::nullopt : hitAt(event->position());
    if (!hit) {
      readout->hide();
      return;
    }
    const QString text = words(*hit);
    readout->show(hit->sample.pixel, hit->line->colour, text);
    view->setAccessibleDescription(text);
  }
};

CurvesView::CurvesView(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this)) {
  m_impl->build();
  m_impl->restyle();
  setEmptyText(tr("Curves appear here while a run trains."), {});
}

CurvesView::~CurvesView() = default;

void CurvesView::setLines(const std::vector<CurveLine>& lines, const QString& xLabel, const QString& yLabel) {
  Impl& d = *m_impl;
  std::vector<QString> names;
  for (const CurveLine& line : lines) {
    if (std::find(names.begin(), names.end(), line.facet) == names.end()) names.push_back(line.facet);
  }
  const auto sameLook = [](const CurveLine& a, const CurveLine& b) {
    return a.run == b.run && a.label == b.label && a.facet == b.facet && a.colour == b.colour &&
           a.pattern == b.pattern && a.test == b.test;
  };
  const bool sameLegend =
      yLabel == d.yLabel && std::equal(lines.begin(), lines.end(), d.lines.begin(), d.lines.end(), sameLook);
  // Another quantity on an axis makes a zoomed view of the old one meaningless.
  if (xLabel != d.xLabel || yLabel != d.yLabel) d.person = false;
  const bool otherX = xLabel != d.xLabel;
  d.lines = lines;
  d.xLabel = xLabel;
  d.yLabel = yLabel;
  d.showEmpty();
  d.arrange(names);
  if (otherX) d.grid->place(size(), xLabel);
  for (size_t i = 0; i < names.size(); ++i) {
    std::vector<const CurveLine*> own;
    for (const CurveLine& line : lines) {
      if (line.facet == names[i]) own.push_back(&line);
    }
    d.facets()[i]->setLines(own);
  }
  if (!sameLegend) d.fillLegend();
  d.fit();
  d.replot();
}

void CurvesView::setLogarithmic(bool x, bool y) {
  Impl& d = *m_impl;
  if (x == d.logX && y == d.logY) return;
  d.logX = x;
  d.logY = y;
  d.person = false; // a linear range may reach below zero
  d.wished.reset();
  d.setting = true; // another scale corrects the ranges
  for (const auto& facet : d.facets()) facet->setDisplay(x, y, d.smoothing);
  d.setting = false;
  d.restyle();
  d.fit();
  d.replot();
}

void CurvesView::setSharedValues(bool shared) {
  Impl& d = *m_impl;
  if (shared == d.sharedY) return;
  d.sharedY = shared;
  d.person = false;
  d.fit();
  d.replot();
}

std::optional<CurvesArea> CurvesView::area() const {
  const Impl& d = *m_impl;
  if (d.facets().empty() || (!d.person && !d.wishIsThere())) return std::nullopt;
  const auto of = [](const QCPAxis* axis) { return AxisRange{axis->range().lower, axis->range().upper}; };
  CurvesArea area{of(d.facets().front()->xAxis()), {}};
  for (const auto& facet : d.facets()) area.y.push_back(of(facet->yAxis()));
  return area;
}

void CurvesView::setArea(const std::optional<CurvesArea>& area) {
  Impl& d = *m_impl;
  d.wished = area;
  d.person = false;
  d.fit();
  d.replot();
}

void CurvesView::setSmoothing(double weight) {
  Impl& d = *m_impl;
  d.smoothing = std::clamp(weight, 0.0, 0.99);
  d.setting = true;
  for (const auto& facet : d.facets()) facet->setDisplay(d.logX, d.logY, d.smoothing);
  d.setting = false;
  d.replot();
}

void CurvesView::setMarker(std::optional<double> x) {
  m_impl->marker = x;
  m_impl->applyMarks();
  m_impl->replot();
}

void CurvesView::setEvents(const std::vector<std::pair<double, QString>>& marks) {
  m_impl->marks = marks;
  m_impl->applyMarks();
  m_impl->replot();
}

void CurvesView::setEmptyText(const QString& sentence, const QString& button) {
  m_impl->emptySentence->setText(sentence);
  m_impl->emptyButton->setText(button);
  m_impl->showEmpty();
}

QString CurvesView::readout(const QPointF& pixel) const {
  if (QString mark = m_impl->eventAt(pixel); !mark.isEmpty()) return mark;
  const auto hit = m_impl->hitAt(pixel);
  return hit ? m_impl->words(*hit) : QString();
}

QRectF CurvesView::visibleRange(int facet) const {
  if (facet < 0 || facet >= static_cast<int>(m_impl->facets().size())) return {};
  const CurveFacet& shown = *m_impl->facets()[static_cast<size_t>(facet)];
  const QCPRange x = shown.xAxis()->range(), y = shown.yAxis()->range();
  return {x.lower, y.lower, x.size(), y.size()};
}

void CurvesView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
      event->type() == QEvent::StyleChange) {
    m_impl->restyle();
    m_impl->replot();
  }
}

void CurvesView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  Impl& d = *m_impl;
  d.grid->place(size(), d.xLabel);
  d.restyle();
  d.readout->hide();
  d.empty->setGeometry(rect());
  d.plot->setGeometry(rect()); // draws anew
}

bool CurvesView::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Leave) m_impl->readout->hide();
  return QWidget::eventFilter(watched, event);
}

} // namespace latent::ui
