#include "ui/views/report/text_panel.h"

#include "ui/bridge/report_bridge.h"
#include "ui/views/report/report_text.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace latent::ui {

TextPanel::TextPanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_title(new ReportLine(this)),
      m_author(new ReportLine(this)),
      m_heading(new ReportLine(this)),
      m_introduction(new ReportText(this)),
      m_caption(new ReportText(this)),
      m_notes(new ReportText(this)),
      m_reset(new QPushButton(tr("Reset to the template"), this)),
      m_open(new QPushButton(tr("Open the view"), this)),
      m_remove(new QPushButton(tr("Remove"), this)),
      m_stack(new QStackedWidget(this)) {
  m_stack->addWidget(makeItem());
  m_stack->addWidget(makeTitle());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(1, 0, 0, 0);
  column->addWidget(m_stack);
  connect(bench.report, &ReportBridge::changed, this, &TextPanel::refresh);
  refresh();
}

void TextPanel::add(QVBoxLayout* column, const QString& label, ReportLine* line, ReportField field) {
  auto* words = new QLabel(label, this);
  setRole(words, "caption");
  words->setBuddy(line);
  line->setAccessibleName(label);
  column->addWidget(words);
  column->addWidget(line);
  column->addSpacing(8);
  connect(line, &QLineEdit::textEdited, this,
          [this, field](const QString& text) { m_bench.report->setText(field, m_id, text); });
  connect(line, &QLineEdit::editingFinished, m_bench.report, &ReportBridge::endTyping);
}

void TextPanel::add(QVBoxLayout* column, const QString& label, ReportText* text, ReportField field) {
  auto* words = new QLabel(label, this);
  setRole(words, "caption");
  words->setBuddy(text);
  text->setAccessibleName(label);
  column->addWidget(words);
  column->addWidget(text, 1);
  connect(text, &ReportText::edited, this,
          [this, field](const QString& now) { m_bench.report->setText(field, m_id, now); });
}

QWidget* TextPanel::makeItem() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(16, 12, 16, 12);
  column->setSpacing(4);
  m_heading->setObjectName("reportHeading");
  m_heading->setPlaceholderText(tr("No section begins here"));
  setHelp(m_heading, {tr("Heading"), tr("Of a section of the report that begins with this item."), {}});
  add(column, tr("Heading"), m_heading, ReportField::heading);
  m_caption->setObjectName("reportCaption");
  setHelp(m_caption,
          {tr("Caption"),
           tr("Stands with the figure. It begins as a sentence that states what is shown and the settings of "
              "its runs, taken from the figure itself; every word can be changed."),
           {}});
  add(column, tr("Caption"), m_caption, ReportField::caption);
  m_reset->setObjectName("resetCaption");
  setRole(m_reset, "quiet");
  setHelp(m_reset,
          {tr("Reset to the template"),
           tr("Writes the caption anew from what the figure says of itself. Undo brings yours back."),
           {}});
  column->addWidget(m_reset, 0, Qt::AlignRight);
  m_notes->setObjectName("reportNotes");
  setHelp(m_notes, {tr("Notes"), tr("Paragraphs of text below the caption, parted by empty lines."), {}});
  add(column, tr("Notes"), m_notes, ReportField::notes);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(0, 8, 0, 0);
  row->addWidget(m_open);
  row->addStretch(1);
  row->addWidget(m_remove);
  column->addLayout(row);
  m_open->setObjectName("openReportItem");
  m_remove->setObjectName("removeReportItem");
  setRole(m_remove, "quiet");
  setHelp(m_open, {tr("Open the view"),
                   tr("Shows the view that this figure came from: its runs, moment, input and settings."),
                   {}});
  setHelp(m_remove, {tr("Remove"), tr("Takes it out of the report (Delete). Undo brings it back."), {}});
  connect(m_reset, &QPushButton::clicked, this, [this] {
    m_bench.report->endTyping();
    m_bench.report->setText(ReportField::caption, m_id, m_bench.report->templateCaption(m_id));
    m_bench.report->endTyping();
  });
  connect(m_open, &QPushButton::clicked, this, &TextPanel::openRequested);
  connect(m_remove, &QPushButton::clicked, this, &TextPanel::removeRequested);
  return page;
}

QWidget* TextPanel::makeTitle() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(16, 12, 16, 12);
  column->setSpacing(4);
  m_title->setObjectName("reportTitle");
  m_author->setObjectName("reportAuthor");
  m_introduction->setObjectName("reportIntroduction");
  setHelp(m_title, {tr("Title"), tr("Of the report: the first line of the document."), {}});
  setHelp(m_author, {tr("Author"), tr("Stands below the title; several are parted by commas."), {}});
  setHelp(m_introduction,
          {tr("Introduction"), tr("Paragraphs before the first figure, parted by empty lines."), {}});
  add(column, tr("Title"), m_title, ReportField::title);
  add(column, tr("Author"), m_author, ReportField::author);
  add(column, tr("Introduction"), m_introduction, ReportField::introduction);
  return page;
}

void TextPanel::show(const QString& id) {
  if (id != m_id) m_bench.report->endTyping();
  m_id = id;
  refresh();
}

void TextPanel::editCaption() {
  if (m_id.isEmpty())
    m_title->setFocus(Qt::ShortcutFocusReason);
  else
    m_caption->setFocus(Qt::ShortcutFocusReason);
}

void TextPanel::refresh() {
  const ReportBridge& report = *m_bench.report;
  const int place = m_id.isEmpty() ? -1 : report.placeOf(m_id);
  m_stack->setCurrentIndex(place < 0 ? 1 : 0);
  m_title->show(report.text(ReportField::title));
  m_author->show(report.text(ReportField::author));
  m_introduction->show(report.text(ReportField::introduction));
  if (place < 0) return;
  const ReportEntry entry = report.entry(place);
  m_heading->show(entry.heading);
  m_caption->show(entry.caption);
  m_notes->show(entry.notes);
  m_reset->setEnabled(entry.caption != report.templateCaption(m_id));
  m_open->setVisible(entry.figure != nullptr);
}

// A panel with a line towards the page.
void TextPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), colours(this).panel);
  painter.fillRect(QRect(0, 0, 1, height()), colours(this).line);
}

} // namespace latent::ui
