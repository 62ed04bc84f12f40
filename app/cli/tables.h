// Numbers as comma-separated text.
#pragma once

#include "core/base/frames.h"
#include "core/base/image.h"

#include <string>
#include <vector>

namespace latent::cli {

/// "index,file,label,mu_0..,logvar_0..": one line an image.
std::string encodingsToCsv(const Encoded& points, const std::vector<int64_t>& labels,
                           const std::vector<std::string>& files);
/// "image,channel,row,column,value": `pixels` is [n, C, H, W] in [0,1].
std::string imagesToCsv(const std::vector<float>& pixels, const ImageShape& shape);

} // namespace latent::cli
