#include "ui/widgets/parameter_form.h"

#include "ui/widgets/help_popover.h"
#include "ui/widgets/parameter_control.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace latent;
using namespace latent::ui;

namespace {

ParameterSpec integerSpec(const char* key, int64_t standard, double minimum, double maximum) {
  ParameterSpec spec;
  spec.key = key;
  spec.label = key;
  spec.group = "Model";
  spec.type = ParameterType::integer;
  spec.minimum = minimum;
  spec.maximum = maximum;
  spec.standard = standard;
  spec.help = "What it does.";
  return spec;
}

ParameterSchema makeSchema() {
  ParameterSpec latentSize = integerSpec("latent", 20, 1, 512);
  latentSize.sweepable = true;
  latentSize.formula = "z in R^K";

  ParameterSpec hidden = integerSpec("hidden", 0, 1, 4096);
  hidden.type = ParameterType::integerList;
  hidden.standard = std::vector<int64_t>{500};
  hidden.sweepable = true;

  ParameterSpec activation = integerSpec("activation", 0, 0, 0);
  activation.type = ParameterType::choice;
  activation.choices = {"relu", "tanh"};
  activation.standard = std::string("relu");

  ParameterSpec pixels = activation;
  pixels.key = pixels.label = "pixels";
  pixels.choices = {"grey", "threshold", "binarise"};
  pixels.standard = std::string("grey");
  pixels.sweepable = true;

  ParameterSpec rate = integerSpec("rate", 0, 1e-6, 1);
  rate.type = ParameterType::real;
  rate.group = "Optimiser";
  rate.standard = 0.001;
  rate.logarithmic = true;
  rate.live = true;
  rate.sweepable = true;

  ParameterSpec clip = integerSpec("clip", 0, 0, 0);
  clip.type = ParameterType::flag;
  clip.group = "Optimiser";
  clip.standard = false;

  ParameterSpec epochs = integerSpec("epochs", 10, 1, 100000);
  epochs.group = "Run";
  epochs.unit = "passes";
  return {latentSize, hidden, activation, pixels, rate, clip, epochs};
}

} // namespace

class TestParameterForm : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { applyTheme(*qApp, ThemeChoice::light); }
  void init();
  void cleanup() { m_form.reset(); }

  void beginsWithTheDefaults();
  void listsMakeTheirCrossProduct();
  void integerListsAreSweptBySemicolons();
  void ticksAreValues();
  void wrongTextIsMarkedAndExplained_data();
  void wrongTextIsMarkedAndExplained();
  void resetBringsTheDefaultBack();
  void upAndDownStep();
  void stepsStayInsideTheRange();
  void wheelMovesOnlyTheFocusedBox();
  void liveOnlyLetsLiveValuesChange();
  void liveValueIsToldOnceAndOnlyWhenValid();
  void liveOnlyTakesNoLists();
  void whatDoesNotMatterIsOutOfSight();
  void sweepsMultiplyOnlyWhereTheyMatter();
  void textsAreGivenBack();
  void newSchemaKeepsCommonValues();
  void setValuesIsSilent();
  void focusAsksForHelp();
  void tabFollowsTheForm();

 private:
  QLineEdit* field(const char* key) const {
    return qobject_cast<QLineEdit*>(m_form->control(QLatin1String(key)));
  }
  void type(const char* key, const QString& text) const;
  QToolButton* resetButton(const char* label) const;

  std::unique_ptr<ParameterForm> m_form;
};

void TestParameterForm::init() {
  m_form = std::make_unique<ParameterForm>();
  m_form->setSchema(makeSchema());
  m_form->resize(312, 700);
  m_form->show();
  QVERIFY(QTest::qWaitForWindowExposed(m_form.get()));
}

void TestParameterForm::type(const char* key, const QString& text) const {
  QLineEdit* edit = field(key);
  QVERIFY(edit);
  QTest::mouseClick(edit, Qt::LeftButton);
  QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(edit, text);
}

QToolButton* TestParameterForm::resetButton(const char* label) const {
  for (auto* button : m_form->findChildren<QToolButton*>())
    if (button->accessibleName() == QStringLiteral("Reset %1").arg(QLatin1String(label))) return button;
  return nullptr;
}

void TestParameterForm::beginsWithTheDefaults() {
  QVERIFY(m_form->valid());
  const auto drafts = m_form->drafts();
  QCOMPARE(drafts.size(), size_t{1});
  QCOMPARE(drafts.front().integer("latent"), int64_t{20});
  QCOMPARE(drafts.front().real("rate"), 0.001);
  QCOMPARE(drafts.front().choice("pixels"), std::string("grey"));
  QVERIFY(!drafts.front().flag("clip"));
  QVERIFY(completeParameters(makeSchema(), drafts.front()).ok());
  QVERIFY(!m_form->control(QStringLiteral("absent")));
}

void TestParameterForm::listsMakeTheirCrossProduct() {
  QSignalSpy edited(m_form.get(), &ParameterForm::edited);
  type("latent", QStringLiteral("3, 5, 10, 20, 200"));
  type("rate", QStringLiteral("1e-3,0.002"));
  QVERIFY(edited.count() > 10);
  QVERIFY(m_form->valid());
  const auto drafts = m_form->drafts();
  QCOMPARE(drafts.size(), size_t{10});
  const std::vector<int64_t> sizes{3, 3, 5, 5, 10, 10, 20, 20, 200, 200};
  for (size_t i = 0; i < drafts.size(); ++i) { // the first key is the slowest
    QCOMPARE(drafts[i].integer("latent"), sizes[i]);
    QCOMPARE(drafts[i].real("rate"), i % 2 == 0 ? 0.001 : 0.002);
  }
  QCOMPARE(m_form->first().integer("latent"), int64_t{3});
}

void TestParameterForm::integerListsAreSweptBySemicolons() {
  type("hidden", QStringLiteral("500, 500; 128"));
  const auto drafts = m_form->drafts();
  QCOMPARE(drafts.size(), size_t{2});
  QVERIFY((drafts[0].list("hidden") == std::vector<int64_t>{500, 500}));
  QVERIFY((drafts[1].list("hidden") == std::vector<int64_t>{128}));
}

void TestParameterForm::ticksAreValues() {
  auto* button = qobject_cast<QPushButton*>(m_form->control(QStringLiteral("pixels")));
  QVERIFY(button && button->menu());
  QMenu* menu = button->menu();
  menu->popup(button->mapToGlobal(QPoint(0, button->height())));
  QTRY_VERIFY(menu->isVisible());
  const auto click = [&](int i) {
    QTest::mouseMove(menu, menu->actionGeometry(menu->actions().at(i)).center());
    menu->setActiveAction(menu->actions().at(i));
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(menu->actions().at(i)).center());
  };
  click(2);
  QVERIFY(menu->isVisible()); // it stays open while one ticks
  QCOMPARE(button->text(), QStringLiteral("grey, binarise"));
  QCOMPARE(m_form->drafts().size(), size_t{2});
  QCOMPARE(m_form->drafts().at(1).choice("pixels"), std::string("binarise"));
  click(0);
  click(2);
  QVERIFY(!m_form->valid());
  QCOMPARE(m_form->firstError(), QStringLiteral("pixels: Tick at least one."));
  QCOMPARE(m_form->first().choice("pixels"), std::string("grey"));
  menu->close();
}

void TestParameterForm::wrongTextIsMarkedAndExplained_data() {
  QTest::addColumn<QString>("key");
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("words");
  QTest::newRow("too large") << "latent"
                             << "513"
                             << "1 to 512";
  QTest::newRow("zero") << "latent"
                        << "0"
                        << "1 to 512";
  QTest::newRow("an element") << "latent"
                              << "3, 600, 5"
                              << "600";
  QTest::newRow("an empty element") << "latent"
                                    << "3, , 5"
                                    << "whole number";
  QTest::newRow("trailing comma") << "latent"
                                  << "3,"
                                  << "whole number";
  QTest::newRow("no number") << "latent"
                             << "many"
                             << "many";
  QTest::newRow("a fraction") << "latent"
                              << "2.5"
                              << "whole number";
  QTest::newRow("twice") << "latent"
                         << "3, 5, 3"
                         << "listed twice";
  QTest::newRow("empty") << "latent"
                         << " "
                         << "whole number";
  QTest::newRow("beyond 64 bits") << "latent"
                                  << "99999999999999999999"
                                  << "1 to 512";
  QTest::newRow("not finite") << "rate"
                              << "nan"
                              << "nan";
  QTest::newRow("a list where none may be") << "epochs"
                                            << "5, 10"
                                            << "whole number";
  QTest::newRow("integer list") << "hidden"
                                << "500, x"
                                << "500, x";
}

void TestParameterForm::wrongTextIsMarkedAndExplained() {
  QFETCH(QString, key);
  QFETCH(QString, text);
  QFETCH(QString, words);
  const QByteArray name = key.toLatin1();
  type(name.constData(), text);
  QVERIFY(!m_form->valid());
  QVERIFY2(m_form->firstError().contains(words), qPrintable(m_form->firstError()));
  QVERIFY(m_form->firstError().startsWith(key));
  QVERIFY(m_form->drafts().empty());
  QLineEdit* edit = field(name.constData());
  QVERIFY(edit->property("invalid").toBool());
  QVERIFY(m_form->firstError().contains(edit->accessibleDescription()));
  int shown = 0;
  for (const auto* label : m_form->findChildren<QLabel*>())
    if (label->isVisible() && label->property("role") == QLatin1String("error")) {
      ++shown;
      QVERIFY(label->text().contains(words));
      QVERIFY(label->mapTo(m_form.get(), QPoint()).y() >= edit->mapTo(m_form.get(), QPoint()).y());
    }
  QCOMPARE(shown, 1);
  type(name.constData(), key == QLatin1String("rate") ? QStringLiteral("0.5") : QStringLiteral("7"));
  QVERIFY(m_form->valid());
  QVERIFY(!edit->property("invalid").toBool());
}

void TestParameterForm::resetBringsTheDefaultBack() {
  QToolButton* reset = resetButton("latent");
  QVERIFY(reset && !reset->isVisible());
  type("latent", QStringLiteral("3, 5"));
  QVERIFY(reset->isVisible());
  const int width = field("latent")->width();
  QSignalSpy edited(m_form.get(), &ParameterForm::edited);
  QTest::mouseClick(reset, Qt::LeftButton);
  QCOMPARE(field("latent")->text(), QStringLiteral("20"));
  QVERIFY(!reset->isVisible());
  QCOMPARE(edited.count(), 1);
  QVERIFY(field("latent")->width() >= width); // the arrow keeps its place
}

void TestParameterForm::upAndDownStep() {
  QLineEdit* latentSize = field("latent");
  QTest::keyClick(latentSize, Qt::Key_Up);
  QCOMPARE(latentSize->text(), QStringLiteral("21"));
  QTest::keyClick(latentSize, Qt::Key_Down, Qt::ShiftModifier);
  QCOMPARE(latentSize->text(), QStringLiteral("11"));
  QLineEdit* rate = field("rate");
  for (const char* expected : {"0.002", "0.005", "0.01"}) {
    QTest::keyClick(rate, Qt::Key_Up);
    QCOMPARE(rate->text(), QString::fromLatin1(expected));
  }
  QTest::keyClick(rate, Qt::Key_Down, Qt::ShiftModifier);
  QCOMPARE(rate->text(), QStringLiteral("0.001"));
  QTest::keyClick(rate, Qt::Key_Down);
  QCOMPARE(m_form->first().real("rate"), 5e-4);
  type("latent", QStringLiteral("3, 5"));
  QTest::keyClick(latentSize, Qt::Key_Up); // a list has no one value to step
  QCOMPARE(latentSize->text(), QStringLiteral("3, 5"));
}

void TestParameterForm::stepsStayInsideTheRange() {
  const ParameterSpec rate = makeSchema()[4], size = makeSchema()[0];
  QCOMPARE(std::get<double>(steppedValue(rate, 1.0, 1, false)), 1.0);
  QCOMPARE(std::get<double>(steppedValue(rate, 1e-6, -1, true)), 1e-6);
  QCOMPARE(std::get<int64_t>(steppedValue(size, int64_t{510}, 1, true)), int64_t{512});
  QCOMPARE(std::get<int64_t>(steppedValue(size, int64_t{1}, -1, false)), int64_t{1});
  ParameterSpec linear = rate;
  linear.logarithmic = false;
  linear.minimum = 0;
  linear.maximum = 10;
  QCOMPARE(std::get<double>(steppedValue(linear, 0.2, 1, false)), 0.3);
  double value = 3e-4;
  for (int i = 0; i < 40; ++i) { // off the ladder, up and down: it climbs in every step until the end
    const double next = std::get<double>(steppedValue(rate, value, 1, false));
    QVERIFY(next > value || next == 1.0);
    value = next;
  }
  QCOMPARE(value, 1.0);
}

void TestParameterForm::wheelMovesOnlyTheFocusedBox() {
  auto* box = qobject_cast<QComboBox*>(m_form->control(QStringLiteral("activation")));
  QVERIFY(box);
  const auto wheel = [&](QWidget* widget) {
    const QPointF centre = QRectF(widget->rect()).center();
    QWheelEvent event(centre, widget->mapToGlobal(centre), {}, {0, -120}, {}, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
    return event.isAccepted();
  };
  field("latent")->setFocus();
  QVERIFY(!wheel(box)); // so that the form scrolls
  QCOMPARE(box->currentText(), QStringLiteral("relu"));
  wheel(field("epochs"));
  QCOMPARE(field("epochs")->text(), QStringLiteral("10"));
  QSignalSpy edited(m_form.get(), &ParameterForm::edited);
  box->setFocus();
  wheel(box);
  QCOMPARE(box->currentText(), QStringLiteral("tanh"));
  QCOMPARE(edited.count(), 1);
  QTest::keyClick(box, Qt::Key_Up);
  QCOMPARE(m_form->first().choice("activation"), std::string("relu"));
  QCOMPARE(edited.count(), 2);
}

void TestParameterForm::liveOnlyLetsLiveValuesChange() {
  m_form->setLiveOnly(true);
  for (const char* key : {"latent", "hidden", "activation", "pixels", "clip", "epochs"}) {
    const QWidget* control = m_form->control(QLatin1String(key));
    QVERIFY2(!control->isEnabled(), key);
    QVERIFY(control->toolTip().contains(QStringLiteral("fixed for an existing run")));
    QVERIFY(control->accessibleDescription().contains(QStringLiteral("fixed for an existing run")));
  }
  QVERIFY(field("rate")->isEnabled());
  int marks = 0;
  for (const auto* label : m_form->findChildren<QLabel*>())
    if (label->isVisible() && label->property("role") == QLatin1String("live")) ++marks;
  QCOMPARE(marks, 1);
  m_form->setLiveEditable(false); // a run that does not train
  QVERIFY(!field("rate")->isEnabled());
  m_form->setLiveEditable(true);
  QVERIFY(field("rate")->isEnabled());
  m_form->setLiveOnly(false);
  QVERIFY(field("latent")->isEnabled());
}

void TestParameterForm::liveValueIsToldOnceAndOnlyWhenValid() {
  QSignalSpy live(m_form.get(), &ParameterForm::liveValueChanged);
  type("rate", QStringLiteral("0.01\r"));
  QCOMPARE(live.count(), 0); // the next run is being set up
  m_form->setValues(m_form->first());
  m_form->setLiveOnly(true);
  type("rate", QStringLiteral("0.1"));
  QCOMPARE(live.count(), 0); // not yet: 0.12 may follow
  QTest::keyClick(field("rate"), Qt::Key_Return);
  QCOMPARE(live.count(), 1);
  QCOMPARE(live.at(0).at(0).toString(), QStringLiteral("rate"));
  QCOMPARE(std::get<double>(live.at(0).at(1).value<ParameterValue>()), 0.1);
  QTest::keyClick(field("rate"), Qt::Key_Return);
  QCOMPARE(live.count(), 1);
  type("rate", QStringLiteral("7"));
  QTest::keyClick(field("rate"), Qt::Key_Return);
  QCOMPARE(live.count(), 1);
  QVERIFY(!m_form->valid());
  type("rate", QStringLiteral("0.05"));
  QTest::keyClick(field("rate"), Qt::Key_Up);
  QCOMPARE(std::get<double>(live.last().at(1).value<ParameterValue>()), 0.1);
}

void TestParameterForm::whatDoesNotMatterIsOutOfSight() {
  ParameterSchema schema = m_form->schema();
  ParameterSpec slope = integerSpec("slope", 3, 1, 9);
  slope.group = "Shape"; // the only one of its group
  slope.when = {"activation", {"tanh"}};
  schema.push_back(slope);
  m_form->setSchema(schema);
  QTRY_VERIFY(field("latent")->isVisible()); // a layout shows new controls a moment later
  QVERIFY(!field("slope")->isVisible());
  const auto heading = [this] {
    for (const auto* label : m_form->findChildren<QLabel*>())
      if (label->text() == QStringLiteral("Shape")) return label->isVisible();
    return false;
  };
  QVERIFY(!heading());
  auto* box = qobject_cast<QComboBox*>(m_form->control("activation"));
  box->setFocus();
  QTest::keyClick(box, Qt::Key_Down);
  QVERIFY(field("slope")->isVisible() && heading());
  type("slope", QStringLiteral("77"));
  QVERIFY(!m_form->valid());
  box->setFocus();
  QTest::keyClick(box, Qt::Key_Up);
  QVERIFY(!field("slope")->isVisible());
  QVERIFY(m_form->valid()); // what cannot be seen cannot be in the way
  QCOMPARE(m_form->drafts().front().integer("slope"), int64_t{3});
  QTest::keyClick(box, Qt::Key_Down);
  QCOMPARE(field("slope")->text(), QStringLiteral("77")); // nothing that was typed is lost
}

void TestParameterForm::sweepsMultiplyOnlyWhereTheyMatter() {
  ParameterSchema schema = m_form->schema();
  ParameterSpec cut = integerSpec("cut", 5, 1, 9);
  cut.sweepable = true;
  cut.when = {"pixels", {"threshold"}};
  schema.push_back(cut);
  m_form->setSchema(schema);
  QTRY_VERIFY(field("latent")->isVisible()); // a layout shows new controls a moment later
  m_form->setTexts({{"pixels", QStringLiteral("grey, threshold")}, {"cut", QStringLiteral("1, 2, 3")}});
  QVERIFY(field("cut")->isVisible());
  QCOMPARE(m_form->drafts().size(), size_t{4}); // one grey, three with a threshold
}

void TestParameterForm::textsAreGivenBack() {
  type("latent", QStringLiteral("2, 10"));
  type("rate", QStringLiteral("wrong"));
  const auto texts = m_form->texts();
  m_form->setSchema({});
  m_form->setSchema(makeSchema());
  QCOMPARE(field("latent")->text(), QStringLiteral("20"));
  m_form->setTexts(texts);
  QCOMPARE(field("latent")->text(), QStringLiteral("2, 10"));
  QCOMPARE(field("rate")->text(), QStringLiteral("wrong"));
  QVERIFY(!m_form->valid());
}

void TestParameterForm::liveOnlyTakesNoLists() {
  m_form->setLiveOnly(true);
  QSignalSpy live(m_form.get(), &ParameterForm::liveValueChanged);
  type("rate", QStringLiteral("0.1, 0.2\r"));
  QVERIFY(m_form->firstError().contains(QStringLiteral("one value")));
  QCOMPARE(live.count(), 0);
}

void TestParameterForm::newSchemaKeepsCommonValues() {
  type("latent", QStringLiteral("2, 3"));
  type("rate", QStringLiteral("0.5"));
  ParameterSchema other = makeSchema();
  other.erase(other.begin() + 1, other.begin() + 4);
  other.front().standard = int64_t{8};
  m_form->setSchema(other);
  QCOMPARE(field("latent")->text(), QStringLiteral("2, 3"));
  QCOMPARE(field("rate")->text(), QStringLiteral("0.5"));
  QCOMPARE(field("epochs")->text(), QStringLiteral("10"));
  QVERIFY(!m_form->control(QStringLiteral("hidden")));
  QCOMPARE(m_form->drafts().size(), size_t{2});
}

void TestParameterForm::setValuesIsSilent() {
  QSignalSpy edited(m_form.get(), &ParameterForm::edited);
  Parameters values;
  values.set("latent", int64_t{2});
  values.set("hidden", std::vector<int64_t>{128, 64});
  values.set("pixels", std::string("threshold"));
  values.set("activation", std::string("tanh"));
  values.set("clip", true);
  values.set("unknown", true);
  m_form->setValues(values);
  QCOMPARE(edited.count(), 0);
  QCOMPARE(field("hidden")->text(), QStringLiteral("128, 64"));
  const Parameters now = m_form->first();
  QVERIFY(now.flag("clip"));
  QCOMPARE(now.choice("activation"), std::string("tanh"));
  QCOMPARE(now.choice("pixels"), std::string("threshold"));
  QVERIFY((now.list("hidden") == std::vector<int64_t>{128, 64}));
}

void TestParameterForm::focusAsksForHelp() {
  QSignalSpy help(m_form.get(), &ParameterForm::helpWanted);
  QTest::mouseClick(field("rate"), Qt::LeftButton);
  QVERIFY(help.count() >= 1);
  QCOMPARE(help.last().at(0).toString(), QStringLiteral("rate"));
  const auto text = helpOf(field("latent"));
  QVERIFY(text.has_value());
  QVERIFY(text->paragraph.contains(QStringLiteral("Range 1 to 512. Default 20.")));
  QCOMPARE(text->formula, QStringLiteral("z in R^K"));
}

void TestParameterForm::tabFollowsTheForm() {
  field("latent")->setFocus();
  for (const char* key : {"hidden", "activation", "pixels", "rate", "clip", "epochs"}) {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), m_form->control(QLatin1String(key)));
  }
}

QTEST_MAIN(TestParameterForm)
#include "test_parameter_form.moc"
