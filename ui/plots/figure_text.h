// The words of a figure as they are drawn. Private to ui/plots.
#pragma once

#include "core/figure/figure.h"

#include <QFontMetricsF>
#include <QString>
#include <QStringList>

namespace latent::ui {

/// Figures hold plain text ("ELBO -152.3"); drawn, a hyphen that begins a word is a true minus sign.
QString figureText(const std::string& text);

/// Broken between words, but not before a number, into at most `most` lines that are not wider than `width`;
/// what is left over goes from the middle of the last line, so that its end stays: there stands what tells
/// one label from another.
QStringList wrapped(const QString& text, const QFontMetricsF& metrics, double width, int most);

/// The title of the document: the figure's own, else what its provenance says that it shows.
QString documentTitle(const Figure& figure);

} // namespace latent::ui
