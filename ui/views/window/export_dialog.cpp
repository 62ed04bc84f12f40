#include "ui/views/window/export_dialog.h"

#include "ui/views/window/export_controls.h"
#include "ui/views/window/page_preview.h"
#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

constexpr int makeMs = 250; ///< after the last change of the width
constexpr int drawMs = 60;
constexpr int controlsWidth = 336;
constexpr double inch = 25.4; // mm

} // namespace

ExportDialog::ExportDialog(FigureBridge* figures, const std::vector<FigureChoice>& choices, size_t current,
                           const ExportSettings& settings, Namer name, QWidget* parent)
    : QDialog(parent),
      m_figures(figures),
      m_choices(choices),
      m_name(std::move(name)),
      m_controls(new ExportControls(choices, current, settings, this)),
      m_preview(new PagePreview(this)),
      m_size(new QLabel(this)),
      m_scale(new QButtonGroup(this)),
      m_write(nullptr) {
  setWindowTitle(tr("Export figure"));
  layOut();
  m_preview->setRealSize(settings.realSize);
  m_preview->setPaper({settings.page.widthMm, settings.page.heightMm});
  m_make.setSingleShot(true);
  m_make.setInterval(makeMs);
  m_draw.setSingleShot(true);
  m_draw.setInterval(drawMs);
  connect(&m_make, &QTimer::timeout, this, &ExportDialog::make);
  connect(&m_draw, &QTimer::timeout, this, &ExportDialog::draw);
  connect(m_controls, &ExportControls::choiceChanged, this, [this] {
    nameFile();
    make();
  });
  connect(m_controls, &ExportControls::widthChanged, this, &ExportDialog::makeSoon);
  connect(m_controls, &ExportControls::pageChanged, this, &ExportDialog::drawSoon);
  connect(m_controls, &ExportControls::fileChanged, this, &ExportDialog::refresh);
  connect(m_preview, &PagePreview::dpiChanged, this, &ExportDialog::drawSoon);
  nameFile();
  make();
}

void ExportDialog::layOut() {
  auto* scroll = new QScrollArea(this);
  scroll->setWidget(m_controls);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFixedWidth(controlsWidth);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  m_write = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
  m_write->setObjectName("exportWrite");
  m_write->setDefault(true);
  setRole(m_write, "primary");
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

  m_size->setObjectName("pageSize");
  setRole(m_size, "caption");
  auto* below = new QHBoxLayout;
  below->setSpacing(0);
  below->addWidget(m_size);
  below->addStretch(1);
  const auto add = [&](const QString& text, const QString& tip, bool real) {
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(tip);
    button->setCheckable(true);
    button->setObjectName(real ? "realSize" : "fitPage");
    setRole(button, "segment");
    m_scale->addButton(button, real ? 1 : 0);
    below->addWidget(button);
  };
  add(tr("Fit"), tr("The whole page, as large as there is room"), false);
  add(tr("100 %"), tr("As large as it will be on paper"), true);
  connect(m_scale, &QButtonGroup::idClicked, this, [this](int id) { m_preview->setRealSize(id == 1); });

  auto* right = new QVBoxLayout;
  right->setSpacing(8);
  right->addWidget(m_preview, 1);
  right->addLayout(below);
  auto* across = new QHBoxLayout;
  across->setSpacing(16);
  across->addWidget(scroll);
  across->addLayout(right, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(12);
  column->addLayout(across, 1);
  column->addWidget(buttons);
  resize(1040, 640);
}

void ExportDialog::nameFile() {
  m_controls->setFile(m_name(m_choices[m_controls->choice()].kind, m_controls->extension()));
}

Result<FigureRequest> ExportDialog::request() const {
  Result<FigureRequest> request = m_choices[m_controls->choice()].request();
  if (request) request->widthMm = page().widthMm;
  return request;
}

FigurePage ExportDialog::page() const {
  return m_controls->page();
}

FigureFiles ExportDialog::files() const {
  return m_controls->files();
}

ExportSettings ExportDialog::settings() const {
  ExportSettings settings = m_controls->settings();
  settings.realSize = m_preview->realSize();
  return settings;
}

void ExportDialog::makeSoon() {
  m_figure.reset(); // of another width
  m_preview->setPaper({page().widthMm, page().heightMm});
  m_preview->setWaiting();
  m_make.start();
}

void ExportDialog::make() {
  m_make.stop();
  m_figures->stopMaking(this);
  m_figure.reset();
  m_problem.clear();
  const Result<FigureRequest> wanted = request();
  if (!wanted) {
    m_problem = QString::fromStdString(wanted.error().message);
    m_preview->setProblem(m_problem);
    return refresh();
  }
  m_preview->setWaiting();
  refresh();
  m_figures->make(*wanted, this, [this](const Result<std::shared_ptr<const Figure>>& made) {
    if (made) return takeFigure(*made);
    m_problem = QString::fromStdString(made.error().message);
    m_preview->setProblem(m_problem);
    refresh();
  });
}

void ExportDialog::takeFigure(const std::shared_ptr<const Figure>& figure) {
  m_figure = figure;
  m_controls->setFigure(*figure);
  draw();
}

void ExportDialog::draw() {
  m_draw.stop();
  if (!m_figure) return; // drawn as soon as it is made
  m_preview->setWaiting();
  const double dpi = m_preview->dpi();
  m_figures->draw(m_figure, page(), dpi, this, [this, dpi, figure = m_figure](const Result<QImage>& drawn) {
    if (figure != m_figure) return; // another one is on its way
    if (!drawn) {
      m_preview->setProblem(QString::fromStdString(drawn.error().message));
      return;
    }
    const QSizeF millimetres(page().widthMm, drawn->height() * inch / dpi);
    m_preview->setPage(*drawn, millimetres);
    showSize(millimetres);
  });
}

void ExportDialog::showSize(const QSizeF& millimetres) {
  m_size->setText(tr("%L1 × %L2 mm, seen at %L3 %")
                      .arg(millimetres.width(), 0, 'f', 1)
                      .arg(millimetres.height(), 0, 'f', 1)
                      .arg(std::lround(100 * m_preview->scale())));
}

void ExportDialog::refresh() {
  m_write->setEnabled(m_problem.isEmpty() && m_controls->problem().isEmpty());
  m_write->setText(m_controls->replaced().isEmpty() ? tr("Export") : tr("Replace"));
  m_scale->button(m_preview->realSize() ? 1 : 0)->setChecked(true);
}

} // namespace latent::ui
