#include "ui/models/metrics_store.h"

#include <QSignalSpy>
#include <QTest>

using namespace latent;
using latent::ui::Curve;
using latent::ui::MetricsStore;

namespace {

Metric row(int64_t step, const char* split, const char* series, double value) {
  return {step, static_cast<double>(step) / 600, split, series, value};
}

} // namespace

class TestMetricsStore : public QObject {
  Q_OBJECT
 private slots:
  void appendsInBatchesWithOneSignal();
  void replaceForgetsWhatWas();
  void repeatedStepsReplaceTheTail();
  void aLongRunStaysBounded();
  void curvesStayApart();
  void seriesBeginWithTheLoss();
  void removedRunHasNoCurves();
};

void TestMetricsStore::appendsInBatchesWithOneSignal() {
  MetricsStore store;
  QSignalSpy changed(&store, &MetricsStore::changed);
  store.append("a", {row(10, "batch", "loss", 300), row(20, "batch", "loss", 250)});
  store.append("a", {row(30, "batch", "loss", 200)});
  store.append("a", {});
  QCOMPARE(changed.count(), 2);
  const Curve& curve = store.curve("a", "batch", "loss");
  QVERIFY((curve.step == std::vector<double>{10, 20, 30}));
  QVERIFY((curve.value == std::vector<double>{300, 250, 200}));
  QCOMPARE(curve.epoch.back(), 0.05);
}

void TestMetricsStore::replaceForgetsWhatWas() {
  MetricsStore store;
  store.append("a", {row(10, "batch", "loss", 300), row(10, "batch", "kl", 5)});
  store.replace("a", {row(600, "test", "loss", 160)});
  QVERIFY(store.curve("a", "batch", "loss").step.empty());
  QVERIFY(store.curve("a", "batch", "kl").step.empty());
  QVERIFY((store.curve("a", "test", "loss").value == std::vector<double>{160}));
}

void TestMetricsStore::repeatedStepsReplaceTheTail() {
  MetricsStore store;
  store.append("a", {row(10, "batch", "loss", 5), row(20, "batch", "loss", 4), row(30, "batch", "loss", 3)});
  store.append("a", {row(20, "batch", "loss", 3.5)}); // resumed from step 15
  const Curve& curve = store.curve("a", "batch", "loss");
  QVERIFY((curve.step == std::vector<double>{10, 20}));
  QVERIFY((curve.value == std::vector<double>{5, 3.5}));
  QCOMPARE(curve.epoch.size(), curve.step.size());
  store.append("a", {row(20, "batch", "loss", 3.25)});
  QVERIFY((store.curve("a", "batch", "loss").value == std::vector<double>{5, 3.25}));
}

void TestMetricsStore::aLongRunStaysBounded() {
  MetricsStore store;
  constexpr int rows = 30'000;
  size_t longest = 0;
  for (int i = 1; i <= rows; ++i) {
    store.append("a", {row(10 * i, "batch", "loss", i)});
    longest = std::max(longest, store.curve("a", "batch", "loss").step.size());
  }
  const Curve& curve = store.curve("a", "batch", "loss");
  QVERIFY(longest <= 4096 && curve.step.size() >= 2048);
  QCOMPARE(curve.value.size(), curve.step.size());
  // Every sample is the mean of the rows since the one before, so a straight line stays one.
  double before = 0;
  for (size_t i = 0; i < curve.step.size(); ++i) {
    const double last = curve.step[i] / 10;
    QCOMPARE(curve.value[i], (before + 1 + last) / 2);
    before = last;
  }
  QVERIFY(rows - before < 16);                             // at most one sample behind
  store.append("a", {row(20 * 1000, "batch", "loss", 0)}); // resumed far back
  QVERIFY(curve.step.back() <= 20 * 1000);
}

void TestMetricsStore::curvesStayApart() {
  MetricsStore store;
  store.append("a", {row(600, "train", "loss", 1), row(600, "test", "loss", 2), row(600, "test", "kl", 3)});
  store.append("b", {row(600, "test", "loss", 4)});
  QVERIFY((store.curve("a", "train", "loss").value == std::vector<double>{1}));
  QVERIFY((store.curve("a", "test", "loss").value == std::vector<double>{2}));
  QVERIFY((store.curve("a", "test", "kl").value == std::vector<double>{3}));
  QCOMPARE(store.valueAt("a", "test", "loss", 600), std::optional(2.0));
  QVERIFY(!store.valueAt("a", "test", "loss", 599) && !store.valueAt("a", "test", "elbo", 600));
  QVERIFY((store.curve("b", "test", "loss").value == std::vector<double>{4}));
  QVERIFY(store.curve("c", "test", "loss").step.empty());
}

void TestMetricsStore::seriesBeginWithTheLoss() {
  MetricsStore store;
  store.append("a", {row(1, "test", "tc", 1), row(1, "test", "elbo", 1), row(1, "test", "recon", 1)});
  store.append("b", {row(1, "test", "loss", 1), row(1, "test", "kl", 1), row(1, "test", "commitment", 1),
                     row(1, "train", "loss", 1)});
  QVERIFY((store.series({"a", "b"}) ==
           std::vector<std::string>{"loss", "recon", "kl", "elbo", "commitment", "tc"}));
  QVERIFY((store.series({"a", "c"}) == std::vector<std::string>{"recon", "elbo", "tc"}));
}

void TestMetricsStore::removedRunHasNoCurves() {
  MetricsStore store;
  store.append("a", {row(1, "test", "loss", 1)});
  QVERIFY(store.hasCurves("a"));
  QSignalSpy changed(&store, &MetricsStore::changed);
  store.remove("a");
  store.remove("a");
  QVERIFY(!store.hasCurves("a"));
  QCOMPARE(changed.count(), 1);
  store.replace("b", {}); // a run that came without curves
  QVERIFY(!store.hasCurves("b"));
}

QTEST_GUILESS_MAIN(TestMetricsStore)
#include "test_metrics_store.moc"
