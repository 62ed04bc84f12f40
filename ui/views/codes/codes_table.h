// How often each code is used, as a table.
#pragma once

#include "core/figure/table.h"
#include "ui/widgets/code_plots.h"

#include <cstdint>

class QWidget;

namespace latent::ui {

class CodebookFeed;

/// One row a code, in their order. `images`: of the split that was counted.
Table usageTable(const CodebookLook& look, int64_t images);
/// The widget's menu copies it.
void offerUsage(QWidget* widget, const CodebookFeed* codebook);

} // namespace latent::ui
