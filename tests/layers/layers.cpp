#include "tests/layers/layers.h"

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

namespace latent {

namespace {

struct Rule {
  std::string layer;                ///< files whose path begins with this
  std::vector<std::string> allowed; ///< project folders that they may name; their own is always allowed
};

// In the order in which they are matched: the first layer whose prefix fits is the file's.
const std::vector<Rule>& rules() {
  static const std::vector<Rule> all{
      {"core/base/", {}},
      {"core/data/", {"core/base/"}},
      {"core/io/", {"core/base/"}},
      {"core/figure/", {"core/base/"}},
      {"core/models/", {"core/base/", "core/data/"}},
      {"core/train/", {"core/base/", "core/data/", "core/models/"}},
      {"core/explore/", {"core/base/", "core/data/", "core/models/"}},
      {"core/measure/", {"core/base/", "core/data/", "core/models/"}},
      {"core/run/", {"core/"}},
      {"ui/models/", {"core/base/", "core/figure/", "ui/widgets/", "ui/plots/"}},
      {"ui/widgets/", {"core/base/", "core/figure/", "ui/models/", "ui/plots/"}},
      {"ui/plots/", {"core/base/", "core/figure/", "ui/models/", "ui/widgets/"}},
      {"ui/bridge/", {"core/", "ui/models/"}},
      {"ui/views/", {"core/base/", "core/figure/", "ui/"}},
      {"app/gui/", {"ui/", "core/base/", "core/run/", "core/models/compute.h"}},
      {"app/cli/", {"core/"}},
      {"app/figures/", {"ui/plots/", "ui/models/fonts.h", "core/base/", "core/figure/"}},
  };
  return all;
}

bool beginsWith(const std::string& text, const std::string& prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

std::vector<std::string> includesOf(const std::string& text) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_search(line, match, pattern)) found.push_back(match[1]);
  }
  return found;
}

bool isTorch(const std::string& header) {
  return beginsWith(header, "torch/") || beginsWith(header, "ATen/") || beginsWith(header, "c10/") ||
         beginsWith(header, "caffe2/");
}

bool isQt(const std::string& header) {
  static const std::regex pattern(R"(^(Q[A-Z]\w*|Qt[A-Z]\w*/.*|q[a-z]+\.h)$)");
  return std::regex_match(header, pattern);
}

/// All headers that a file sees, each with the header of the project that names it.
std::map<std::string, std::string> reach(const SourceTree& tree, const std::string& file) {
  std::map<std::string, std::string> seen;
  std::vector<std::string> open{file};
  while (!open.empty()) {
    const std::string current = open.back();
    open.pop_back();
    const auto source = tree.find(current);
    if (source == tree.end()) continue;
    for (const std::string& header : includesOf(source->second))
      if (seen.emplace(header, current).second) open.push_back(header);
  }
  return seen;
}

bool isHeader(const std::string& file) {
  return file.ends_with(".h");
}

/// Why `file` may not see `header` through whatever headers, "" if it may.
std::string forbidden(const std::string& file, const std::string& header) {
  const bool core = beginsWith(file, "core/"), ui = beginsWith(file, "ui/"), app = beginsWith(file, "app/");
  if (isTorch(header)) {
    if (ui || app) return "the window and the programs know no tensor";
    if (core && isHeader(file) && !beginsWith(file, "core/models/") &&
        !beginsWith(file, "core/train/detail/"))
      return "torch appears in headers only inside core/models and core/train/detail";
    if (core && !beginsWith(file, "core/models/") && !beginsWith(file, "core/train/") &&
        !beginsWith(file, "core/explore/") && !beginsWith(file, "core/measure/"))
      return "only models, train, explore and measure compute with tensors";
  }
  if (isQt(header) && (core || beginsWith(file, "app/cli/"))) return "the core knows no screen";
  if (header == "qcustomplot.h" && !beginsWith(file, "ui/plots/"))
    return "QCustomPlot is known to ui/plots alone";
  if (header.find("opencv2/highgui") != std::string::npos)
    return "highgui brings a second Qt into the process";
  if (beginsWith(header, "app/") && !app) return "nothing includes a program";
  if (beginsWith(header, "ui/bridge/") &&
      (beginsWith(file, "ui/widgets/") || beginsWith(file, "ui/plots/") || beginsWith(file, "ui/models/")))
    return "widgets, plots and models do not know the bridges";
  return {};
}

} // namespace

std::vector<std::string> findBreaches(const SourceTree& tree) {
  std::vector<std::string> breaches;
  for (const auto& source : tree) {
    const std::string& file = source.first;
    const auto rule = std::ranges::find_if(rules(), [&](const Rule& r) { return beginsWith(file, r.layer); });
    if (rule == rules().end()) {
      breaches.push_back(file + " belongs to no layer.");
      continue;
    }
    for (const std::string& header : includesOf(source.second)) {
      const bool project =
          beginsWith(header, "core/") || beginsWith(header, "ui/") || beginsWith(header, "app/");
      if (!project || beginsWith(header, rule->layer)) continue;
      if (std::ranges::none_of(rule->allowed, [&](const std::string& a) { return beginsWith(header, a); }))
        breaches.push_back(file + " includes " + header + ", which " + rule->layer + " may not.");
    }
    for (const auto& [header, through] : reach(tree, file))
      if (const std::string why = forbidden(file, header); !why.empty())
        breaches.push_back(file + " sees " + header + (through == file ? "" : " through " + through) + ": " +
                           why + ".");
  }
  return breaches;
}

} // namespace latent
