// An image as an icon in a list.
#pragma once

#include "core/base/image.h"

#include <QImage>

namespace latent::ui {

/// RGB32 of the image's own size; null where it is empty.
QImage thumbnailImage(const Image& image);

} // namespace latent::ui
