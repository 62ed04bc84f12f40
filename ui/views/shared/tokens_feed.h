// The map of codes that is looked at and its image, for a run whose latents are tokens: the input's own map,
// or the one that the Focus holds because a person edited or drew it.
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QString>

#include <vector>

namespace latent::ui {

class TokensFeed : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, runs, sources, input and explorer of the workbench.
  explicit TokensFeed(const Workbench& bench, QObject* parent = nullptr);

  int rows() const { return m_own.rows; } ///< of the map; 0 until the first answer
  int columns() const { return m_own.columns; }
  int64_t codes() const { return m_own.codes; } ///< K of the codebook
  bool hasPrior() const { return m_own.hasPrior; }
  bool ready() const { return !m_own.tokens.empty(); }

  const std::vector<int64_t>& own() const { return m_own.tokens; } ///< of the input
  /// What is looked at: the Focus's map where it fits the run, else the input's own.
  const std::vector<int64_t>& tokens() const;
  bool edited() const;
  const Image& input() const { return m_own.input; } ///< as the model saw it
  const Image& image() const { return m_image; }     ///< the newest of tokens()
  QString problem() const { return m_problem; }      ///< one sentence; "" = fine

 signals:
  void changed();

 private:
  void askOwn();
  void askEdited();
  void receive(const TokensFrame& frame);
  bool active(const RunId& run) const;

  Workbench m_bench;
  ViewId m_ownView, m_editedView;
  TokensFrame m_own;
  Image m_image;
  QString m_problem;
};

} // namespace latent::ui
