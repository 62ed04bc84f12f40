#include "ui/views/codes/codebook_plots.h"

#include "ui/views/codes/codebook_feed.h"
#include "ui/views/codes/codes_table.h"
#include "ui/widgets/code_plots.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStringList>
#include <QVBoxLayout>

#include <initializer_list>
#include <vector>

namespace latent::ui {
namespace {

constexpr int gap = 16;
constexpr int captionHeight = 20;

/// A heading above, perhaps words below.
QVBoxLayout* titled(QLabel* heading, QWidget* content, QLabel* below = nullptr) {
  auto* column = new QVBoxLayout;
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  heading->setFixedHeight(captionHeight);
  column->addWidget(heading);
  column->addWidget(content, 1);
  if (below) column->addWidget(below);
  return column;
}

} // namespace

CodebookPlots::CodebookPlots(const CodebookFeed* codebook, QWidget* parent)
    : QWidget(parent),
      m_codebook(codebook),
      m_usageHeading(new QLabel(this)),
      m_dead(new QLabel(this)),
      m_usage(new UsageBars(this)),
      m_scatter(new CodeScatter(this)) {
  m_usage->setObjectName("usageBars");
  m_scatter->setObjectName("codeScatter");
  auto* scatterHeading = new QLabel(tr("Codes along their two main directions"), this);
  m_dead->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // a long list is cut
  for (QLabel* label : {m_usageHeading, scatterHeading, m_dead}) setRole(label, "caption");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(gap);
  row->addLayout(titled(m_usageHeading, m_usage, m_dead), 3);
  row->addLayout(titled(scatterHeading, m_scatter), 2);
  for (CodePlot* plot : std::initializer_list<CodePlot*>{m_usage, m_scatter}) {
    offerUsage(plot, m_codebook);
    connect(plot, &CodePlot::currentChanged, this, &CodebookPlots::codeChosen);
  }
  setHelp(m_usage, {tr("Usage of the codes"),
                    tr("How often each code is used in the maps of all test images, the most used first. The "
                       "perplexity is the number of codes that would be used if all were used equally often. "
                       "Codes that are never used are dead."),
                    tr("perplexity = exp( −Σ p_k log p_k )")});
  setHelp(m_scatter,
          {tr("Where the codes lie"),
           tr("The vectors of the codebook along the two directions in which they differ most. The "
              "area of a disc tells how often a code is used, a cross marks a dead one. Arrow keys "
              "go to the next code."),
           tr("two main directions (PCA) of the vectors e_k")});
}

void CodebookPlots::setCurrent(int64_t code) {
  m_usage->setCurrent(code);
  m_scatter->setCurrent(code);
}

void CodebookPlots::refresh() {
  for (CodePlot* plot : std::initializer_list<CodePlot*>{m_usage, m_scatter})
    plot->setCodebook(m_codebook->look());
  const CodebookFrame& book = m_codebook->frame();
  if (book.codes == 0) {
    m_usageHeading->setText(m_codebook->problem().isEmpty() ? tr("Usage of the codes: being counted")
                                                            : m_codebook->problem());
    m_dead->clear();
    return;
  }
  m_usageHeading->setText(tr("Usage over %L1 test images · perplexity %2 of %3")
                              .arg(m_codebook->images())
                              .arg(book.perplexity, 0, 'f', 1)
                              .arg(book.codes));
  const std::vector<int64_t> dead = m_codebook->dead();
  QStringList numbers;
  for (const int64_t code : dead) numbers << QString::number(code);
  m_dead->setText(dead.empty()
                      ? tr("No dead codes")
                      : tr("Dead codes (%1): %2").arg(dead.size()).arg(numbers.join(QStringLiteral(", "))));
  m_dead->setToolTip(m_dead->text());
}

} // namespace latent::ui
