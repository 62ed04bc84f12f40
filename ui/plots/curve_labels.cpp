#include "ui/plots/curve_labels.h"

#include <QStringList>

#include <map>
#include <set>

namespace latent::ui {

std::vector<QString> shortLabels(const std::vector<CurveLine>& lines) {
  static const std::set<QString> splits{"train", "batch", "test"};
  std::vector<QStringList> words;
  std::map<QString, size_t> uses;
  for (const CurveLine& line : lines) {
    QStringList kept;
    for (const QString& word : line.label.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
      if (!splits.contains(word)) kept << word;
    }
    for (const QString& word : std::set<QString>(kept.begin(), kept.end())) ++uses[word];
    words.push_back(kept);
  }
  std::vector<QString> labels;
  for (const QStringList& all : words) {
    QStringList telling;
    for (const QString& word : all) {
      if (uses[word] < lines.size()) telling << word;
    }
    labels.push_back((telling.isEmpty() ? all : telling).join(QLatin1Char(' ')));
  }
  return labels;
}

} // namespace latent::ui
