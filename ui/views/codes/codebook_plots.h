// The codebook in two plots: how often each code is used, and where its vectors lie.
#pragma once

#include <QWidget>

#include <cstdint>

class QLabel;

namespace latent::ui {

class CodebookFeed;
class CodeScatter;
class UsageBars;

class CodebookPlots : public QWidget {
  Q_OBJECT
 public:
  CodebookPlots(const CodebookFeed* codebook, QWidget* parent);

  void refresh();                ///< from the feed
  void setCurrent(int64_t code); ///< does not emit

 signals:
  void codeChosen(int64_t code); ///< by the person, in one of them

 private:
  const CodebookFeed* m_codebook;
  QLabel* m_usageHeading;
  QLabel* m_dead;
  UsageBars* m_usage;
  CodeScatter* m_scatter;
};

} // namespace latent::ui
