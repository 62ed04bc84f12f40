// Any bytes as metadata.csv, joined with three images.
#include "core/data/metadata.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto table = latent::parseCsv(text, "fuzz");
  if (!table.ok()) {
    if (table.error().fault != latent::Fault::input || table.error().message.empty()) std::abort();
    return 0;
  }
  if (table->header.empty() || table->rows.size() != table->lines.size()) std::abort();
  for (const auto& row : table->rows)
    if (row.size() != table->header.size()) std::abort();
  const std::vector<latent::ListedImage> images{
      {"a/1.png", "a/1.png", false, 0}, {"a/2.png", "a/2.png", false, 0}, {"b/1.png", "b/1.png", false, 1}};
  const auto joined = latent::joinMetadata(std::move(*table), images, "fuzz");
  if (!joined.ok()) return 0;
  const auto columns = latent::columnsOf(*joined, {0, 1}, {2});
  for (const auto& column : columns)
    if ((column.numeric ? column.train.numbers.size() : column.train.texts.size()) != 2) std::abort();
  for (size_t c = 0; c < joined->table.header.size(); ++c)
    if (latent::classesOf(*joined, c).labels.size() != images.size()) std::abort();
  return 0;
}
