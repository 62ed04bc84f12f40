#include "app/cli/tables.h"

#include <charconv>

namespace latent::cli {
namespace {

void append(std::string& text, float value) {
  char digits[32];
  text.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

/// A file name may hold a comma or a quote.
std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result.append(c == '"' ? 2 : 1, c);
  return result + "\"";
}

} // namespace

std::string encodingsToCsv(const Encoded& points, const std::vector<int64_t>& labels,
                           const std::vector<std::string>& files) {
  std::string text = "index,file,label";
  for (int j = 0; j < points.latent; ++j) text += ",mu_" + std::to_string(j);
  for (int j = 0; j < points.latent && !points.logVar.empty(); ++j) text += ",logvar_" + std::to_string(j);
  text += '\n';
  const auto latent = static_cast<size_t>(points.latent);
  for (size_t i = 0; i < static_cast<size_t>(points.count); ++i) {
    text += std::to_string(i) + ',' + quoted(files[i]) + ',' + std::to_string(labels[i]);
    for (const auto* values : {&points.mu, &points.logVar}) {
      for (size_t j = i * latent; j < (i + 1) * latent && !values->empty(); ++j) {
        text += ',';
        append(text, (*values)[j]);
      }
    }
    text += '\n';
  }
  return text;
}

std::string imagesToCsv(const std::vector<float>& pixels, const ImageShape& shape) {
  std::string text = "image,channel,row,column,value\n";
  const int64_t plane = int64_t{shape.height} * shape.width;
  for (size_t i = 0; i < pixels.size(); ++i) {
    const auto at = static_cast<int64_t>(i);
    for (const int64_t part :
         {at / shape.pixels(), at % shape.pixels() / plane, at % plane / shape.width, at % shape.width})
      text += std::to_string(part) + ',';
    append(text, pixels[i]);
    text += '\n';
  }
  return text;
}

} // namespace latent::cli
