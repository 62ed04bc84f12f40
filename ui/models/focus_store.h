// The window's one Focus, with its history. Every view renders from it and edits only through it.
#pragma once

#include "core/base/focus.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <vector>

namespace latent::ui {

/// One gesture is one undo: between beginGesture and endGesture all edits collapse into one step of the
/// history. Edits that do not change the value do nothing. The history holds 200 steps.
class FocusStore : public QObject {
  Q_OBJECT
 public:
  explicit FocusStore(QObject* parent = nullptr);

  const Focus& focus() const { return m_focus; }

  void beginGesture();
  void endGesture();
  /// Replaces the value as one undoable step (or as a part of the running gesture).
  void set(const Focus& focus);
  void setCursor(const LatentPoint& z);
  void setSubject(const Subject& subject); ///< another one brings its own tokens
  void setTokens(const std::vector<int64_t>& tokens);
  void setStep(std::optional<int64_t> step);
  void setLink(Link link);
  void setActive(const RunId& run);            ///< also opens its eye; another run has other tokens
  void setShown(const RunId& run, bool shown); ///< the active run stays shown
  /// A step of the run that cannot be shown gives way to another one (nothing = live), now and in the
  /// history, so that undo does not lead back to it.
  void replaceStep(const RunId& run, int64_t step, std::optional<int64_t> by);
  /// Without history: what a restart restores, or a deleted run takes away.
  void reset(const Focus& focus);

  bool canUndo() const { return !m_undo.empty(); }
  bool canRedo() const { return !m_redo.empty(); }
  bool inGesture() const { return m_gestureDepth > 0; }

  /// The history, oldest first: what undo leads back to, the present, what redo leads to.
  int moments() const { return static_cast<int>(m_undo.size() + 1 + m_redo.size()); }
  const Focus& focusAt(int moment) const;
  uint64_t numberAt(int moment) const; ///< tells it from others as long as it is there
  int present() const { return static_cast<int>(m_undo.size()); } ///< its place among the moments
  /// Undoes or redoes as many steps as needed at once. Places that do not exist change nothing.
  void jump(int moment);

 public slots:
  void undo();
  void redo();

 signals:
  /// What was and what is, so that a view can see which part moved.
  void changed(const latent::Focus& before, const latent::Focus& now);
  void historyChanged();

 private:
  struct Moment {
    Focus focus;
    uint64_t number = 0;
  };

  static void push(std::vector<Moment>& history, Moment moment);
  const Moment& past(int moment) const; ///< any but the present
  void apply(const Focus& focus);
  void keep(const Focus& focus);

  Focus m_focus;
  uint64_t m_number = 1; ///< of the present
  uint64_t m_lastNumber = 1;
  std::vector<Moment> m_undo, m_redo;
  Focus m_gestureStart;
  int m_gestureDepth = 0;
};

} // namespace latent::ui
