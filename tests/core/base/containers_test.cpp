#include "core/base/drain_buffer.h"
#include "core/base/latest_slot.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>

namespace latent {
namespace {

TEST(LatestSlot, newestWinsAndIsTakenOnce) {
  LatestSlot<int> slot;
  EXPECT_TRUE(slot.empty());
  EXPECT_FALSE(slot.put(1));
  EXPECT_TRUE(slot.put(2));
  EXPECT_EQ(slot.take(), 2);
  EXPECT_EQ(slot.take(), std::nullopt);
}

TEST(LatestSlot, readerNeverSeesAnOlderValueAfterANewer) {
  LatestSlot<std::shared_ptr<const int>> slot;
  std::jthread writer([&] {
    for (int i = 1; i <= 20000; ++i) slot.put(std::make_shared<const int>(i));
  });
  int last = 0;
  while (last < 20000) {
    if (const auto value = slot.take()) {
      ASSERT_GT(**value, last);
      last = **value;
    }
  }
}

TEST(DrainBuffer, losesNothingAndKeepsEachWritersOrder) {
  DrainBuffer<std::pair<int, int>> buffer;
  constexpr int count = 10000;
  std::vector<std::jthread> writers;
  for (int w = 0; w < 3; ++w)
    writers.emplace_back([&, w] {
      for (int i = 0; i < count; ++i) {
        if (i % 2)
          buffer.append(std::pair{w, i});
        else
          buffer.append(std::vector{std::pair{w, i}});
      }
    });
  int next[3] = {0, 0, 0};
  while (next[0] + next[1] + next[2] < 3 * count)
    for (const auto& [w, i] : buffer.drain()) ASSERT_EQ(i, next[w]++);
  EXPECT_TRUE(buffer.drain().empty());
}

} // namespace
} // namespace latent
