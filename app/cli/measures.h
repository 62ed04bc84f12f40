// Measures in the order of a report: the four of every family first, then a family's own ones.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace latent::cli {

/// loss, recon, kl, elbo as far as they are there, then the rest by name.
inline std::vector<std::pair<std::string, double>>
inReportOrder(const std::map<std::string, double>& values) {
  std::vector<std::pair<std::string, double>> ordered;
  std::map<std::string, double> rest = values;
  for (const char* key : {"loss", "recon", "kl", "elbo"}) {
    if (auto node = rest.extract(key)) ordered.emplace_back(node.key(), node.mapped());
  }
  ordered.insert(ordered.end(), rest.begin(), rest.end());
  return ordered;
}

} // namespace latent::cli
