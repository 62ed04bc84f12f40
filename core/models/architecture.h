// The networks that families share. An architecture makes two bodies, sized by the image; the family puts its
// heads between them.
#pragma once

#include "core/base/model_spec.h"
#include "core/base/result.h"
#include "core/models/layers.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace latent {

struct Architecture {
  std::string id;   ///< value of the parameter `architecture`
  std::string name; ///< for people
  /// A usage error that says why images of this shape and these parameters make no such network. May be
  /// empty.
  std::function<Status(const ModelSpec&)> check;
  /// Width F of what the encoder's body gives.
  std::function<int64_t(const ModelSpec&)> features;
  /// [B, C, H, W] -> [B, F], activated
  std::function<std::shared_ptr<Body>(const ModelSpec&, const torch::Device&)> encoder;
  /// [B, inputs] -> raw values [B, C * H * W], not activated
  std::function<std::shared_ptr<Body>(const ModelSpec&, int64_t inputs, const torch::Device&)> decoder;
};

/// In the order of the form.
const std::vector<Architecture>& architectures();

/// What spec.parameters name; an unknown one is a broken contract.
const Architecture& architectureOf(const ModelSpec& spec);

// ---- the architectures, one file each

Architecture mlpArchitecture(); ///< pixels - hidden .. - z - .. hidden reversed - pixels
Architecture convArchitecture();   ///< strided convolutions, dense layers - z - the mirror image
Architecture resnetArchitecture(); ///< the same with residual blocks

} // namespace latent
