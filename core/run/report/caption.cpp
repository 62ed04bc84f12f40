// One neutral sentence or two for each kind of figure: what it shows, and the settings.
#include "core/run/report/caption_runs.h"
#include "core/run/report/report.h"
#include "core/run/report/run_settings.h"

#include <algorithm>
#include <cmath>

namespace latent {
namespace {

using namespace detail;

/// A number in a sentence: the sign stands for minus.
std::string signedNumber(double value) {
  std::string text = shortNumber(value);
  if (text.starts_with('-')) text.replace(0, 1, "−");
  return text;
}

/// "test images 0 to 9", "test images 3, 5 and 8", "10 test images" where the numbers would fill a line.
std::string imagesOf(const Json& view, const std::vector<int64_t>& items) {
  const std::string images = textOf(view, "split", "test") == "train" ? "training image" : "test image";
  if (items.size() == 1) return images + " " + std::to_string(items.front());
  bool rising = items.size() > 2;
  for (size_t i = 1; i < items.size(); ++i) rising &= items[i] == items[i - 1] + 1;
  if (rising) return images + "s " + std::to_string(items.front()) + " to " + std::to_string(items.back());
  constexpr size_t listedAtMost = 12;
  if (items.empty() || items.size() > listedAtMost)
    return (items.empty() ? std::string() : grouped(std::ssize(items)) + " ") + images + "s";
  std::vector<std::string> numbers;
  numbers.reserve(items.size());
  for (const int64_t item : items) numbers.push_back(std::to_string(item));
  return images + "s " + listed(numbers);
}

std::string begun(std::string sentence) {
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z')
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  return sentence;
}

template<class Panel>
const Panel* firstPanel(const Figure& figure) {
  for (const FigurePanel& panel : figure.panels)
    if (const auto* found = std::get_if<Panel>(&panel)) return found;
  return nullptr;
}

// ---- the plane

std::string tilesWords(const PlanePanel& panel) {
  return "images decoded on a grid of " + std::to_string(panel.grid.rows) + " × " +
         std::to_string(panel.grid.columns) + " points";
}

std::string pointsWords(const PlanePanel& panel) {
  std::string words = "codes of " + grouped(std::ssize(panel.pointX)) + " test images";
  if (!panel.pointValue.empty()) return words + ", coloured by " + panel.valueName;
  const bool known = std::ranges::any_of(panel.pointLabel, [](int64_t label) { return label >= 0; });
  return known ? words + ", coloured by class" : words;
}

std::string placeWords(const PlanePanel& panel) {
  const PlaneRect& rect = panel.rect;
  const auto range = [](const std::string& axis, double low, double high) {
    constexpr double steps = 100;
    const auto rounded = [](double value) { return std::round(value * steps) / steps; };
    return axis + " from " + signedNumber(rounded(low)) + " to " + signedNumber(rounded(high));
  };
  return range(panel.xLabel, rect.left, rect.right) + ", " + range(panel.yLabel, rect.lower, rect.upper);
}

std::string planeSentence(const Figure& figure, const Json&) {
  const auto* panel = firstPanel<PlanePanel>(figure);
  if (!panel) return "The latent plane.";
  std::vector<std::string> parts;
  if (!panel->pixels.empty()) parts.push_back(tilesWords(*panel));
  if (!panel->pointX.empty()) parts.push_back(pointsWords(*panel));
  for (const PlaneField& field : panel->fields)
    parts.push_back((field.contours ? "contours of the " : "shading by the ") + field.name);
  if (!panel->ellipses.empty()) parts.emplace_back("ellipses at one standard deviation of q(z|x)");
  const bool rings = std::ranges::any_of(figure.panels, [](const FigurePanel& each) {
    const auto* plane = std::get_if<PlanePanel>(&each);
    return plane && !plane->rings.empty();
  });
  if (rings) parts.emplace_back("circles at 1, 2 and 3 standard deviations of the prior N(0, I)");
  const size_t planes = figure.panels.size();
  std::string sentence = planes > 1 ? "Latent planes of the runs" : "Latent plane";
  if (planes == 1) sentence += ", " + placeWords(*panel);
  for (size_t i = 0; i < parts.size(); ++i) sentence += (i == 0 ? ": " : "; ") + parts[i];
  return sentence + ".";
}

// ---- curves

std::string seriesWords(const std::string& series) {
  if (series == "recon") return "the reconstruction term −log p(x|z)";
  if (series == "kl") return "the KL divergence of q(z|x) from the prior";
  if (series == "elbo") return "the ELBO";
  if (series == "loss") return "the loss";
  std::string words = series;
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string curvesSentence(const Figure&, const Json& view) {
  std::vector<std::string> series, splits;
  const Json& names = partOf(view, "series");
  if (names.is_array())
    for (const Json& name : names)
      if (name.is_string()) series.push_back(seriesWords(name.get<std::string>()));
  const Json& drawn = partOf(view, "splits");
  const auto has = [&](const char* split) {
    return drawn.is_array() && std::ranges::find(drawn, Json(split)) != drawn.end();
  };
  if (has("test")) splits.emplace_back("on the test images (solid)");
  if (has("train")) splits.emplace_back("on the training images as seen during the epoch (dashed)");
  if (has("batch")) splits.emplace_back("on the latest batches (dotted)");
  std::string sentence =
      begun(series.empty() ? "training curves" : listed(series)) + " over the epochs of training";
  if (!splits.empty()) sentence += ", " + listed(splits);
  if (const double smoothing = numberOf(view, "smoothing"); smoothing > 0)
    sentence += "; smoothed with factor " + shortNumber(smoothing);
  return sentence + ".";
}

// ---- images

std::string reconstructSentence(const Figure&, const Json& view) {
  const Json& inputs = partOf(view, "inputs"); // some of which may come from elsewhere than the data set
  return (inputs.is_array() ? grouped(std::ssize(inputs)) + (inputs.size() == 1 ? " image" : " images")
                            : begun(imagesOf(view, wholesOf(view, "items")))) +
         " (first row) and their reconstructions from the codes, which are the means of q(z|x) where the "
         "model "
         "has a posterior.";
}

std::string sampleSentence(const Figure&, const Json& view) {
  const std::string from = textOf(view, "from");
  std::string sentence = "Samples: ";
  if (from == "prior")
    sentence += "images decoded from z drawn from N(0, I)";
  else if (from == "fitted")
    sentence += "images decoded from a Gaussian fitted to the codes of the test images";
  else if (from == "each")
    sentence += "images decoded from z drawn from N(0, I), and those of models without a prior also from a "
                "Gaussian "
                "fitted to the codes of the test images";
  else
    sentence +=
        "images decoded from the prior, for a model without one from a Gaussian fitted to the codes of the "
        "test images";
  const auto count = static_cast<int64_t>(numberOf(view, "count"));
  sentence +=
      "; " + grouped(count) + " for each model, seed of the samples " + shortNumber(numberOf(view, "seed"));
  if (const double temperature = numberOf(view, "temperature", 1); temperature != 1)
    sentence += ", temperature " + shortNumber(temperature);
  return sentence + (textOf(view, "pixels") == "draws" ? "; pixels drawn from p(x|z)."
                                                       : "; pixels are means of p(x|z).");
}

std::string traverseSentence(const Figure&, const Json& view) {
  const auto frames = static_cast<int64_t>(numberOf(view, "frames"));
  std::string sentence =
      partOf(view, "grid") == Json(true)
          ? "Two latents moved against each other, " + grouped(frames) + " × " + grouped(frames) + " images"
          : "One latent moved at a time (rows), " + grouped(frames) + " images each";
  const Json& range = partOf(view, "range");
  if (range.is_object()) {
    const std::string kind = textOf(range, "kind");
    const std::string unit = kind == "quantile" ? " in quantiles" : "";
    sentence += ", from " + signedNumber(numberOf(range, "low")) + " to " +
                signedNumber(numberOf(range, "high")) + unit;
  }
  if (partOf(view, "item").is_number())
    sentence +=
        "; the others stay at the code of " + imagesOf(view, {static_cast<int64_t>(numberOf(view, "item"))});
  else
    sentence += "; the others stay at the mean";
  return sentence + ".";
}

std::string interpolateSentence(const Figure&, const Json& view) {
  const std::vector<int64_t> items = wholesOf(view, "items");
  return "Path in latent space between " + (items.empty() ? "two points" : imagesOf(view, items)) + " in " +
         grouped(static_cast<int64_t>(numberOf(view, "frames"))) + " frames (" +
         textOf(view, "path", "linear") + (partOf(view, "loop") == Json(true) ? ", and back" : "") + ").";
}

std::string codesSentence(const Figure&, const Json& view) {
  return "An image, the map of its codes" +
         std::string(partOf(view, "tokens").is_array() ? " after changes by hand" : "") +
         ", what is decoded from it, and how often each code is used over the test images.";
}

std::string decodeSentence(const Figure&, const Json&) {
  return "Images decoded from given points z.";
}

// ---- noise

std::string sigmasWords(const Json& view) {
  const Json& sigmas = partOf(view, "sigmas");
  if (!sigmas.is_array() || sigmas.empty() || !sigmas.front().is_number() || !sigmas.back().is_number())
    return {};
  return ", σ from " + shortNumber(sigmas.front().get<double>()) + " to " +
         shortNumber(sigmas.back().get<double>());
}

std::string noiseSentence(const Figure&, const Json& view) {
  const bool spread = textOf(view, "scale") == "spread";
  std::string sentence =
      "Noise on the codes: z = μ(x) + σ " +
      std::string(spread ? "s ε, s the standard deviation of each latent over the test images" : "ε") +
      ", ε drawn from N(0, I)" + sigmasWords(view) + "; the same ε for every model, seed of the noise " +
      shortNumber(numberOf(view, "seed")) + ".";
  if (partOf(view, "pictures") == Json(true))
    sentence += " Pictures: " +
                (partOf(view, "input").is_object() ? "one image" : imagesOf(view, wholesOf(view, "items"))) +
                (partOf(view, "mean") == Json(true) ? ", means over the draws of ε." : ", one draw of ε.");
  if (partOf(view, "curves") == Json(true)) {
    sentence += " Curves: squared error" +
                std::string(partOf(view, "classes") == Json(true)
                                ? " and share of images whose class a classifier still reads"
                                : "") +
                ", means over " + grouped(static_cast<int64_t>(numberOf(view, "subjects"))) +
                " images with " + grouped(static_cast<int64_t>(numberOf(view, "draws"))) +
                " draws each; bands are 95 % intervals of the mean.";
  }
  return sentence;
}

using Sentence = std::string (*)(const Figure&, const Json& view);

Sentence sentenceFor(const std::string& kind) {
  constexpr std::pair<const char*, Sentence> kinds[] = {
      {"plane", planeSentence},   {"curves", curvesSentence},     {"reconstruct", reconstructSentence},
      {"sample", sampleSentence}, {"traverse", traverseSentence}, {"interpolate", interpolateSentence},
      {"decode", decodeSentence}, {"codes", codesSentence},       {"noise", noiseSentence}};
  for (const auto& [word, sentence] : kinds)
    if (kind == word) return sentence;
  return nullptr;
}

} // namespace

std::string captionOf(const Figure& figure) {
  const Json& provenance = figure.provenance;
  const Sentence sentence = sentenceFor(textOf(provenance, "kind"));
  std::string caption = sentence ? sentence(figure, partOf(provenance, "view")) : figure.title;
  if (!caption.empty() && !caption.ends_with('.')) caption += '.';
  const std::string runs = runsSentence(provenance);
  if (!caption.empty() && !runs.empty()) caption += ' ';
  return caption + runs;
}

} // namespace latent
