#include "ui/views/compare/compare_settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace latent::ui {
namespace {

constexpr std::array modeNames{"reconstruct", "noise", "sample", "interpolate", "sweep"};
constexpr std::array choiceNames{"input", "first", "random", "by-class", "best", "worst"};
constexpr std::array endNames{"input", "item", "pin"};
constexpr std::array startNames{"input", "point", "prior-mean"};
constexpr int furthestZoom = 8;

template<class Enum, size_t N>
const char* nameOf(Enum value, const std::array<const char*, N>& names) {
  return names[static_cast<size_t>(value)];
}

/// Reads one key after the other; what is missing or wrong leaves the value as it is.
class Reader {
 public:
  explicit Reader(const Json& json) : m_json(json) {}

  Reader part(const char* key) const {
    static const Json nothing = Json::object();
    const Json* found = find(key);
    return Reader(found && found->is_object() ? *found : nothing);
  }
  void read(const char* key, bool& value) const {
    const Json* found = find(key);
    if (found && found->is_boolean()) value = found->get<bool>();
  }
  template<class Whole>
  requires std::is_integral_v<Whole>
  void read(const char* key, Whole& value, int64_t low, int64_t high) const {
    const Json* found = find(key);
    if (!found || !found->is_number_integer()) return;
    if (found->is_number_unsigned() && found->get<uint64_t>() > static_cast<uint64_t>(high)) return;
    const auto whole = found->get<int64_t>();
    if (whole >= low && whole <= high) value = static_cast<Whole>(whole);
  }
  void readSeed(uint64_t& value) const { read("seed", value, 0, std::numeric_limits<int64_t>::max()); }
  void read(const char* key, double& value, double low, double high) const {
    const Json* found = find(key);
    if (!found || !found->is_number()) return;
    const auto number = found->get<double>();
    if (number >= low && number <= high) value = number;
  }
  void read(const char* key, std::string& value) const {
    const Json* found = find(key);
    if (found && found->is_string()) value = found->get<std::string>();
  }
  void read(const char* key, std::vector<double>& values, size_t most) const {
    const Json* found = find(key);
    if (!found || !found->is_array() || found->size() > most) return;
    std::vector<double> numbers;
    for (const Json& each : *found) {
      if (!each.is_number() || !(each.get<double>() >= 0)) return;
      numbers.push_back(each.get<double>());
    }
    std::ranges::sort(numbers);
    values = std::move(numbers);
  }
  template<class Enum, size_t N>
  void read(const char* key, Enum& value, const std::array<const char*, N>& names) const {
    std::string name;
    read(key, name);
    const auto found = std::ranges::find(names, std::string_view(name));
    if (found != names.end()) value = static_cast<Enum>(found - names.begin());
  }
  template<class Enum>
  void read(const char* key, Enum& value, Result<Enum> (*fromName)(const std::string&)) const {
    std::string name;
    read(key, name);
    if (const Result<Enum> known = fromName(name)) value = *known;
  }

 private:
  const Json* find(const char* key) const {
    const auto found = m_json.find(key);
    return found == m_json.end() ? nullptr : &*found;
  }
  const Json& m_json;
};

Json choiceToJson(const InputChoice& choice) {
  return {{"kind", nameOf(choice.kind, choiceNames)}, {"count", choice.count}, {"seed", choice.seed}};
}
void readChoice(const Reader& reader, InputChoice& choice) {
  reader.read("kind", choice.kind, choiceNames);
  reader.read("count", choice.count, 1, mostInputs);
  reader.readSeed(choice.seed);
}

Json endToJson(const PathEnd& end) {
  return {{"kind", nameOf(end.kind, endNames)}, {"item", end.item}, {"pin", end.pin}};
}
void readEnd(const Reader& reader, PathEnd& end) {
  reader.read("kind", end.kind, endNames);
  reader.read("item", end.item, 0, std::numeric_limits<int64_t>::max());
  reader.read("pin", end.pin);
}

} // namespace

Json toJson(const CompareSettings& s) {
  return {{"mode", nameOf(s.mode, modeNames)},
          {"snapshots", s.snapshots},
          {"epochs", s.epochs},
          {"zoom", s.zoom},
          {"reconstruct",
           {{"inputs", choiceToJson(s.reconstruct.inputs)}, {"error_map", s.reconstruct.errorMap}}},
          {"noise",
           {{"subjects", choiceToJson(s.noise.subjects)},
            {"sigmas", s.noise.sigmas},
            {"scale", noiseScaleName(s.noise.scale)},
            {"mean", s.noise.mean},
            {"draws", s.noise.draws},
            {"seed", s.noise.seed}}},
          {"sample",
           {{"count", s.sample.count},
            {"seed", s.sample.seed},
            {"temperature", s.sample.temperature},
            {"bernoulli", s.sample.bernoulli}}},
          {"interpolate",
           {{"from", endToJson(s.interpolate.from)},
            {"to", endToJson(s.interpolate.to)},
            {"path", pathKindName(s.interpolate.path.kind)},
            {"frames", s.interpolate.path.frames},
            {"loop", s.interpolate.path.loop}}},
          {"sweep",
           {{"start", nameOf(s.sweep.start, startNames)},
            {"latent", s.sweep.latent},
            {"range", rangeKindName(s.sweep.range.kind)},
            {"low", s.sweep.range.low},
            {"high", s.sweep.range.high},
            {"frames", s.sweep.frames}}}};
}

CompareSettings settingsFromJson(const Json& json) {
  CompareSettings s;
  if (!json.is_object()) return s;
  const Reader all(json);
  all.read("mode", s.mode, modeNames);
  all.read("snapshots", s.snapshots);
  all.read("epochs", s.epochs, mostSigmas);
  all.read("zoom", s.zoom, -furthestZoom, furthestZoom);

  const Reader reconstruct = all.part("reconstruct");
  readChoice(reconstruct.part("inputs"), s.reconstruct.inputs);
  reconstruct.read("error_map", s.reconstruct.errorMap);

  const Reader noise = all.part("noise");
  readChoice(noise.part("subjects"), s.noise.subjects);
  std::vector<double> sigmas;
  noise.read("sigmas", sigmas, mostSigmas);
  if (!sigmas.empty()) s.noise.sigmas = std::move(sigmas);
  noise.read("scale", s.noise.scale, noiseScaleFromName);
  noise.read("mean", s.noise.mean);
  noise.read("draws", s.noise.draws, 1, mostDraws);
  noise.readSeed(s.noise.seed);

  const Reader sample = all.part("sample");
  sample.read("count", s.sample.count, 1, mostSamples);
  sample.readSeed(s.sample.seed);
  sample.read("temperature", s.sample.temperature, 0.01, 10);
  sample.read("bernoulli", s.sample.bernoulli);

  const Reader interpolate = all.part("interpolate");
  readEnd(interpolate.part("from"), s.interpolate.from);
  readEnd(interpolate.part("to"), s.interpolate.to);
  interpolate.read("path", s.interpolate.path.kind, pathKindFromName);
  interpolate.read("frames", s.interpolate.path.frames, kFewestFrames, kMostFrames);
  interpolate.read("loop", s.interpolate.path.loop);

  const Reader sweep = all.part("sweep");
  sweep.read("start", s.sweep.start, startNames);
  sweep.read("latent", s.sweep.latent, 0, 4095);
  TraversalRange range = s.sweep.range;
  sweep.read("range", range.kind, rangeKindFromName);
  range = defaultRange(range.kind);
  sweep.read("low", range.low, -1e6, 1e6);
  sweep.read("high", range.high, -1e6, 1e6);
  if (checkRange(range)) s.sweep.range = range;
  sweep.read("frames", s.sweep.frames, kFewestFrames, kMostFrames);
  return s;
}

bool readNumbers(const std::string& text, size_t most, std::vector<double>& numbers) {
  std::vector<double> read;
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto skip = [&] {
    while (at != end && (*at == ' ' || *at == ',' || *at == ';' || *at == '\t')) ++at;
  };
  for (skip(); at != end; skip()) {
    double value = 0;
    const auto [next, fault] = std::from_chars(at, end, value);
    if (fault != std::errc() || !std::isfinite(value) || value < 0 || value > 1e6) return false;
    read.push_back(value);
    at = next;
  }
  std::ranges::sort(read);
  read.erase(std::unique(read.begin(), read.end()), read.end());
  if (read.size() > most) return false;
  numbers = std::move(read);
  return true;
}

std::string writeNumbers(const std::vector<double>& numbers) {
  std::string text;
  for (const double number : numbers) {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    if (!text.empty()) text += ", ";
    text.append(digits.data(), end);
  }
  return text;
}

} // namespace latent::ui
