// The open report as the window sees it.
#pragma once

#include "core/base/focus.h"
#include "core/base/run_config.h"
#include "core/figure/figure.h"
#include "core/figure/table.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace latent {
struct AeVaePlan;
} // namespace latent

namespace latent::ui {

/// A figure or a table, with its texts.
struct ReportEntry {
  QString id;
  std::shared_ptr<const Figure> figure; ///< this
  std::shared_ptr<const Table> table;   ///< or this
  QString heading, caption, notes;
};

enum class ReportField { title, author, introduction, heading, caption, notes };
enum class ReportFormat { latex, pdf, html };

/// What "AE against VAE" finds in some runs.
struct RecipePlan {
  struct Pair {
    int latent = 0;
    RunId ae, vae;
  };
  std::vector<Pair> pairs; ///< by rising latent size
  std::vector<RunId> runs; ///< that the table lists
  std::vector<RunConfig> missing;
  QStringList notes;
  std::shared_ptr<const AeVaePlan> plan; ///< for ReportBridge::make
};

} // namespace latent::ui
