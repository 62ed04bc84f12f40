// Setup offers every family with what it needs, refuses what cannot work, and each family trains from the
// window.
#include "tests/ui/views/window_fixture.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/plots/curves_view.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/widgets/parameter_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestSetupModels : public latent::test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void everyFamilyFitsThePanel();
  void aPresetFillsTheForm();
  void whatCannotWorkIsRefusedInTheForm();
  void aKeyOfTwoMeaningsHasTwoControls();
  void theSizeOfTheModelIsSaid();
  void aLiveChangeIsLoggedAndMarked();
  void theFamilysOwnTermsAreCurves();
  void aClosedFormHasNoEpochsAndNoCurves();
  void codesHaveReconstructionsAndNoPlane();

 private:
  template<typename T>
  T* find(const char* name) const {
    return m_window->findChild<T*>(QLatin1String(name));
  }
  void setup() {
    openRun("vae", 1);
    QTest::mouseClick(find<QToolButton>("setupTab"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("trainButton")->isEnabled(), patience);
  }
  void toggle(const char* family) {
    auto* box = find<QCheckBox>((std::string("family-") + family).c_str());
    QVERIFY2(box, family);
    QTest::mouseClick(box, Qt::LeftButton, Qt::NoModifier, QPoint(8, box->height() / 2));
  }
  void only(const char* family) {
    toggle(family);
    toggle("vae");
    QVERIFY(!find<QCheckBox>("family-vae")->isChecked());
  }
  void type(const QLineEdit* into, const QString& text) {
    auto* field = const_cast<QLineEdit*>(into);
    QVERIFY(field);
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
  }
  QLineEdit* field(const char* key, const char* form = "setupForm") const {
    return qobject_cast<QLineEdit*>(find<ParameterForm>(form)->control(key));
  }
  QString summary() const { return find<QLabel>("setupSummary")->text(); }
  /// Presses Train and waits until the new run is looked at.
  void train() {
    const RunId was = focus().active;
    auto* button = find<QPushButton>("trainButton");
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), patience);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(focus().active != was && bench().runs->find(focus().active), patience);
  }
  CurvesView* curves() const { return stage()->trainView()->curvesPanel()->view(); }
  bool says(const QWidget* in, const QString& words) const {
    for (const QLabel* label : in->findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(words)) return true;
    return false;
  }
};

void TestSetupModels::everyFamilyFitsThePanel() {
  setup();
  m_window->resize(1280, 720); // the narrower inspector
  for (const FamilyInfo& family : bench().library->families()) {
    auto* box = find<QCheckBox>(("family-" + family.id).c_str());
    QVERIFY2(box, family.id.c_str());
    QTRY_VERIFY2(box->sizeHint().width() <= box->width(), family.id.c_str());
    const int right = box->mapTo(m_window->inspector(), QPoint(box->sizeHint().width(), 0)).x();
    QVERIFY2(right <= m_window->inspector()->width(), family.id.c_str());
  }
  QCOMPARE(find<QCheckBox>("family-mae")->text(), QString("MAE (mutual posterior divergence)"));
}

void TestSetupModels::aPresetFillsTheForm() {
  QVERIFY(QDir(m_home->path()).mkpath("models/presets"));
  QFile preset(m_home->filePath("models/presets/tokens.json"));
  QVERIFY(preset.open(QIODevice::WriteOnly));
  preset.write(R"({"id": "tokens", "name": "Tokens", "family": "vq-vae", "dataset": "digits", "epochs": 2,
                   "parameters": {"codes": 64, "prior": false}})");
  preset.close();
  setup();
  auto* box = find<QComboBox>("preset");
  QTRY_VERIFY_WITH_TIMEOUT(box->isVisible() && box->count() == 1, patience);
  QCOMPARE(box->currentIndex(), -1);
  box->setFocus();
  QTest::keyClick(box, Qt::Key_Down);
  QCOMPARE(box->currentText(), QString("Tokens"));
  QVERIFY(find<QCheckBox>("family-vq-vae")->isChecked() && !find<QCheckBox>("family-vae")->isChecked());
  QCOMPARE(field("codes")->text(), QString("64"));
  QCOMPARE(field("epochs")->text(), QString("2"));
  QVERIFY(!field("prior_width")->isVisible()); // there is no prior to be wide
  QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("trainButton")->text().startsWith("Train VQ-VAE"), patience);
  type(field("codes"), "32");
  QCOMPARE(box->currentIndex(), -1); // what is set up is no preset any more
}

void TestSetupModels::whatCannotWorkIsRefusedInTheForm() {
  setup();
  only("vq-vae");
  auto* button = find<QPushButton>("trainButton");
  QTRY_VERIFY_WITH_TIMEOUT(button->text().startsWith("Train VQ-VAE"), patience);
  type(field("stride"), "5");
  QTRY_VERIFY_WITH_TIMEOUT(!button->isEnabled(), patience);
  QVERIFY2(summary().startsWith("Pixels a token: ") && summary().contains("28x28"), qPrintable(summary()));
  QVERIFY(field("stride")->property("invalid").toBool());
  QCOMPARE(find<QLabel>("eta")->text(), QString()); // nothing to start
  type(field("stride"), "7");
  QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), patience);
  QVERIFY(!field("stride")->property("invalid").toBool());
  toggle("mae");
  toggle("vq-vae");
  type(field("batch"), "3000");
  QTRY_VERIFY_WITH_TIMEOUT(!button->isEnabled() && summary().startsWith("Batch: "), patience);
}

void TestSetupModels::aKeyOfTwoMeaningsHasTwoControls() {
  setup();
  only("beta-vae");
  toggle("mae");
  auto* gamma = field("gamma");
  auto* own = field("mae:gamma");
  QVERIFY(gamma && own);
  type(own, "0.25");
  QCOMPARE(gamma->text(), QString("1000"));
  toggle("beta-vae");
  QCOMPARE(field("gamma")->text(), QString("0.25")); // MAE's now
  toggle("beta-vae");
  toggle("mae");
  QCOMPARE(field("gamma")->text(), QString("1000"));
}

void TestSetupModels::theSizeOfTheModelIsSaid() {
  setup();
  type(field("hidden"), "10");
  // 784x10 + 10, twice 10x2 + 2, 2x10 + 10, 10x784 + 784
  QTRY_VERIFY_WITH_TIMEOUT(summary().contains("17 k weights"), patience);
  QVERIFY(find<QLabel>("setupSummary")->toolTip().contains("encoder.0"));
  only("pca");
  QTRY_VERIFY_WITH_TIMEOUT(summary().contains("solved in one step"), patience);
  QVERIFY(!field("epochs"));
}

void TestSetupModels::aLiveChangeIsLoggedAndMarked() {
  setup();
  only("beta-vae");
  type(field("hidden"), "16");
  type(field("epochs"), "100000");
  train();
  const RunId run = focus().active;
  QTRY_VERIFY_WITH_TIMEOUT(bench().training->current() == run && bench().runs->find(run)->epoch > 0,
                           patience);
  QTest::mouseClick(find<QToolButton>("activeRunTab"), Qt::LeftButton);
  QTRY_VERIFY(field("beta", "runForm") && field("beta", "runForm")->isEnabled());
  QVERIFY(!field("warmup", "runForm")->isEnabled());
  type(field("beta", "runForm"), "6");
  const auto logged = [&] {
    const auto folder = RunFolder::open(run);
    const auto known = folder ? folder->changes() : Result<std::vector<ParameterChange>>(folder.error());
    return known ? *known : std::vector<ParameterChange>();
  };
  QTRY_VERIFY_WITH_TIMEOUT(!logged().empty(), patience);
  QCOMPARE(logged().front().parameter, std::string("beta"));
  QCOMPARE(bench().runs->find(run)->changes.front().to, 6.0);
  const auto marked = [&] {
    for (int x = 0; x < curves()->width(); x += 2)
      if (curves()->readout(QPointF(x, curves()->height() / 2.0)).contains("beta 4 → 6")) return true;
    return false;
  };
  QTRY_VERIFY_WITH_TIMEOUT(marked(), patience);
  bench().training->stop();
  QTRY_VERIFY_WITH_TIMEOUT(bench().training->current().empty(), patience);
  QVERIFY(marked()); // from its folder now
}

void TestSetupModels::theFamilysOwnTermsAreCurves() {
  setup();
  only("mae");
  type(field("hidden"), "16");
  type(field("epochs"), "2");
  type(field("batch"), "500");
  train();
  QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(focus().active)->state == RunState::finished, patience);
  auto* part = find<QComboBox>("curvePart");
  QTRY_VERIFY(part->findData("mae_diverse") >= 0);
  part->setFocus();
  for (int i = part->currentIndex(); i < part->findData("mae_diverse"); ++i)
    QTest::keyClick(part, Qt::Key_Down);
  QCOMPARE(part->currentText(), QString("diverse"));
  QTRY_VERIFY(!curves()->visibleRange().isNull() && !says(curves(), "No curve"));
}

void TestSetupModels::aClosedFormHasNoEpochsAndNoCurves() {
  setup();
  for (const char* family : {"pca", "ppca"}) {
    find<QCheckBox>("family-vae")->isChecked() ? only(family) : toggle(family);
    if (QLatin1String(family) == QLatin1String("ppca")) toggle("pca");
    train();
    const RunId run = focus().active;
    QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(run)->state == RunState::finished, patience);
    QTRY_VERIFY_WITH_TIMEOUT(settled(), patience); // the plane can be dragged
    const QModelIndex row = bench().runs->index(bench().runs->rowOf(run));
    QVERIFY(row.data(Qt::StatusTipRole).toString().contains("solved"));
    for (const RunId& other : std::vector<RunId>(focus().shown))
      if (other != run) bench().focus->setShown(other, false);
    QTRY_VERIFY(says(curves(), "solved in one step"));
  }
}

void TestSetupModels::codesHaveReconstructionsAndNoPlane() {
  setup();
  only("vq-vae");
  type(field("epochs"), "100000");
  type(field("batch"), "500");
  train();
  const RunId run = focus().active;
  QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(run)->step > 0, patience);
  QTRY_VERIFY_WITH_TIMEOUT(bench().input->answer(run) && !bench().input->answer(run)->outputs.empty(),
                           patience);
  QTRY_VERIFY(says(stage(), "discrete codes"));
  m_window->close(); // while it trains
  m_window.reset();
  const auto folder = RunFolder::open(run);
  QVERIFY(folder.ok());
  QVERIFY(folder->record().state != RunState::running && folder->weights().ok());
}

QTEST_MAIN(TestSetupModels)
#include "test_setup_models.moc"
