#include "core/data/split_choice.h"

#include "core/base/random.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace latent {

namespace {

/// 0 .. count-1 in random order (Fisher and Yates).
std::vector<size_t> shuffled(size_t count, uint64_t seed) {
  std::vector<size_t> order(count);
  std::iota(order.begin(), order.end(), size_t{0});
  Random random(deriveSeed(seed, "split"));
  for (size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
  return order;
}

size_t tenthOf(size_t count) {
  return std::max<size_t>(1, (count + 5) / 10);
}

} // namespace

Result<std::vector<bool>> chooseTest(int64_t count, uint64_t seed, const std::string& name) {
  if (count < 2)
    return inputError(name + " holds " + std::to_string(count) + (count == 1 ? " image" : " images") +
                      "; at least two are needed, one to learn from and one to test with.");
  const std::vector<size_t> order = shuffled(static_cast<size_t>(count), seed);
  std::vector<bool> test(order.size());
  for (size_t i = 0; i < tenthOf(order.size()); ++i) test[order[i]] = true;
  return test;
}

Result<std::vector<bool>> chooseTestByGroup(const std::vector<std::string>& groups, uint64_t seed,
                                            const std::string& name) {
  // In the order of their names, not of the items: the choice depends on what is there, not on its order.
  std::map<std::string, std::vector<size_t>> members;
  std::vector<std::vector<size_t>> all;
  for (size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].empty())
      all.push_back({i});
    else
      members[groups[i]].push_back(i);
  }
  for (auto& [group, items] : members) all.push_back(std::move(items));
  if (all.size() < 2)
    return inputError(name +
                      " has images of one group only; at least two groups are needed, one to learn from "
                      "and one to test with.");
  std::vector<bool> test(groups.size());
  size_t taken = 0;
  const std::vector<size_t> order = shuffled(all.size(), seed);
  for (size_t i = 0; i + 1 < order.size() && taken < tenthOf(groups.size()); ++i) {
    for (const size_t item : all[order[i]]) test[item] = true;
    taken += all[order[i]].size();
  }
  return test;
}

} // namespace latent
