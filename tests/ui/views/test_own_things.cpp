// What a person brings: models of PyTorch, and a folder of images.
#include "tests/core/fixtures/module_file.h"
#include "tests/ui/views/window_fixture.h"
#include "ui/bridge/library_bridge.h"
#include "ui/views/inspector/setup_panel.h"
#include "ui/views/shared/messages.h"
#include "ui/views/window/import_dialog.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/parameter_form.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

#include <algorithm>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestOwnThings : public latent::test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void weightsAreTriedBeforeTheyBecomeARun();
  void whatDoesNotFitIsSaid();
  void aModulesCodeRunsOnlyWhenAsked();
  void whatIsNoModelIsSaid();
  void aFolderOfImagesLeadsBackToItsFiles();

 private:
  template<typename T>
  T* find(const char* name) const {
    return m_window->findChild<T*>(QLatin1String(name));
  }
  /// The weights of the run that openRun made, as a file of their own.
  QString weights() const {
    QString copy = m_home->filePath("mine.safetensors");
    QFile::copy(QString::fromStdString(focus().active) + "/weights.safetensors", copy);
    return copy;
  }
  void pointsAreColouredAndFilteredByColumns();
  QString notes() const { return find<QLabel>("importNotes")->text(); }
};

void TestOwnThings::weightsAreTriedBeforeTheyBecomeARun() {
  openRun("vae", 1);
  const RunId was = focus().active;
  m_window->openModel(weights());
  auto* open = find<QPushButton>("importOpen");
  QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), patience);
  QVERIFY2(notes().contains("tensors fit"), qPrintable(notes()));
  // 16 images above what becomes of them, in two times two rows
  QCOMPARE(find<ImageGrid>("importImages")->accessibleDescription().count("Output"), 2);
  QCOMPARE(find<QComboBox>("importFamily")->currentData().toString(), QString("vae"));
  QCOMPARE(qobject_cast<QLineEdit*>(find<ParameterForm>("importForm")->control("hidden"))->text(),
           QString("16"));
  QTest::mouseClick(open, Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(focus().active != was && settled(), patience);
  const RunItem* run = bench().runs->find(focus().active);
  QVERIFY(run && run->snapshots.size() == 1);
  QVERIFY(run->id.find("mine-digits") != std::string::npos);
}

void TestOwnThings::whatDoesNotFitIsSaid() {
  openRun("vae", 1);
  m_window->openModel(weights());
  auto* open = find<QPushButton>("importOpen");
  QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), patience);
  auto* latents = qobject_cast<QLineEdit*>(find<ParameterForm>("importForm")->control("latent"));
  latents->setFocus();
  latents->selectAll();
  QTest::keyClicks(latents, "3");
  QVERIFY(!open->isEnabled()); // not before it was tried
  QTRY_VERIFY_WITH_TIMEOUT(notes().contains("mu.weight"), patience);
  QVERIFY(!open->isEnabled());
}

void TestOwnThings::aModulesCodeRunsOnlyWhenAsked() {
  openRun("vae", 1);
  const RunId was = focus().active;
  const QString file = m_home->filePath("theirs.pt");
  fixtures::writeModuleFile(file.toStdString());
  m_window->openModel(file);
  auto *open = find<QPushButton>("importOpen"), *trust = find<QPushButton>("importRun");
  auto* range = find<QComboBox>("importRange");
  QTRY_VERIFY_WITH_TIMEOUT(trust->isVisible(), patience);
  QVERIFY(range->isVisible() && !find<QComboBox>("importFamily")->isVisible());
  QVERIFY(!open->isEnabled());
  QVERIFY(find<ImageGrid>("importImages")->accessibleDescription().isEmpty());

  QTest::mouseClick(trust, Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), patience);
  QVERIFY(!trust->isVisible());
  QCOMPARE(find<ImageGrid>("importImages")->accessibleDescription().count("Output"), 2);
  range->setFocus(); // another reading is tried before it can be accepted
  QTest::keyClick(range, Qt::Key_Down);
  QVERIFY(!open->isEnabled());
  QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), patience);

  QTest::mouseClick(open, Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(focus().active != was && settled(), patience);
  const RunItem* run = bench().runs->find(focus().active);
  QVERIFY(run && run->snapshots.size() == 1 && run->hasPrior);
  QCOMPARE(run->latentSize(), 2);
}

void TestOwnThings::whatIsNoModelIsSaid() {
  openRun("vae", 1);
  QFile file(m_home->filePath("letter.pt"));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("Dear reader, this is a letter and no model at all.");
  file.close();
  m_window->openModel(file.fileName());
  QTRY_VERIFY_WITH_TIMEOUT(notes().contains("letter.pt"), patience);
  QVERIFY(!find<QPushButton>("importOpen")->isEnabled());
}

void TestOwnThings::aFolderOfImagesLeadsBackToItsFiles() {
  openRun("vae", 1);
  std::string metadata("file,age,place\ntrain/dark/broken.png,30,Porto\n");
  for (const char* split : {"train", "test"}) {
    for (const char* kind : {"dark", "light"}) {
      const QString folder =
          m_home->filePath(QStringLiteral("own/%1/%2").arg(QLatin1String(split), QLatin1String(kind)));
      QVERIFY(QDir().mkpath(folder));
      for (int i = 0; i < 8; ++i) {
        QImage image(8, 8, QImage::Format_RGB888);
        image.fill(QColor::fromHsv(i * 40, 200, kind[0] == 'd' ? 60 : 240));
        QVERIFY(image.save(QStringLiteral("%1/%2.png").arg(folder).arg(i)));
        metadata += std::string(split) + "/" + kind + "/" + std::to_string(i) + ".png," +
                    std::to_string(20 + i) + (i % 2 == 0 ? ",Porto\n" : ",Lisbon\n");
      }
    }
  }
  QFile broken(m_home->filePath("own/train/dark/broken.png"));
  QVERIFY(broken.open(QIODevice::WriteOnly));
  broken.write("no picture");
  broken.close();
  QFile table(m_home->filePath("own/metadata.csv"));
  QVERIFY(table.open(QIODevice::WriteOnly));
  table.write(metadata.data(), static_cast<qint64>(metadata.size()));
  table.close();
  const std::string id = m_home->filePath("own").toStdString();
  QSignalSpy said(bench().messages, &Messages::said);
  bench().library->addDataset(QString::fromStdString(id));
  QTRY_VERIFY_WITH_TIMEOUT(bench().library->dataset(id), patience);
  QCOMPARE(bench().library->dataset(id)->shape, (ImageShape{3, 8, 8}));
  QVERIFY(bench().library->file(id, "test", 0).endsWith("own/test/dark/0.png"));
  QVERIFY(bench().library->file("digits", "test", 0).isEmpty());
  QTRY_VERIFY_WITH_TIMEOUT(
      std::ranges::any_of(
          said, [](const auto& arguments) { return arguments.front().toString().contains("broken.png"); }),
      patience);
  m_window->inspector()->setup()->chooseData(QString::fromStdString(id));
  auto* train = find<QPushButton>("trainButton");
  QTRY_VERIFY_WITH_TIMEOUT(train->isEnabled() && train->text().contains("own"), patience);
  const RunId was = focus().active;
  m_window->inspector()->setTab(Inspector::Tab::setup);
  QTest::mouseClick(train, Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(focus().active != was && settled(), patience);
  QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("inputImage")->toolTip().endsWith("own/test/dark/0.png"), patience);
  pointsAreColouredAndFilteredByColumns();
}

void TestOwnThings::pointsAreColouredAndFilteredByColumns() {
  QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
  QTRY_COMPARE_WITH_TIMEOUT(plane()->points().x.size(), size_t{16}, patience);
  QVERIFY(!plane()->points().values && !plane()->points().kept);
  const auto choose = [&](const char* name, const QString& text) {
    auto* box = find<QComboBox>(name);
    QVERIFY2(box && box->isVisible(), name);
    box->setFocus();
    while (box->currentText() != text && box->currentIndex() + 1 < box->count())
      QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(box->currentText(), text);
  };
  choose("colourColumn", "age"); // numbers
  QVERIFY(plane()->points().values);
  QCOMPARE(plane()->points().low, 20.0);
  QCOMPARE(plane()->points().high, 27.0);
  QCOMPARE((*plane()->points().values)[3], 23.0);
  choose("colourColumn", "place"); // texts, like classes
  QVERIFY(!plane()->points().values);
  QCOMPARE(plane()->points().classes, QStringList({"Lisbon", "Porto"}));
  QCOMPARE((*plane()->points().labels)[0], int64_t{1});
  choose("filterColumn", "place");
  QVERIFY(!plane()->points().kept); // all values
  choose("filterValue", "Lisbon");
  QCOMPARE(std::ranges::count(*plane()->points().kept, 1), 8);
  QCOMPARE((*plane()->points().kept)[0], 0);
}

QTEST_MAIN(TestOwnThings)
#include "test_own_things.moc"
