// One item of the report on its page, white in both themes.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QScrollArea>
#include <QString>
#include <QTextDocument>
#include <QTimer>

#include <memory>

namespace latent {
struct Figure;
struct Table;
} // namespace latent

namespace latent::ui {

class PageView : public QScrollArea {
  Q_OBJECT
 public:
  explicit PageView(const Workbench& bench, QWidget* parent = nullptr);
  ~PageView() override;

  void show(const QString& id); ///< "" = the title page
  /// The text of the page without its layout: what is read aloud.
  QString words() const;
  bool drawn() const { return m_exact; } ///< the picture has the width of the page
  QImage picture() const;                ///< of the figure; null while there is none
  QWidget* paper() const;

 signals:
  void openRequested(); ///< a double click
  void menuRequested(const QPoint& globalPosition);

 protected:
  void resizeEvent(QResizeEvent*) override;
  void changeEvent(QEvent*) override;

 private:
  class Paper;
  void refresh();
  void layOut();

  Workbench m_bench;
  Paper* m_paper;
  QString m_id;
  QTextDocument m_document;
  QTimer m_settle; ///< the picture is drawn for the width that stays
  bool m_exact = false;
};

} // namespace latent::ui
