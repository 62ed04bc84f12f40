#include "core/explore/tokens_work.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace latent {

namespace {

constexpr int64_t cellsAPiece = 4;

void checkMap(const std::vector<int64_t>& map, const TokenShape& shape) {
  if (static_cast<int64_t>(map.size()) != shape.cells())
    throw std::runtime_error("This map has " + std::to_string(map.size()) + " tokens, but the model's has " +
                             std::to_string(shape.rows) + "x" + std::to_string(shape.columns) + ".");
  for (const int64_t token : map)
    if (token < 0 || token >= shape.codes)
      throw std::runtime_error("There is no code " + std::to_string(token) +
                               ": the codebook has codes 0 to " + std::to_string(shape.codes - 1) + ".");
}

void checkDrawing(const TokensRequest& request, const TokenShape& shape) {
  if (!shape.hasPrior)
    throw std::runtime_error(
        "This model was trained without a prior over its tokens, so that there is nothing to draw from; "
        "train one with prior switched on.");
  if (*request.drawFrom < 0 || *request.drawFrom > shape.cells())
    throw std::runtime_error("There is no cell " + std::to_string(*request.drawFrom) +
                             ": the map has cells 0 to " + std::to_string(shape.cells() - 1) + ".");
  if (!(request.temperature > 0) || !std::isfinite(request.temperature))
    throw std::runtime_error("The temperature must be a number above 0.");
}

} // namespace

void TokensWork::begin(const Viewer& viewer) {
  const std::optional<TokenShape> shape = viewer.tokenShape();
  if (!shape) throw std::runtime_error("This model has no tokens: its latents are coordinates.");
  if (m_request.drawFrom) checkDrawing(m_request, *shape);
  if (m_request.input.empty() && m_request.tokens.empty() && m_request.drawFrom == 0) {
    m_map.resize(static_cast<size_t>(shape->cells()));
  } else if (m_request.input.empty()) {
    checkMap(m_request.tokens, *shape);
    m_map = m_request.tokens;
  } else {
    checkImage(m_request.input, viewer.spec().shape);
    m_seen = m_request.input;
    applyPixelMode(viewer.spec(), m_seen.pixels);
    m_map = viewer.tokens(m_seen.pixels, 1);
  }
  m_next = m_request.drawFrom.value_or(shape->cells());
  m_begun = true;
}

std::optional<TokensFrame> TokensWork::advance(const Viewer& viewer) {
  if (!m_begun) begin(viewer);
  const TokenShape shape = *viewer.tokenShape();
  const int64_t end = std::min(m_next + cellsAPiece, shape.cells());
  for (; m_next < end; ++m_next)
    m_map[static_cast<size_t>(m_next)] =
        viewer.drawToken(m_map, m_next, m_request.temperature, m_request.seed);
  if (m_next < shape.cells()) return std::nullopt;

  TokensFrame frame = makeFrame();
  frame.rows = shape.rows;
  frame.columns = shape.columns;
  frame.codes = shape.codes;
  frame.hasPrior = shape.hasPrior;
  frame.input = std::move(m_seen);
  frame.image = {viewer.spec().shape, viewer.decodeTokens(m_map, 1)};
  requireFinite(frame.image.pixels);
  frame.tokens = std::move(m_map);
  return frame;
}

} // namespace latent
