// The values that a report had, for undo and redo.
#pragma once

#include "core/run/report/report.h"

#include <QString>

#include <string>
#include <vector>

namespace latent::ui {

/// Figures are shared between the values, so that a step costs its texts alone.
class ReportHistory {
 public:
  const Report& now() const { return m_now; }
  void reset(Report report);
  /// `words`: "Remove", for the menu. Changes that follow each other with the same `key` are one step.
  void change(Report next, const QString& words, const std::string& key = {});
  void endTyping() { m_key.clear(); } ///< the next change is a step of its own, whatever its key

  bool canUndo() const { return !m_before.empty(); }
  bool canRedo() const { return !m_after.empty(); }
  QString undoWords() const { return canUndo() ? m_before.back().words : QString(); }
  QString redoWords() const { return canRedo() ? m_after.back().words : QString(); }
  void undo();
  void redo();

 private:
  struct Step {
    Report report; ///< that the step leads to
    QString words; ///< of the change between this value and the one that was there
  };
  Report m_now;
  std::vector<Step> m_before, m_after;
  std::string m_key; ///< of the last change
};

} // namespace latent::ui
