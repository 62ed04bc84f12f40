// The texts of what is chosen in the report: of an item, or of its title page.
#pragma once

#include "ui/bridge/report_entry.h"
#include "ui/views/shared/workbench.h"

#include <QString>
#include <QWidget>

class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace latent::ui {

class ReportLine;
class ReportText;

class TextPanel : public QWidget {
  Q_OBJECT
 public:
  explicit TextPanel(const Workbench& bench, QWidget* parent = nullptr);

  void show(const QString& id); ///< "" = the title page
  void editCaption();           ///< the keyboard goes there; of the title page to its title

 signals:
  void openRequested();
  void removeRequested();

 protected:
  void paintEvent(QPaintEvent*) override;

 private:
  QWidget* makeItem();
  QWidget* makeTitle();
  void add(QVBoxLayout* column, const QString& label, ReportLine* line, ReportField field);
  void add(QVBoxLayout* column, const QString& label, ReportText* text, ReportField field);
  void refresh();

  Workbench m_bench;
  QString m_id;
  ReportLine *m_title, *m_author, *m_heading;
  ReportText *m_introduction, *m_caption, *m_notes;
  QPushButton *m_reset, *m_open, *m_remove;
  QStackedWidget* m_stack;
};

} // namespace latent::ui
