// The latent point as numbers: typed, stepped with the arrow keys, copied and pasted.
#pragma once

#include "core/base/latent_point.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QLineEdit;

namespace latent::ui {

class ZTable;

/// Up to eight latents have a labelled line each, more stand in a table that scrolls. A line shows three
/// decimals and, while it is edited, the shortest text that gives the same float again, so that what is
/// copied decodes to the same image bit for bit. Up and Down move by 0.05 spread (Shift x10, Ctrl /10).
/// Typing or pasting K numbers into any line sets all of them. What is wrong is marked red with the reason
/// beneath, and changes nothing.
class ZEditor : public QWidget {
  Q_OBJECT
 public:
  explicit ZEditor(QWidget* parent = nullptr);

  void setPoint(const LatentPoint& z); ///< does not emit; a line that is being typed in is left alone
  const LatentPoint& point() const { return m_point; }
  void
  setSpread(const std::vector<float>& spread); ///< [K] for the arrow keys; 1 where missing or not positive
  /// Sets all latents from "0.50, -1.20"; false with a message beneath the lines when the text is not K
  /// finite numbers.
  bool setText(const QString& text);
  QString text() const;              ///< "0.50, -1.20": at least two decimals, exact
  QString message() const;           ///< the reason shown beneath the lines, "" = fine
  QLineEdit* line(int latent) const; ///< null for more than eight latents

 public slots:
  void copy();
  void paste();

 signals:
  void edited(const latent::LatentPoint& z); ///< by the person, always valid

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void rebuild();
  void refresh();
  void showValue(int latent, bool exact);
  void commit(int latent);
  void step(int latent, double steps);
  void change(LatentPoint z);
  /// Marks a line (-1 = none) and shows the reason; the typed text stays.
  void complain(int latent, const QString& reason);
  /// A number for one latent or K numbers for all; false, with a complaint, for anything else.
  bool take(int latent, const QString& text);

  LatentPoint m_point;
  std::vector<float> m_spread;
  std::vector<QLineEdit*> m_lines;
  ZTable* m_table = nullptr;
  QWidget* m_fields = nullptr;
  QLabel* m_message = nullptr;
  int m_wrong = -1; ///< line marked red
};

} // namespace latent::ui
