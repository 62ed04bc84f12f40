#include "ui/models/pin_store.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace latent;
using latent::ui::PinStore;

namespace {

Pin pinAt(float z, const char* name = "") {
  return {.name = name, .run = "/runs/a", .runName = "vae", .z = {z, -z}};
}

} // namespace

class TestPinStore : public QObject {
  Q_OBJECT
 private slots:
  void obeysTheRulesOfItemModels();
  void namesTheUnnamed();
  void renamesAndRefusesEmptyNames();
  void aRemovedPinReturnsToItsPlace();
  void tellsWhereAPinIs();
};

void TestPinStore::obeysTheRulesOfItemModels() {
  PinStore store;
  const QAbstractItemModelTester tester(&store, QAbstractItemModelTester::FailureReportingMode::QtTest);
  for (int i = 0; i < 4; ++i) store.add(pinAt(static_cast<float>(i)));
  store.remove(1);
  store.remove(9);
  store.restore();
  store.setData(store.index(2), "two", Qt::EditRole);
  store.reset({pinAt(7)});
  QCOMPARE(store.rowCount(), 1);
}

void TestPinStore::namesTheUnnamed() {
  PinStore store;
  QSignalSpy changed(&store, &PinStore::changed);
  store.add(pinAt(1));
  store.add(pinAt(2, "Pin 2"));
  store.add(pinAt(3));
  QCOMPARE(store.index(0).data().toString(), QString("Pin 1"));
  QCOMPARE(store.index(2).data().toString(), QString("Pin 3"));
  QCOMPARE(changed.count(), 3);
}

void TestPinStore::renamesAndRefusesEmptyNames() {
  PinStore store;
  store.add(pinAt(1));
  QVERIFY(store.flags(store.index(0)) & Qt::ItemIsEditable);
  QVERIFY(store.setData(store.index(0), "  slanted 4 ", Qt::EditRole));
  QCOMPARE(store.pins()[0].name, std::string("slanted 4"));
  QVERIFY(!store.setData(store.index(0), "   ", Qt::EditRole));
  QCOMPARE(store.pins()[0].name, std::string("slanted 4"));
}

void TestPinStore::aRemovedPinReturnsToItsPlace() {
  PinStore store;
  for (int i = 0; i < 3; ++i) store.add(pinAt(static_cast<float>(i)));
  const auto all = store.pins();
  QVERIFY(!store.canRestore());
  store.remove(1);
  QCOMPARE(store.rowCount(), 2);
  QVERIFY(store.canRestore());
  store.restore();
  QVERIFY(store.pins() == all);
  store.restore();
  QCOMPARE(store.rowCount(), 3);
}

void TestPinStore::tellsWhereAPinIs() {
  PinStore store;
  Pin pin = pinAt(0.5F);
  pin.step = 1200;
  pin.thumbnail = {{1, 2, 3}, {0, 1, 0, 0.5F, 0, 0}};
  store.add(pin);
  const QModelIndex index = store.index(0);
  QCOMPARE(index.data(Qt::StatusTipRole).toString(),
           QString("vae \u00b7 step 1,200 \u00b7 0.50, \u22120.50"));
  const QImage picture = index.data(Qt::DecorationRole).value<QImage>();
  QCOMPARE(picture.size(), QSize(3, 2));
  QCOMPARE(qRed(picture.pixel(1, 0)), 255);
  QCOMPARE(qRed(picture.pixel(0, 1)), 128);
}

QTEST_MAIN(TestPinStore)
#include "test_pin_store.moc"
