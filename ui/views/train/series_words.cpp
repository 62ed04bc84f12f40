#include "ui/views/train/series_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace latent::ui {
namespace {

struct Entry {
  const char* series;
  const char* name;
  const char* axis;
};

constexpr Entry entries[] = {
    {"loss", QT_TRANSLATE_NOOP("Series", "loss"), QT_TRANSLATE_NOOP("Series", "loss (lower is better)")},
    {"recon", QT_TRANSLATE_NOOP("Series", "recon"), QT_TRANSLATE_NOOP("Series", "reconstruction")},
    {"kl", QT_TRANSLATE_NOOP("Series", "KL"), QT_TRANSLATE_NOOP("Series", "KL, nats")},
    {"elbo", QT_TRANSLATE_NOOP("Series", "ELBO"),
     QT_TRANSLATE_NOOP("Series", "ELBO, nats (higher is better)")},
    {"beta", QT_TRANSLATE_NOOP("Series", "beta"), QT_TRANSLATE_NOOP("Series", "beta, the weight of the KL")},
    {"capacity", QT_TRANSLATE_NOOP("Series", "capacity C"), QT_TRANSLATE_NOOP("Series", "capacity C, nats")},
    {"mi", QT_TRANSLATE_NOOP("Series", "MI"),
     QT_TRANSLATE_NOOP("Series", "index-code mutual information, nats")},
    {"tc", QT_TRANSLATE_NOOP("Series", "TC"), QT_TRANSLATE_NOOP("Series", "total correlation, nats")},
    {"dim_kl", QT_TRANSLATE_NOOP("Series", "dim. KL"),
     QT_TRANSLATE_NOOP("Series", "dimension-wise KL, nats")},
    {"mae_diverse", QT_TRANSLATE_NOOP("Series", "diverse"),
     QT_TRANSLATE_NOOP("Series", "L_diverse of MAE (mutual posterior divergence)")},
    {"mae_smooth", QT_TRANSLATE_NOOP("Series", "smooth"),
     QT_TRANSLATE_NOOP("Series", "L_smooth of MAE (mutual posterior divergence)")},
    {"commitment", QT_TRANSLATE_NOOP("Series", "commitment"),
     QT_TRANSLATE_NOOP("Series", "commitment, mean squared distance to the code")},
    {"codebook", QT_TRANSLATE_NOOP("Series", "codebook"),
     QT_TRANSLATE_NOOP("Series", "codebook, mean squared distance to the code")},
    {"perplexity", QT_TRANSLATE_NOOP("Series", "perplexity"),
     QT_TRANSLATE_NOOP("Series", "perplexity of a batch, codes")},
    {"epoch_perplexity", QT_TRANSLATE_NOOP("Series", "perplexity (epoch)"),
     QT_TRANSLATE_NOOP("Series", "perplexity of the epoch, codes")},
    {"usage", QT_TRANSLATE_NOOP("Series", "codes in use"),
     QT_TRANSLATE_NOOP("Series", "share of the codes in use")},
    {"prior_bits", QT_TRANSLATE_NOOP("Series", "prior bits"),
     QT_TRANSLATE_NOOP("Series", "prior, bits per token")},
    {"marginal_bits", QT_TRANSLATE_NOOP("Series", "marginal bits"),
     QT_TRANSLATE_NOOP("Series", "tokens drawn alone, bits per token")},
};

} // namespace

SeriesWords wordsOf(const std::string& series) {
  const auto known =
      std::ranges::find_if(entries, [&](const Entry& entry) { return series == entry.series; });
  if (known == std::end(entries)) return {QString::fromStdString(series), QString::fromStdString(series)};
  return {QCoreApplication::translate("Series", known->name),
          QCoreApplication::translate("Series", known->axis)};
}

} // namespace latent::ui
