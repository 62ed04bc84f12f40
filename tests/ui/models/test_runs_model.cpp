#include "ui/models/runs_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <set>

using namespace latent;
using latent::ui::RunItem;
using latent::ui::RunsModel;

namespace {

RunItem makeRun(const char* id, const char* name = "a run") {
  RunItem item;
  item.id = id;
  item.name = QString::fromLatin1(name);
  item.shortFamily = QStringLiteral("VAE");
  item.datasetName = QStringLiteral("MNIST");
  item.spec.parameters.set("latent", int64_t{2});
  item.config.epochs = 40;
  return item;
}

} // namespace

class TestRunsModel : public QObject {
  Q_OBJECT
 private slots:
  void obeysTheRulesOfItemModels();
  void lettersAreKeptAndReused();
  void lettersPassZ();
  void coloursAndPatternsStayApart();
  void putReplacesTheRowOfItsId();
  void changedIdKeepsPlaceAndLetter();
  void moveReorders();
  void marksFollowTheFocus();
  void movingTheCursorTouchesNoRow();
  void tellsProgress();
  void numbersTheQueue();
  void tellsWhyARunStopped();
};

void TestRunsModel::obeysTheRulesOfItemModels() {
  RunsModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
  for (const char* id : {"a", "b", "c", "d"}) model.put(makeRun(id));
  model.put(makeRun("b", "renamed"));
  model.move(0, 3);
  model.move(3, 1);
  model.move(2, 2);
  model.move(-1, 9);
  model.changeId("c", "e");
  Focus focus;
  focus.active = "b";
  focus.shown = {"b", "d"};
  model.setFocus(focus);
  model.remove("b");
  model.remove("absent");
  QCOMPARE(model.rowCount(), 3);
  QVERIFY(!model.data(model.index(9), Qt::DisplayRole).isValid());
  QVERIFY(!model.data({}, Qt::DisplayRole).isValid());
}

void TestRunsModel::lettersAreKeptAndReused() {
  RunsModel model;
  for (const char* id : {"a", "b", "c"}) model.put(makeRun(id));
  QCOMPARE(model.find("c")->letterText(), QStringLiteral("C"));
  model.remove("b");
  QCOMPARE(model.find("c")->letterText(), QStringLiteral("C"));
  model.put(makeRun("d"));
  QCOMPARE(model.find("d")->letterText(), QStringLiteral("B"));
  QCOMPARE(model.find("d")->title(), QStringLiteral("B \u00b7 VAE z2"));
}

void TestRunsModel::lettersPassZ() {
  RunItem item;
  QCOMPARE(item.letterText(), QString());
  for (const auto& [letter, text] :
       {std::pair(0, "A"), std::pair(25, "Z"), std::pair(26, "AA"), std::pair(51, "AZ"), std::pair(52, "BA"),
        std::pair(701, "ZZ"), std::pair(702, "AAA")}) {
    item.letter = letter;
    QCOMPARE(item.letterText(), QString::fromLatin1(text));
  }
}

void TestRunsModel::coloursAndPatternsStayApart() {
  std::set<std::pair<QRgb, int>> looks;
  for (int letter = 0; letter < 32; ++letter) {
    RunItem item;
    item.letter = letter;
    looks.emplace(item.colour().rgb(), item.pattern());
  }
  QCOMPARE(looks.size(), size_t{32});
}

void TestRunsModel::putReplacesTheRowOfItsId() {
  RunsModel model;
  model.put(makeRun("a"));
  model.put(makeRun("b"));
  QSignalSpy changed(&model, &RunsModel::dataChanged);
  model.put(makeRun("a", "better name"));
  QCOMPARE(model.rowCount(), 2);
  QCOMPARE(changed.count(), 1);
  QCOMPARE(model.index(0).data().toString(), QStringLiteral("better name"));
  QCOMPARE(model.index(0).data(RunsModel::LetterRole).toString(), QStringLiteral("A"));
}

void TestRunsModel::changedIdKeepsPlaceAndLetter() {
  RunsModel model;
  for (const char* id : {"a", "queued-1", "queued-2"}) model.put(makeRun(id));
  model.changeId("queued-1", "/runs/new");
  QCOMPARE(model.rowOf("/runs/new"), 1);
  QCOMPARE(model.rowOf("queued-1"), -1);
  QCOMPARE(model.find("/runs/new")->letterText(), QStringLiteral("B"));
  model.changeId("queued-2", "a"); // ids are unique
  QCOMPARE(model.rowOf("queued-2"), 2);
}

void TestRunsModel::moveReorders() {
  RunsModel model;
  for (const char* id : {"a", "b", "c", "d"}) model.put(makeRun(id));
  const QPersistentModelIndex c = model.index(2);
  model.move(0, 2);
  QCOMPARE(model.rowOf("b"), 0);
  QCOMPARE(model.rowOf("a"), 2);
  QCOMPARE(c.row(), 1);
  model.move(3, 0);
  QCOMPARE(model.rowOf("d"), 0);
  QCOMPARE(c.row(), 2);
}

void TestRunsModel::marksFollowTheFocus() {
  RunsModel model;
  for (const char* id : {"a", "b", "c"}) model.put(makeRun(id));
  Focus focus;
  focus.active = "b";
  focus.shown = {"b", "c"};
  model.setFocus(focus);
  QVERIFY(model.index(1).data(RunsModel::ActiveRole).toBool());
  QVERIFY(!model.index(2).data(RunsModel::ActiveRole).toBool());
  QVERIFY(model.index(2).data(RunsModel::ShownRole).toBool());
  QVERIFY(!model.index(0).data(RunsModel::ShownRole).toBool());
  QCOMPARE(model.index(1).data(Qt::AccessibleDescriptionRole).toString(), QStringLiteral("active, shown"));
}

void TestRunsModel::movingTheCursorTouchesNoRow() {
  RunsModel model;
  model.put(makeRun("a"));
  Focus focus;
  focus.active = "a";
  focus.shown = {"a"};
  model.setFocus(focus);
  QSignalSpy changed(&model, &RunsModel::dataChanged);
  focus.cursor = {1, 2};
  model.setFocus(focus);
  QCOMPARE(changed.count(), 0);
}

void TestRunsModel::tellsProgress() {
  RunsModel model;
  RunItem item = makeRun("a");
  item.training = true;
  item.state = RunState::running;
  item.epoch = 6.25;
  model.put(item);
  const auto text = [&] { return model.index(0).data(RunsModel::ProgressTextRole).toString(); };
  QCOMPARE(text(), QStringLiteral("Epoch 7/40"));
  item.epoch = 7;
  item.secondsPerEpoch = 3.1;
  model.put(item);
  QCOMPARE(text(), QStringLiteral("Epoch 8/40, 3.1 s each, 1 min 42 s left"));
  QCOMPARE(model.index(0).data(RunsModel::ProgressRole).toDouble(), 7.0 / 40);
  item.secondsPerEpoch = 250;
  model.put(item);
  QCOMPARE(text(), QStringLiteral("Epoch 8/40, 4 min 10 s each, 2 h 17 min left"));
  item.epoch = 40; // the last test pass
  model.put(item);
  QVERIFY(text().startsWith(QStringLiteral("Epoch 40/40")));
  item.training = false;
  item.state = RunState::finished;
  model.put(item);
  QCOMPARE(text(), QString());
  QCOMPARE(model.index(0).data(RunsModel::ProgressRole).toDouble(), -1.0);
}

void TestRunsModel::numbersTheQueue() {
  RunsModel model;
  model.put(makeRun("done"));
  for (const char* id : {"q1", "q2", "q3"}) {
    RunItem item = makeRun(id);
    item.queued = true;
    model.put(item);
  }
  const auto text = [&](const char* id) {
    return model.index(model.rowOf(id)).data(RunsModel::ProgressTextRole).toString();
  };
  QCOMPARE(text("q1"), QStringLiteral("Next in the queue"));
  QCOMPARE(text("q3"), QStringLiteral("Number 3 in the queue"));
  model.move(3, 1);
  QCOMPARE(text("q3"), QStringLiteral("Next in the queue"));
  QSignalSpy changed(&model, &RunsModel::dataChanged);
  model.remove("q3");
  QCOMPARE(text("q1"), QStringLiteral("Next in the queue"));
  QVERIFY(changed.count() > 0); // the places of the others are read anew
}

void TestRunsModel::tellsWhyARunStopped() {
  RunsModel model;
  RunItem item = makeRun("a");
  item.state = RunState::failed;
  item.step = 1234;
  item.message = QStringLiteral("The KL term became infinite at step 1234.");
  model.put(item);
  QCOMPARE(model.index(0).data(RunsModel::MessageRole).toString(), item.message);
  QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(item.message));
  item.message.clear();
  item.state = RunState::interrupted;
  model.put(item);
  QVERIFY(
      model.index(0).data(RunsModel::MessageRole).toString().contains(QStringLiteral("can be continued")));
}

QTEST_GUILESS_MAIN(TestRunsModel)
#include "test_runs_model.moc"
