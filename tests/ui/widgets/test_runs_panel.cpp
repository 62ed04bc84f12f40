#include "ui/widgets/runs_panel.h"

#include "ui/widgets/empty_state.h"
#include "ui/widgets/runs_delegate.h"
#include "ui/widgets/theme.h"

#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace latent;
using namespace latent::ui;

namespace {

RunItem makeRun(const char* id, const char* name) {
  RunItem item;
  item.id = id;
  item.name = QString::fromLatin1(name);
  item.shortFamily = QStringLiteral("VAE");
  item.datasetName = QStringLiteral("MNIST");
  item.spec.parameters.set("latent", int64_t{2});
  item.config.epochs = 40;
  item.state = RunState::finished;
  return item;
}

RunId runOf(const QSignalSpy& spy) {
  return spy.last().at(0).value<RunId>();
}

} // namespace

class TestRunsPanel : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void init();
  void cleanup();

  void clickMakesActive();
  void eyeToggles();
  void eyePressedAndLeftDoesNothing();
  void keysWork();
  void renameByKey();
  void menuOffersOnlyWhatExists();
  void queueBar();
  void rowsGrowWithProgress();
  void railShowsBadgesOnly();
  void emptyListOffersTraining();
  void badgeIsFilledOnlyWhenActive();

 private:
  void click(int row, QPoint offset = {60, 20}) const {
    const QRect rect = m_panel->list()->visualRect(m_model->index(row));
    QTest::mouseClick(m_panel->list()->viewport(), Qt::LeftButton, {}, rect.topLeft() + offset);
  }
  QPoint eyeOf(int row) const {
    const auto* delegate = qobject_cast<RunsDelegate*>(m_panel->list()->itemDelegate());
    return delegate->eyeRect(m_panel->list()->visualRect(m_model->index(row))).center();
  }
  QToolButton* button(const char* name) const {
    for (auto* candidate : m_panel->findChildren<QToolButton*>())
      if (candidate->accessibleName() == QLatin1String(name)) return candidate;
    return nullptr;
  }
  QStringList menuOf(int row) const;

  std::unique_ptr<RunsModel> m_model;
  std::unique_ptr<RunsPanel> m_panel;
};

void TestRunsPanel::initTestCase() {
  qRegisterMetaType<RunId>("latent::RunId");
  applyTheme(*qApp, ThemeChoice::light);
}

void TestRunsPanel::init() {
  m_model = std::make_unique<RunsModel>();
  m_model->put(makeRun("/runs/a", "first"));
  m_model->put(makeRun("/runs/b", "second"));
  RunItem shipped = makeRun("/shipped/c", "shipped");
  shipped.readOnly = true;
  m_model->put(shipped);
  for (const char* id : {"q1", "q2"}) {
    RunItem waiting = makeRun(id, id);
    waiting.queued = true;
    waiting.state = RunState::created;
    m_model->put(waiting);
  }
  Focus focus;
  focus.active = "/runs/a";
  focus.shown = {"/runs/a"};
  m_model->setFocus(focus);
  m_panel = std::make_unique<RunsPanel>();
  m_panel->setModel(m_model.get());
  m_panel->resize(208, 600);
  m_panel->show();
  QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestRunsPanel::cleanup() {
  m_panel.reset();
  m_model.reset();
}

void TestRunsPanel::clickMakesActive() {
  QSignalSpy active(m_panel.get(), &RunsPanel::activeRequested);
  QSignalSpy shown(m_panel.get(), &RunsPanel::shownToggled);
  click(1);
  QCOMPARE(active.count(), 1);
  QCOMPARE(runOf(active), RunId("/runs/b"));
  click(3); // a waiting run has nothing to look at
  QCOMPARE(active.count(), 1);
  QCOMPARE(shown.count(), 0);
}

void TestRunsPanel::eyeToggles() {
  QSignalSpy active(m_panel.get(), &RunsPanel::activeRequested);
  QSignalSpy shown(m_panel.get(), &RunsPanel::shownToggled);
  QTest::mouseClick(m_panel->list()->viewport(), Qt::LeftButton, {}, eyeOf(1));
  QCOMPARE(shown.count(), 1);
  QCOMPARE(runOf(shown), RunId("/runs/b"));
  QCOMPARE(shown.last().at(1).toBool(), true);
  QTest::mouseClick(m_panel->list()->viewport(), Qt::LeftButton, {}, eyeOf(0));
  QCOMPARE(shown.last().at(1).toBool(), false);
  QCOMPARE(active.count(), 0);
}

void TestRunsPanel::eyePressedAndLeftDoesNothing() {
  QSignalSpy active(m_panel.get(), &RunsPanel::activeRequested);
  QSignalSpy shown(m_panel.get(), &RunsPanel::shownToggled);
  QWidget* viewport = m_panel->list()->viewport();
  QTest::mousePress(viewport, Qt::LeftButton, {}, eyeOf(1));
  QTest::mouseRelease(viewport, Qt::LeftButton, {}, eyeOf(0));
  QCOMPARE(active.count() + shown.count(), 0);
}

void TestRunsPanel::keysWork() {
  QSignalSpy active(m_panel.get(), &RunsPanel::activeRequested);
  QSignalSpy shown(m_panel.get(), &RunsPanel::shownToggled);
  QSignalSpy trash(m_panel.get(), &RunsPanel::trashRequested);
  QSignalSpy unqueue(m_panel.get(), &RunsPanel::removeFromQueueRequested);
  QSignalSpy move(m_panel.get(), &RunsPanel::moveRequested);
  QListView* list = m_panel->list();
  list->setFocus();
  QCOMPARE(list->currentIndex().row(), 0); // begins at the active run
  QTest::keyClick(list, Qt::Key_Down);
  QTest::keyClick(list, Qt::Key_Return);
  QCOMPARE(runOf(active), RunId("/runs/b"));
  QTest::keyClick(list, Qt::Key_Space);
  QCOMPARE(runOf(shown), RunId("/runs/b"));
  QTest::keyClick(list, Qt::Key_Delete);
  QCOMPARE(runOf(trash), RunId("/runs/b"));
  QTest::keyClick(list, Qt::Key_Down);
  QTest::keyClick(list, Qt::Key_Delete); // shipped runs stay
  QCOMPARE(trash.count(), 1);
  QTest::keyClick(list, Qt::Key_Down);
  QTest::keyClick(list, Qt::Key_Delete);
  QCOMPARE(trash.count(), 1);
  QCOMPARE(runOf(unqueue), RunId("q1"));
  QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
  QCOMPARE(move.last().at(1).toInt(), 1);
  QCOMPARE(list->currentIndex().row(), 3); // the model moves rows, not the panel
}

void TestRunsPanel::renameByKey() {
  QSignalSpy renamed(m_panel.get(), &RunsPanel::renameRequested);
  QListView* list = m_panel->list();
  const auto open = [&] {
    list->setFocus();
    list->setCurrentIndex(m_model->index(1));
    QTest::keyClick(list, Qt::Key_F2);
    return list->findChild<QLineEdit*>(QStringLiteral("rename"));
  };
  QLineEdit* field = open();
  QVERIFY(field);
  QTest::keyClicks(field, QStringLiteral("better"));
  QTest::keyClick(field, Qt::Key_Return);
  QCOMPARE(renamed.count(), 1);
  QCOMPARE(renamed.last().at(1).toString(), QStringLiteral("better"));
  QTRY_VERIFY(!list->findChild<QLineEdit*>(QStringLiteral("rename")));
  field = open();
  QTest::keyClicks(field, QStringLiteral("never"));
  QTest::keyClick(field, Qt::Key_Escape);
  QTRY_VERIFY(!list->findChild<QLineEdit*>(QStringLiteral("rename")));
  QCOMPARE(renamed.count(), 1);
  list->setCurrentIndex(m_model->index(2)); // shipped
  QTest::keyClick(list, Qt::Key_F2);
  QVERIFY(!list->findChild<QLineEdit*>(QStringLiteral("rename")));
}

QStringList TestRunsPanel::menuOf(int row) const {
  const QPoint place = m_panel->list()->visualRect(m_model->index(row)).center();
  emit m_panel->list()->customContextMenuRequested(place);
  auto* menu = m_panel->findChild<QMenu*>();
  QStringList texts;
  for (const QAction* action : menu->actions())
    if (!action->isSeparator()) texts << action->text();
  delete menu;
  return texts;
}

void TestRunsPanel::menuOffersOnlyWhatExists() {
  QVERIFY((menuOf(0) == QStringList{tr("Hide"), QStringLiteral("Fork\u2026"), tr("Rename"),
                                    QStringLiteral("Export curves\u2026"), tr("Reveal folder"),
                                    tr("Delete (to the trash)")}));
  QVERIFY((menuOf(2) == QStringList{tr("Show"), QStringLiteral("Fork\u2026"),
                                    QStringLiteral("Export curves\u2026"), tr("Reveal folder")}));
  QVERIFY((menuOf(3) == QStringList{tr("Move up"), tr("Move down"), tr("Remove from the queue")}));
  RunItem item = *m_model->find("/runs/b");
  item.state = RunState::interrupted;
  m_model->put(item);
  QVERIFY(menuOf(1).contains(tr("Continue training")));
  item.training = true;
  m_model->put(item);
  QVERIFY(!menuOf(1).contains(tr("Continue training")));
  QVERIFY(!menuOf(1).contains(tr("Delete (to the trash)")));

  QSignalSpy revealed(m_panel.get(), &RunsPanel::revealRequested);
  emit m_panel->list()->customContextMenuRequested(m_panel->list()->visualRect(m_model->index(0)).center());
  auto* menu = m_panel->findChild<QMenu*>();
  QTRY_VERIFY(menu->isVisible());
  for (QAction* action : menu->actions())
    if (action->text() == tr("Reveal folder"))
      QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
  QCOMPARE(revealed.count(), 1);
  QCOMPARE(runOf(revealed), RunId("/runs/a"));
}

void TestRunsPanel::queueBar() {
  QSignalSpy pause(m_panel.get(), &RunsPanel::queuePauseRequested);
  QSignalSpy skip(m_panel.get(), &RunsPanel::skipRequested);
  QSignalSpy open(m_panel.get(), &RunsPanel::openRequested);
  QTest::mouseClick(button("Pause the queue"), Qt::LeftButton);
  QCOMPARE(pause.last().at(0).toBool(), true);
  m_panel->setQueuePaused(true);
  QTest::mouseClick(button("Continue the queue"), Qt::LeftButton);
  QCOMPARE(pause.last().at(0).toBool(), false);
  QVERIFY(!button("Skip to the next run")->isVisible()); // nothing trains
  RunItem item = *m_model->find("/runs/b");
  item.training = true;
  m_model->put(item);
  QTest::mouseClick(button("Skip to the next run"), Qt::LeftButton);
  QCOMPARE(skip.count(), 1);
  QTest::mouseClick(button("Open a run folder"), Qt::LeftButton);
  QCOMPARE(open.count(), 1);
  m_model->remove("q1");
  m_model->remove("q2");
  QVERIFY(!button("Continue the queue")->isVisible());
}

void TestRunsPanel::rowsGrowWithProgress() {
  QListView* list = m_panel->list();
  const int before = list->visualRect(m_model->index(1)).height();
  RunItem item = *m_model->find("/runs/b");
  item.training = true;
  item.state = RunState::running;
  item.epoch = 7;
  item.secondsPerEpoch = 3.1;
  m_model->put(item);
  const QRect row = list->visualRect(m_model->index(1));
  QVERIFY(row.height() > before);
  QCOMPARE(list->visualRect(m_model->index(2)).top(), row.bottom() + 1);
}

void TestRunsPanel::railShowsBadgesOnly() {
  m_panel->setMode(RunsPanel::Mode::rail);
  QCOMPARE(m_panel->width(), 48);
  QSignalSpy active(m_panel.get(), &RunsPanel::activeRequested);
  click(1, {24, 20});
  QCOMPARE(runOf(active), RunId("/runs/b"));
  QVERIFY(m_model->index(1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("VAE z2")));
  m_panel->setPanelWidth(232);
  QCOMPARE(m_panel->width(), 48);
  m_panel->setMode(RunsPanel::Mode::panel);
  QCOMPARE(m_panel->width(), 232);
}

void TestRunsPanel::emptyListOffersTraining() {
  auto* empty = m_panel->findChild<EmptyState*>();
  QVERIFY(!empty->isVisible());
  for (const char* id : {"/runs/a", "/runs/b", "/shipped/c", "q1", "q2"}) m_model->remove(id);
  QVERIFY(empty->isVisible());
  QSignalSpy train(m_panel.get(), &RunsPanel::trainRequested);
  QTest::mouseClick(empty->button(), Qt::LeftButton);
  QCOMPARE(train.count(), 1);
}

void TestRunsPanel::badgeIsFilledOnlyWhenActive() {
  const QImage image = m_panel->list()->viewport()->grab().toImage();
  const auto colourAt = [&](int row) { // inside the disc, beside the letter
    const QRect rect = m_panel->list()->visualRect(m_model->index(row));
    return QColor(image.pixel(rect.left() + 12 + 12, rect.top() + 22 - 8));
  };
  QCOMPARE(colourAt(0), runQColor(0));
  QVERIFY(colourAt(1) != runQColor(1));
}

QTEST_MAIN(TestRunsPanel)
#include "test_runs_panel.moc"
