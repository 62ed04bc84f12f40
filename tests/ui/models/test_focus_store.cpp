#include "ui/models/focus_store.h"

#include <QSignalSpy>
#include <QTest>

using namespace latent;
using latent::ui::FocusStore;

class TestFocusStore : public QObject {
  Q_OBJECT
 private slots:
  void editsAreUndoneOneByOne();
  void gestureIsOneUndo();
  void nestedGesturesEndWithTheOuter();
  void gestureThatReturnsLeavesNoHistory();
  void undoWaitsForTheEndOfAGesture();
  void equalValueDoesNothing();
  void activeRunIsShown();
  void activeRunStaysShown();
  void newEditForgetsRedo();
  void historyIsBounded();
  void resetClearsHistory();
  void aStepThatCannotBeShownLeavesTheHistory();
};

void TestFocusStore::aStepThatCannotBeShownLeavesTheHistory() {
  FocusStore store;
  store.setActive("/run");
  store.setStep(100);
  store.setStep(600); // damaged
  store.setCursor({1, 2});
  store.replaceStep("/other", 600, std::nullopt); // another run's
  QVERIFY(store.focus().step == 600);
  store.replaceStep("/run", 600, 100);
  QVERIFY(store.focus().step == 100);
  QVERIFY((store.focus().cursor == LatentPoint{1, 2}));
  store.undo();
  QVERIFY(store.focus().step == 100 && store.focus().cursor.empty());
  store.undo();
  QVERIFY(!store.focus().step && store.focus().active == "/run"); // not a step that seems to do nothing
  store.redo();
  QVERIFY(store.focus().step == 100);

  store.beginGesture();
  store.setStep(600);
  store.replaceStep("/run", 600, 100); // under the hand
  store.endGesture();
  store.undo();
  QVERIFY(!store.focus().step);
}

void TestFocusStore::editsAreUndoneOneByOne() {
  FocusStore store;
  QSignalSpy changed(&store, &FocusStore::changed);
  store.setCursor({1, 2});
  store.setStep(600);
  store.setSubject({.split = "train", .index = 7, .image = {}});
  QCOMPARE(changed.count(), 3);
  QCOMPARE(store.focus().subject.index, int64_t{7});
  store.undo();
  QCOMPARE(store.focus().subject.index, int64_t{0});
  QVERIFY(store.focus().step == 600);
  store.undo();
  QVERIFY(!store.focus().step.has_value());
  store.undo();
  QVERIFY(store.focus().cursor.empty());
  QVERIFY(!store.canUndo());
  store.redo();
  QVERIFY((store.focus().cursor == LatentPoint{1, 2}));
  store.redo();
  store.redo();
  QCOMPARE(store.focus().subject.split, std::string("train"));
  QVERIFY(!store.canRedo());
}

void TestFocusStore::gestureIsOneUndo() {
  FocusStore store;
  store.setCursor({0, 0});
  QSignalSpy changed(&store, &FocusStore::changed);
  QSignalSpy history(&store, &FocusStore::historyChanged);
  store.beginGesture();
  for (int i = 1; i <= 50; ++i) store.setCursor({0.1F * static_cast<float>(i), 0});
  store.endGesture();
  QCOMPARE(changed.count(), 50); // every place is shown
  QCOMPARE(history.count(), 1);  // one step is remembered
  store.undo();
  QVERIFY((store.focus().cursor == LatentPoint{0, 0}));
  store.redo();
  QVERIFY((store.focus().cursor == LatentPoint{0.1F * 50, 0}));
}

void TestFocusStore::nestedGesturesEndWithTheOuter() {
  FocusStore store;
  store.beginGesture();
  store.setCursor({1});
  store.beginGesture();
  store.setCursor({2});
  store.endGesture();
  QVERIFY(!store.canUndo());
  store.setCursor({3});
  store.endGesture();
  store.endGesture(); // one too many is harmless
  QVERIFY(store.canUndo());
  store.undo();
  QVERIFY(store.focus().cursor.empty());
  QVERIFY(!store.canUndo());
}

void TestFocusStore::gestureThatReturnsLeavesNoHistory() {
  FocusStore store;
  store.setCursor({1, 1});
  store.undo();
  QVERIFY(store.canRedo());
  store.beginGesture();
  store.setCursor({5, 5});
  store.setCursor({});
  store.endGesture();
  QVERIFY(!store.canUndo());
  QVERIFY(store.canRedo()); // nothing happened, so nothing is forgotten
}

void TestFocusStore::undoWaitsForTheEndOfAGesture() {
  FocusStore store;
  store.setCursor({1});
  store.beginGesture();
  store.setCursor({2});
  store.undo();
  QVERIFY((store.focus().cursor == LatentPoint{2}));
  store.endGesture();
  store.undo();
  QVERIFY((store.focus().cursor == LatentPoint{1}));
}

void TestFocusStore::equalValueDoesNothing() {
  FocusStore store;
  store.setCursor({1, 2});
  QSignalSpy changed(&store, &FocusStore::changed);
  store.setCursor({1, 2});
  store.setStep(std::nullopt);
  QCOMPARE(changed.count(), 0);
  store.undo();
  QVERIFY(!store.canUndo());
}

void TestFocusStore::activeRunIsShown() {
  FocusStore store;
  store.setActive("/runs/a");
  store.setActive("/runs/b");
  QVERIFY((store.focus().shown == std::vector<RunId>{"/runs/a", "/runs/b"}));
  store.setActive("/runs/a");
  QCOMPARE(store.focus().shown.size(), size_t{2});
  QCOMPARE(store.focus().active, std::string("/runs/a"));
}

void TestFocusStore::activeRunStaysShown() {
  FocusStore store;
  store.setActive("/runs/a");
  store.setShown("/runs/b", true);
  store.setShown("/runs/a", false);
  QVERIFY((store.focus().shown == std::vector<RunId>{"/runs/a", "/runs/b"}));
  store.setShown("/runs/b", false);
  QVERIFY((store.focus().shown == std::vector<RunId>{"/runs/a"}));
}

void TestFocusStore::newEditForgetsRedo() {
  FocusStore store;
  store.setCursor({1});
  store.setCursor({2});
  store.undo();
  store.setCursor({3});
  QVERIFY(!store.canRedo());
  store.undo();
  QVERIFY((store.focus().cursor == LatentPoint{1}));
}

void TestFocusStore::historyIsBounded() {
  FocusStore store;
  for (int i = 1; i <= 250; ++i) store.setCursor({static_cast<float>(i)});
  int steps = 0;
  for (; store.canUndo(); ++steps) store.undo();
  QCOMPARE(steps, 200);
  QVERIFY((store.focus().cursor == LatentPoint{50})); // the oldest fifty are forgotten
}

void TestFocusStore::resetClearsHistory() {
  FocusStore store;
  store.setCursor({1});
  QSignalSpy changed(&store, &FocusStore::changed);
  Focus restored;
  restored.active = "/runs/a";
  store.reset(restored);
  QCOMPARE(changed.count(), 1);
  QVERIFY((changed.at(0).at(0).value<Focus>().cursor == LatentPoint{1}));
  QCOMPARE(changed.at(0).at(1).value<Focus>().active, std::string("/runs/a"));
  QVERIFY(!store.canUndo());
}

QTEST_GUILESS_MAIN(TestFocusStore)
#include "test_focus_store.moc"
