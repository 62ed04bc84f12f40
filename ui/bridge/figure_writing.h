// The files of one figure: drawn aside, then put in their place together.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/figure/figure.h"
#include "core/figure/figure_page.h"
#include "ui/bridge/figure_bridge.h"

#include <QImage>

namespace latent::ui {

/// All of the files or none that was not there before. The folder is made. Work error that names the file
/// and the reason; Fault::interrupted after a cancel.
Status writeFigureFiles(const Figure& figure, const FigurePage& page, const FigureFiles& files,
                        JobControl& control);

/// The page as latent-figures draws it.
Result<QImage> drawPage(const Figure& figure, const FigurePage& page, double dpi, JobControl& control);

FigureTexts figureTexts(const Figure& figure, const FigurePage& page);

} // namespace latent::ui
