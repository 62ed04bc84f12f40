#include "core/models/token_draw.h"

#include "core/base/random.h"
#include "core/models/torch_compat.h"

#include <stdexcept>
#include <string>

namespace latent {

int64_t drawToken(const torch::Tensor& logits, double temperature, uint64_t seed, int64_t cell) {
  if (!(temperature > 0)) throw std::logic_error("drawToken: the temperature must be above 0");
  at::Generator generator =
      compat::makeGenerator(torch::kCPU, deriveSeed(seed, "token " + std::to_string(cell)));
  return torch::multinomial(torch::softmax(logits / temperature, 1), 1, true, generator).item<int64_t>();
}

uint64_t tokenSeed(uint64_t sampleSeed, int64_t image) {
  return deriveSeed(sampleSeed, "sample " + std::to_string(image));
}

torch::Tensor drawTokenMaps(const TokenLogits& logits, int64_t rows, int64_t columns, int64_t first,
                            int64_t n, double temperature, uint64_t sampleSeed) {
  torch::NoGradGuard noGrad;
  torch::Tensor maps = torch::zeros({n, rows, columns}, torch::kInt64);
  int64_t* tokens = maps.data_ptr<int64_t>();
  const int64_t cells = rows * columns;
  for (int64_t cell = 0; cell < cells; ++cell) {
    const torch::Tensor next = logits(maps, cell);
    for (int64_t i = 0; i < n; ++i)
      tokens[i * cells + cell] =
          drawToken(next.narrow(0, i, 1), temperature, tokenSeed(sampleSeed, first + i), cell);
  }
  return maps;
}

torch::Tensor drawTokenMaps(TokenModel& model, int64_t first, int64_t n, double temperature,
                            uint64_t sampleSeed) {
  const auto logits = [&](const torch::Tensor& map, int64_t cell) { return model.priorLogits(map, cell); };
  return drawTokenMaps(logits, model.rows(), model.columns(), first, n, temperature, sampleSeed);
}

} // namespace latent
