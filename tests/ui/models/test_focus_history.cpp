#include "ui/models/focus_history.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace latent;
using namespace latent::ui;

namespace {

RunItem makeRun(const char* id) {
  RunItem item;
  item.id = id;
  item.step = 1200;
  item.epoch = 4;
  item.config.epochs = 4;
  item.spec.parameters.set("latent", int64_t{2});
  return item;
}

Image grey(float value) {
  return {{1, 1, 1}, {value}};
}

} // namespace

class TestFocusHistory : public QObject {
  Q_OBJECT
 private slots:
  void init() {
    m_focus = std::make_unique<FocusStore>();
    m_runs = std::make_unique<RunsModel>();
    m_runs->put(makeRun("a"));
    m_runs->put(makeRun("b"));
    Focus focus;
    focus.active = "a";
    focus.shown = {"a"};
    focus.cursor = {0, 0};
    m_focus->reset(focus);
    m_history = std::make_unique<FocusHistory>(m_focus.get(), m_runs.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_history.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
  }
  void cleanup() {
    m_tester.reset();
    m_history.reset();
  }
  void saysWhatChanged();
  void jumpsAndReturns();
  void eachMomentKeepsItsPicture();
  void picturesOfOtherPointsAndStepsAreLeftOut();
  void aDragIsOneMoment();

 private:
  QStringList words() const {
    QStringList all;
    for (int row = 0; row < m_history->rowCount(); ++row) all << m_history->index(row).data().toString();
    return all;
  }
  int red(int row) const {
    const auto picture = m_history->index(row).data(Qt::DecorationRole).value<QImage>();
    return picture.isNull() ? -1 : qRed(picture.pixel(0, 0));
  }

  std::unique_ptr<FocusStore> m_focus;
  std::unique_ptr<RunsModel> m_runs;
  std::unique_ptr<FocusHistory> m_history;
  std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestFocusHistory::saysWhatChanged() {
  m_focus->setCursor({1, 1});
  m_focus->setSubject({"test", 7, {}, {}});
  m_focus->setStep(900);
  m_focus->setStep(30);
  m_focus->setStep(std::nullopt);
  m_focus->setShown("b", true);
  m_focus->setLink(Link::sameZ);
  m_focus->setSubject({"test", -1, grey(1), {}});
  m_focus->setSubject({"test", -1, grey(1), "/home/a/four.png"});
  m_focus->setActive("b");
  QCOMPARE(words(), (QStringList{"Run B", "Image four.png", "Drawing", "Link: same z", "B shown", "Live",
                                 "Step 30", "Epoch 3", "Input 7", "Point of A", "Start"}));
  QCOMPARE(m_history->presentRow(), 0);
}

void TestFocusHistory::jumpsAndReturns() {
  const Focus start = m_focus->focus();
  for (int i = 1; i <= 3; ++i) m_focus->setCursor({static_cast<float>(i), 0});
  const Focus last = m_focus->focus();
  QSignalSpy changes(m_focus.get(), &FocusStore::changed);
  m_history->jumpTo(3);
  QCOMPARE(changes.count(), 1); // one step for those who look, however far it is
  QVERIFY(m_focus->focus() == start);
  QCOMPARE(m_history->presentRow(), 3);
  QVERIFY(m_history->index(0).data(FocusHistory::AheadRole).toBool());
  m_history->jumpTo(0);
  QVERIFY(m_focus->focus() == last);
  m_history->jumpTo(99);
  QVERIFY(m_focus->focus() == last);
  QCOMPARE(words().size(), 4);
}

void TestFocusHistory::eachMomentKeepsItsPicture() {
  m_history->note({0, 0}, 1200, grey(0.2F));
  m_focus->setCursor({1, 0});
  QCOMPARE(red(0), -1);
  m_history->note({1, 0}, 1200, grey(1));
  QCOMPARE(red(0), 255);
  QCOMPARE(red(1), 51);
  m_focus->undo();
  QCOMPARE(red(0), 255); // what redo leads to
  QCOMPARE(red(1), 51);
}

void TestFocusHistory::picturesOfOtherPointsAndStepsAreLeftOut() {
  m_history->note({5, 5}, 1200, grey(1));
  QCOMPARE(red(0), -1);
  m_focus->setStep(300);
  m_history->note({0, 0}, 1200, grey(1)); // of the weights before
  QCOMPARE(red(0), -1);
  m_history->note({0, 0}, 300, grey(1));
  QCOMPARE(red(0), 255);
}

void TestFocusHistory::aDragIsOneMoment() {
  m_history->note({0, 0}, 1200, grey(0));
  m_focus->beginGesture();
  for (int i = 1; i <= 9; ++i) {
    m_focus->setCursor({static_cast<float>(i), 0});
    m_history->note({static_cast<float>(i), 0}, 1200, grey(1));
  }
  QCOMPARE(m_history->rowCount(), 1);
  QCOMPARE(red(0), 0); // what was before is not overwritten by the drag
  m_focus->endGesture();
  QCOMPARE(words(), (QStringList{"Point of A", "Start"}));
}

QTEST_MAIN(TestFocusHistory)
#include "test_focus_history.moc"
