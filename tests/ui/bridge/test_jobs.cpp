// JobBridge: work on workers, the end on the GUI thread.
#include "ui/bridge/job_bridge.h"
#include "ui/bridge/job_result.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <latch>
#include <semaphore>
#include <stdexcept>

using namespace latent;
using namespace latent::ui;

class TestJobs : public QObject {
  Q_OBJECT
 private slots:
  void processesElsewhereAndFinishesHere();
  void listsAJobAndItsProgress();
  void turnsExceptionsIntoErrors();
  void cancelsWhatRuns();
  void cancelsWhatWaits();
  void runsQuickJobsBesideLongOnes();
  void givesResultsAndErrors();
  void callsNothingOnceTheOwnerIsGone();
  void endsWhileJobsRunAndWait();
};

void TestJobs::processesElsewhereAndFinishesHere() {
  JobBridge jobs;
  std::atomic<QThread*> worker = nullptr;
  QThread* finisher = nullptr;
  bool fine = false;
  jobs.start({"a job", [&](JobControl&) { worker = QThread::currentThread(); },
              [&](const Status& status) {
                finisher = QThread::currentThread();
                fine = status.ok();
              }});
  QTRY_VERIFY(finisher);
  QVERIFY(fine);
  QCOMPARE(finisher, QThread::currentThread());
  QVERIFY(worker.load() != QThread::currentThread());
}

void TestJobs::listsAJobAndItsProgress() {
  JobBridge jobs;
  std::latch go(1);
  QSignalSpy changed(&jobs, &JobBridge::changed);
  const int number = jobs.start({"Encoding",
                                 [&](JobControl& control) {
                                   control.setProgress(0.25);
                                   go.wait();
                                 },
                                 {}});
  QCOMPARE(changed.count(), 1);
  QCOMPARE(jobs.running().size(), size_t{1});
  QCOMPARE(jobs.running()[0].number, number);
  QCOMPARE(jobs.running()[0].title, QStringLiteral("Encoding"));
  QTRY_COMPARE(jobs.running()[0].progress, 0.25);
  QTRY_VERIFY(changed.count() >= 2); // it moved
  go.count_down();
  QTRY_VERIFY(jobs.running().empty());
}

void TestJobs::turnsExceptionsIntoErrors() {
  JobBridge jobs;
  std::vector<Error> errors;
  const auto keep = [&](const Status& status) { errors.push_back(status.error()); };
  jobs.start(
      {"fails", [](JobControl&) { throw std::runtime_error("The disk is full.\nframe #0: 0x7f"); }, keep});
  QTRY_COMPARE(errors.size(), size_t{1});
  QCOMPARE(errors[0].message, std::string("The disk is full."));
  QVERIFY(errors[0].fault == Fault::work);
  jobs.start({"fails oddly", [](JobControl&) { throw 7; }, keep});
  QTRY_COMPARE(errors.size(), size_t{2});
  QVERIFY(!errors[1].message.empty());
}

void TestJobs::cancelsWhatRuns() {
  JobBridge jobs;
  std::binary_semaphore begun{0};
  Fault fault{};
  const int number = jobs.start({"long",
                                 [&](JobControl& control) {
                                   begun.release();
                                   while (!control.cancelled()) std::this_thread::yield();
                                 },
                                 [&](const Status& status) { fault = status.error().fault; }});
  begun.acquire();
  jobs.cancel(number);
  QTRY_VERIFY(fault == Fault::interrupted);
}

void TestJobs::cancelsWhatWaits() {
  JobBridge jobs;
  std::latch go(1);
  for (int i = 0; i < 2; ++i) jobs.start({"holds a worker", [&](JobControl&) { go.wait(); }, {}});
  std::atomic<bool> ran = false;
  Fault fault{};
  const int number = jobs.start({"waits", [&](JobControl&) { ran = true; },
                                 [&](const Status& status) { fault = status.error().fault; }});
  QCOMPARE(jobs.running().size(), size_t{3});
  jobs.cancel(number);
  QTRY_VERIFY(fault == Fault::interrupted); // while both workers are still held
  QCOMPARE(jobs.running().size(), size_t{2});
  go.count_down();
  QTRY_VERIFY(jobs.running().empty());
  QVERIFY(!ran);
}

void TestJobs::runsQuickJobsBesideLongOnes() {
  JobBridge jobs;
  std::latch go(1);
  for (int i = 0; i < 2; ++i) jobs.start({"holds a worker", [&](JobControl&) { go.wait(); }, {}});
  bool done = false;
  jobs.start({"a file", [](JobControl&) {}, [&](const Status&) { done = true; }}, JobBridge::Lane::quick);
  QTRY_VERIFY(done);
  QCOMPARE(jobs.running().size(), size_t{2});
  go.count_down();
}

void TestJobs::givesResultsAndErrors() {
  JobBridge jobs;
  int value = 0;
  std::string message;
  startJob<int>(
      jobs, JobBridge::Lane::work, "gives", this, [](JobControl&) -> Result<int> { return 42; },
      [&](const Result<int>& result) { value = *result; });
  startJob<int>(
      jobs, JobBridge::Lane::work, "fails", this,
      [](JobControl&) -> Result<int> { return inputError("The file is damaged."); },
      [&](const Result<int>& result) { message = result.error().message; });
  QTRY_COMPARE(value, 42);
  QTRY_COMPARE(message, std::string("The file is damaged."));
}

void TestJobs::callsNothingOnceTheOwnerIsGone() {
  JobBridge jobs;
  std::latch go(1);
  bool called = false;
  auto owner = std::make_unique<QObject>();
  startJob<int>(
      jobs, JobBridge::Lane::work, "holds", owner.get(),
      [&](JobControl&) -> Result<int> {
        go.wait();
        return 1;
      },
      [&](const Result<int>&) { called = true; });
  owner.reset();
  go.count_down();
  QTRY_VERIFY(jobs.running().empty());
  QVERIFY(!called);
}

void TestJobs::endsWhileJobsRunAndWait() {
  std::counting_semaphore<2> begun{0};
  std::atomic<int> ended = 0;
  std::atomic<bool> ran = false;
  bool finished = false;
  {
    JobBridge jobs;
    for (int i = 0; i < 2; ++i)
      jobs.start({"long",
                  [&](JobControl& control) {
                    begun.release();
                    while (!control.cancelled()) std::this_thread::yield();
                    ++ended;
                  },
                  [&](const Status&) { finished = true; }});
    jobs.start({"never begins", [&](JobControl&) { ran = true; }, [&](const Status&) { finished = true; }});
    begun.acquire();
    begun.acquire();
  }
  QCOMPARE(ended.load(), 2);
  QCoreApplication::sendPostedEvents();
  QVERIFY(!finished);
  QVERIFY(!ran);
}

QTEST_GUILESS_MAIN(TestJobs)
#include "test_jobs.moc"
