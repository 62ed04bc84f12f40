// The chosen cell: which code it holds, and which others lie near.
#pragma once

#include "ui/views/codes/codebook_feed.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QListWidget;
class QSpinBox;

namespace latent::ui {

class CodePanel : public QWidget {
  Q_OBJECT
 public:
  explicit CodePanel(QWidget* parent = nullptr);

  void setCell(const QString& place, int64_t code, int64_t codes); ///< "" and -1 = none is chosen
  void setEqualCells(int count); ///< cells with the code of the chosen one, itself included
  bool everywhere() const;
  void setEverywhere(bool on); ///< does not emit
  /// Codes near `anchor`, for the list.
  void setNear(int64_t anchor, const std::vector<NearCode>& codes, const CodebookLook& look);
  void typeDigit(int digit); ///< begins a number

 signals:
  void codeChosen(int64_t code); ///< for the cell, or all equal ones
  void everywhereToggled(bool on);
  void entered(); ///< a number was typed and confirmed

 private:
  QLabel* m_heading;
  QSpinBox* m_code;
  QCheckBox* m_everywhere;
  QLabel* m_nearCaption;
  QListWidget* m_list;
};

} // namespace latent::ui
