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
  void rowsOfAListTellWhereTheyDiffer();
  void aStoppedRunTellsWhere();
  void putReplacesTheRowOfItsId();
  void changedIdKeepsPlaceAndLetter();
  void moveReorders();
  void marksFollowTheFocus();
  void movingTheCursorTouchesNoRow();
  void tellsProgress();
  void numbersTheQueue();
  void tellsWhyARunStopped();
  void tellsWhatCannotBeShown();
  void pausedRunsPromiseNoTime();
  void theSecondLineIsOfTheTimeLookedAt();
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
  // Nine models come with the program, of which A and B are shown: the next runs look like neither.
  for (int letter = 9; letter < 15; ++letter) {
    RunItem own, first, second;
    own.letter = letter;
    first.letter = 0;
    second.letter = 1;
    QVERIFY(own.colour() != first.colour() && own.colour() != second.colour());
  }
}

void TestRunsModel::rowsOfAListTellWhereTheyDiffer() {
  RunsModel model;
  for (const auto& [id, rate] : {std::pair("a", 0.001), std::pair("b", 0.01)}) {
    RunItem run = makeRun(id, "VAE z2 MNIST");
    run.spec.parameters.set("learning_rate", rate);
    run.config.seed = 3;
    run.config.epochs = 10;
    run.queued = true;
    model.put(run);
  }
  const auto line = [&](int row) { return model.index(row).data(Qt::StatusTipRole).toString(); };
  QCOMPARE(line(0), QStringLiteral("learning rate 0.001"));
  QCOMPARE(line(1), QStringLiteral("learning rate 0.01"));
  RunItem other = *model.find("a");
  other.config.seed = 4;
  other.config.epochs = 1;
  model.put(other);
  QCOMPARE(line(0), QStringLiteral("learning rate 0.001 \u00b7 seed 4 \u00b7 1 epoch"));
  // Measured rows have no room for it: the tooltip has, and all of what the row may cut.
  RunItem done = *model.find("b");
  done.queued = false;
  done.hasPrior = true;
  done.measure = -150;
  done.epoch = 10;
  model.put(done);
  const QString tip = model.index(1).data(Qt::ToolTipRole).toString();
  for (const char* part : {"B \u00b7 VAE z2 MNIST", "ELBO \u2212150.0 \u00b7 epoch 10",
                           "learning rate 0.01 \u00b7 seed 3 \u00b7 10 epochs"})
    QVERIFY2(tip.contains(QString::fromUtf8(part)), qPrintable(tip));
}

void TestRunsModel::aStoppedRunTellsWhere() {
  RunsModel model;
  RunItem run = makeRun("a");
  run.config.epochs = 3;
  run.state = RunState::stopped;
  run.epoch = 0.9;
  model.put(run);
  const auto text = [&] { return model.index(0).data(RunsModel::ProgressTextRole).toString(); };
  QCOMPARE(text(), QStringLiteral("Stopped in epoch 1/3"));
  run.epoch = 3;
  model.put(run);
  QCOMPARE(text(), QString());
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

void TestRunsModel::tellsWhatCannotBeShown() {
  RunsModel model;
  RunItem run = makeRun("a");
  run.warning = QStringLiteral("Line 7 of metrics.csv is damaged.");
  model.put(run);
  const QModelIndex row = model.index(0);
  QVERIFY(row.data(Qt::ToolTipRole).toString().contains(run.warning));
  QCOMPARE(row.data(RunsModel::WarningRole).toString(), run.warning);
  QVERIFY(!row.data(RunsModel::ProblemRole).toBool());
  run.problem = QStringLiteral("weights.safetensors is missing.");
  model.put(run);
  QVERIFY(row.data(RunsModel::ProblemRole).toBool());
  QVERIFY(row.data(Qt::ToolTipRole).toString().contains(run.problem)); // what weighs more
  QVERIFY(row.data(Qt::AccessibleDescriptionRole).toString().contains(run.problem));
}

void TestRunsModel::pausedRunsPromiseNoTime() {
  RunsModel model;
  RunItem run = makeRun("a");
  run.training = true;
  run.state = RunState::running;
  run.epoch = 3.5;
  run.secondsPerEpoch = 2;
  model.put(run);
  QVERIFY(model.index(0).data(RunsModel::ProgressTextRole).toString().contains(QStringLiteral("left")));
  run.state = RunState::paused;
  model.put(run);
  QCOMPARE(model.index(0).data(RunsModel::ProgressTextRole).toString(),
           QStringLiteral("Paused in epoch 4/40"));
}

void TestRunsModel::theSecondLineIsOfTheTimeLookedAt() {
  RunsModel model;
  for (const char* id : {"a", "b"}) {
    RunItem run = makeRun(id);
    run.hasPrior = true;
    run.step = 6000;
    run.epoch = 10;
    run.measure = -150;
    model.put(run);
  }
  const auto line = [&](int row) { return model.index(row).data(Qt::StatusTipRole).toString(); };
  QCOMPARE(line(0), QStringLiteral("ELBO \u2212150.0 \u00b7 epoch 10"));
  QSignalSpy changed(&model, &RunsModel::dataChanged);
  model.setPast({{"a", {1800, -170.2}}});
  QCOMPARE(changed.size(), 1);
  QCOMPARE(line(0), QStringLiteral("ELBO \u2212170.2 \u00b7 epoch 3"));
  QCOMPARE(line(1), QStringLiteral("live \u00b7 ELBO \u2212150.0")); // not to be mistaken for epoch 3
  model.setPast({{"a", {30, std::nullopt}}});
  QCOMPARE(line(0), QStringLiteral("step 30, not measured"));
  model.setPast({});
  QCOMPARE(line(1), QStringLiteral("ELBO \u2212150.0 \u00b7 epoch 10"));
  changed.clear();
  model.setPast({});
  QCOMPARE(changed.size(), 0);
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
