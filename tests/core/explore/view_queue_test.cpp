#include "core/explore/view_queue.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

PointRequest request(ViewId view, uint64_t generation) {
  return {{view, generation, "run"}, {}};
}

std::vector<std::pair<ViewId, uint64_t>> takeAll(ViewQueue<PointRequest>& queue) {
  std::vector<std::pair<ViewId, uint64_t>> taken;
  while (const auto next = queue.take()) taken.emplace_back(next->head.view, next->head.generation);
  return taken;
}

using Taken = std::vector<std::pair<ViewId, uint64_t>>;

TEST(ViewQueue, KeepsTheNewestOfEachViewAtTheOldPlace) {
  ViewQueue<PointRequest> queue;
  queue.put(request(1, 1));
  queue.put(request(2, 2));
  queue.put(request(1, 3));
  queue.put(request(3, 4));
  queue.put(request(1, 5));
  EXPECT_EQ(takeAll(queue), (Taken{{1, 5}, {2, 2}, {3, 4}}));
  EXPECT_TRUE(queue.empty());
}

TEST(ViewQueue, DropsWhatIsOlderThanTheViewAskedFor) {
  ViewQueue<PointRequest> queue;
  queue.put(request(1, 9));
  queue.put(request(1, 4));
  EXPECT_EQ(takeAll(queue), (Taken{{1, 9}}));
  queue.put(request(1, 8)); // also when the newer one is under way
  EXPECT_TRUE(queue.empty());
}

TEST(ViewQueue, KnowsWhenWorkBecameStale) {
  ViewQueue<PointRequest> queue;
  queue.put(request(1, 1));
  queue.put(request(2, 1));
  takeAll(queue);
  EXPECT_FALSE(queue.isStale(request(1, 1).head));
  queue.put(request(1, 2));
  EXPECT_TRUE(queue.isStale(request(1, 1).head));
  EXPECT_FALSE(queue.isStale(request(2, 1).head));
}

TEST(ViewQueue, ForgetsACancelledViewUntilItAsksAgain) {
  ViewQueue<PointRequest> queue;
  queue.cancel(1);
  queue.put(request(1, 1));
  queue.put(request(2, 2));
  queue.cancel(1);
  EXPECT_TRUE(queue.isStale(request(1, 1).head));
  EXPECT_EQ(takeAll(queue), (Taken{{2, 2}}));
  queue.put(request(1, 1)); // it was on its way when the view was cancelled
  EXPECT_TRUE(queue.empty());
  queue.put(request(1, 3));
  EXPECT_EQ(takeAll(queue), (Taken{{1, 3}}));
}

} // namespace
} // namespace latent
