#include "ui/views/report/report_bar.h"

#include "ui/bridge/report_bridge.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/menu_button.h"
#include "ui/widgets/theme.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace latent::ui {
namespace {

constexpr int barHeight = 44;

} // namespace

ReportBar::ReportBar(const Workbench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_row(new QHBoxLayout(this)), m_report(new QToolButton(this)) {
  setFixedHeight(barHeight);
  m_row->setContentsMargins(8, 0, 16, 0);
  m_row->setSpacing(8);
  m_row->addWidget(m_report);
  makeMenu();
  m_row->addStretch(1);
  QPushButton* recipe = button(tr("AE against VAE…"), "reportRecipe");
  setHelp(recipe,
          {tr("AE against VAE"),
           tr("Makes the figures of the course report from runs that differ in the family alone: curves for "
              "each number of latents, reconstructions, latent planes, samples, noise, and the table of the "
              "runs. Runs that are missing are listed first and can be queued."),
           {}});
  recipe->setToolTip(tr("Make the figures of pairs of an AE and a VAE"));
  connect(recipe, &QPushButton::clicked, this, &ReportBar::recipeRequested);
  QPushButton* table = button(tr("Add table of the runs"), "reportTable");
  setHelp(table,
          {tr("Table of the runs"),
           tr("Adds the shown runs and their measures on the test set. Runs that differ in the seed alone "
              "share a row: mean and sample standard deviation."),
           tr("s = √(Σ (x − x̄)² / (n − 1))")});
  table->setToolTip(tr("The shown runs and their measures"));
  connect(table, &QPushButton::clicked, this, &ReportBar::tableRequested);
  m_row->addSpacing(16);
  auto* words = new QLabel(tr("Export"), this);
  setRole(words, "muted");
  m_row->addWidget(words);
  const auto add = [this](const QString& text, const char* name, ReportFormat format, const HelpText& help) {
    QPushButton* made = button(text, name);
    setHelp(made, help);
    made->setToolTip(help.paragraph);
    made->setAccessibleName(tr("Export report as %1").arg(help.title));
    connect(made, &QPushButton::clicked, this, [this, format] { emit exportRequested(format); });
    m_exports << made;
  };
  add(tr("LaTeX…"), "reportLatex", ReportFormat::latex,
      {tr("LaTeX"),
       tr("A folder with main.tex, which a stock TeX Live compiles, the figures as PDF with their numbers as "
          "CSV beside them, and the tables."),
       {}});
  add(tr("PDF…"), "reportPdf", ReportFormat::pdf,
      {tr("PDF"), tr("One document with its figures as vectors."), {}});
  add(tr("HTML…"), "reportHtml", ReportFormat::html,
      {tr("HTML"), tr("One page that needs no other file and no network."), {}});
  connect(bench.report, &ReportBridge::changed, this, &ReportBar::refresh);
  refresh();
}

QPushButton* ReportBar::button(const QString& text, const char* name) {
  auto* made = new QPushButton(text, this);
  made->setObjectName(QLatin1String(name));
  made->setFocusPolicy(Qt::TabFocus);
  m_row->addWidget(made);
  return made;
}

void ReportBar::makeMenu() {
  m_report->setObjectName("reportMenu");
  m_report->setText(tr("Report"));
  m_report->setToolTip(tr("New, open, save a copy"));
  setHelp(m_report,
          {tr("Report"),
           tr("Is kept as you change it, and is here again at the next start. A copy is a folder of its own, "
              "which another computer opens as well."),
           {}});
  auto* menu = new QMenu(m_report);
  menu->addAction(tr("New report"), this, &ReportBar::newRequested)->setObjectName("newReport");
  menu->addAction(tr("Open report…"), this, &ReportBar::openRequested)->setObjectName("openReport");
  menu->addAction(tr("Save a copy…"), this, &ReportBar::copyRequested)->setObjectName("copyReport");
  makeMenuButton(m_report, menu);
}

void ReportBar::refresh() {
  const bool empty = m_bench.report->empty();
  for (QPushButton* each : m_exports) each->setEnabled(!empty);
  m_report->menu()->actions().last()->setEnabled(!empty);
}

} // namespace latent::ui
