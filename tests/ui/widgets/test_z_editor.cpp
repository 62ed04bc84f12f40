// The point as numbers: typing, pasting, copying, and what is refused.
#include "ui/widgets/number_text.h"
#include "ui/widgets/z_editor.h"
#include "ui/widgets/z_table.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace latent;
using namespace latent::ui;

class TestZEditor : public QObject {
  Q_OBJECT
  std::unique_ptr<ZEditor> m_editor;
  std::vector<LatentPoint> m_edits;

  void focus(int latent) {
    m_editor->activateWindow();
    m_editor->line(latent)->setFocus();
    QTRY_VERIFY(m_editor->line(latent)->hasFocus());
  }
  void type(int latent, const QString& text) {
    focus(latent);
    m_editor->line(latent)->selectAll();
    QTest::keyClicks(m_editor->line(latent), text);
  }

 private slots:
  void init() {
    m_editor = std::make_unique<ZEditor>();
    m_edits.clear();
    connect(m_editor.get(), &ZEditor::edited, this, [this](const LatentPoint& z) { m_edits.push_back(z); });
    m_editor->setPoint({0.5f, -1.2f});
    m_editor->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
  }

  void textReadsBackToTheSameFloats() {
    QCOMPARE(pointText({0.5f, -1.2f, 0, -0.0f, 3}), QStringLiteral("0.50, -1.20, 0.00, 0.00, 3.00"));
    for (const float value :
         {0.1f, -1.0f / 3, 1e-7f, 123456.7f, 3.1415927f, std::numeric_limits<float>::denorm_min(),
          std::numeric_limits<float>::max(), 1e9f, 999999.94f}) {
      const auto back = pointFromText(exactText(value));
      QVERIFY2(back && back->size() == 1, qPrintable(exactText(value)));
      QCOMPARE(back->front(), value);
    }
  }

  void manyFormsOfTextAreUnderstood() {
    for (const char* text : {"0.50, -1.20", "[0.5,-1.2]", " +0.5\t−1.2\n", "(0.5; -1.2)", "5e-1 -12e-1"}) {
      const auto z = pointFromText(QString::fromUtf8(text));
      QVERIFY2(z, text);
      QCOMPARE(*z, (LatentPoint{0.5f, -1.2f}));
    }
    for (const char* text : {"", " , ", "abc", "0.5x", "nan", "inf", "1e99", "0.5 -", "--1", "+-1", "0x10"})
      QVERIFY2(!pointFromText(QString::fromUtf8(text)), text);
  }

  void typedNumberSetsOneLatent() {
    type(1, "0.75");
    QVERIFY(m_edits.empty()); // not before Enter
    QTest::keyClick(m_editor->line(1), Qt::Key_Return);
    QCOMPARE(m_edits, (std::vector<LatentPoint>{{0.5f, 0.75f}}));
    QTest::keyClick(m_editor->line(1), Qt::Key_Return); // unchanged: nothing to say
    QCOMPARE(m_edits.size(), size_t{1});
  }

  void leavingTheLineCommits() {
    type(0, "2");
    focus(1);
    QCOMPARE(m_edits, (std::vector<LatentPoint>{{2, -1.2f}}));
    QCOMPARE(m_editor->line(0)->text(), QStringLiteral("2.000"));
  }

  void lookingAtALineDoesNotRoundIt() {
    m_editor->setPoint({0.123456789f, 1.0f / 3});
    QCOMPARE(m_editor->line(0)->text(), QStringLiteral("0.123"));
    focus(0);
    QCOMPARE(m_editor->line(0)->text(), exactText(0.123456789f));
    focus(1);
    QTest::keyClick(m_editor->line(1), Qt::Key_Return);
    QVERIFY(m_edits.empty());
    QCOMPARE(m_editor->point(), (LatentPoint{0.123456789f, 1.0f / 3}));
  }

  void wrongTextIsMarkedAndChangesNothing() {
    type(0, "0.5x");
    QTest::keyClick(m_editor->line(0), Qt::Key_Return);
    QVERIFY(m_edits.empty());
    QVERIFY(m_editor->message().contains("0.5x"));
    QVERIFY(m_editor->line(0)->property("invalid").toBool());
    QCOMPARE(m_editor->line(0)->text(), QStringLiteral("0.5x")); // what was typed stays
    QTest::keyClick(m_editor->line(0), Qt::Key_Escape);
    QVERIFY(m_editor->message().isEmpty());
    QVERIFY(!m_editor->line(0)->property("invalid").toBool());
    QCOMPARE(m_editor->line(0)->text(), QStringLiteral("0.50"));
    QVERIFY(!m_editor->setText("1, 2, 3"));
    QVERIFY(m_editor->message().startsWith("3 numbers for 2 latents"));
    QVERIFY(m_editor->setText("1, 2"));
    QVERIFY(m_editor->message().isEmpty());
  }

  void pasteSetsAll() {
    QGuiApplication::clipboard()->setText("1.25, -0.5");
    focus(1);
    QTest::keyClick(m_editor->line(1), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_edits, (std::vector<LatentPoint>{{1.25f, -0.5f}}));
    QGuiApplication::clipboard()->setText("7");
    m_editor->line(1)->selectAll();
    QTest::keyClick(m_editor->line(1), Qt::Key_V, Qt::ControlModifier); // one number goes into the line
    QTest::keyClick(m_editor->line(1), Qt::Key_Return);
    QCOMPARE(m_edits.back(), (LatentPoint{1.25f, 7}));
    QGuiApplication::clipboard()->setText("nothing to see");
    m_editor->paste();
    QVERIFY(!m_editor->message().isEmpty());
    QCOMPARE(m_edits.size(), size_t{2});
  }

  void typingAllLatentsIntoOneLineSetsAll() {
    type(0, "3 4");
    QTest::keyClick(m_editor->line(0), Qt::Key_Return);
    QCOMPARE(m_edits, (std::vector<LatentPoint>{{3, 4}}));
    QCOMPARE(m_editor->line(1)->text(), QStringLiteral("4.000"));
  }

  void copyGivesTheWholePoint() {
    m_editor->copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("0.50, -1.20"));
    focus(0); // selects the line's text
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(m_editor->line(0), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("0.50, -1.20"));
    m_editor->line(0)->setSelection(0, 3);
    QTest::keyClick(m_editor->line(0), Qt::Key_C, Qt::ControlModifier); // a part is a part
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("0.5"));
  }

  void arrowsStepByTheSpread() {
    m_editor->setPoint({0, 0});
    m_editor->setSpread({2, 0}); // 0 is no spread: 1
    focus(0);
    QTest::keyClick(m_editor->line(0), Qt::Key_Up);
    QCOMPARE(m_editor->point()[0], 0.1f);
    QTest::keyClick(m_editor->line(0), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_editor->point()[0], static_cast<float>(0.1f - 1.0));
    focus(1);
    QTest::keyClick(m_editor->line(1), Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(m_editor->point()[1], 0.005f);
    QCOMPARE(m_edits.size(), size_t{3});
  }

  void aLineBeingTypedInIsLeftAlone() {
    type(0, "12");
    m_editor->setPoint({9, 8}); // a drag elsewhere, or training
    QCOMPARE(m_editor->line(0)->text(), QStringLiteral("12"));
    QCOMPARE(m_editor->line(1)->text(), QStringLiteral("8.000"));
    QTest::keyClick(m_editor->line(0), Qt::Key_Return);
    QCOMPARE(m_edits.back(), (LatentPoint{12, 8}));
  }

  void manyLatentsStandInATable() {
    LatentPoint z(20, 0.25f);
    m_editor->setPoint(z);
    QVERIFY(!m_editor->line(0));
    auto* table = m_editor->findChild<ZTable*>();
    QVERIFY(table && table->isVisible());
    QCOMPARE(table->model()->rowCount(), 20);
    QVERIFY(table->model()->setData(table->model()->index(3, 0), "1.5"));
    z[3] = 1.5f;
    QCOMPARE(m_edits, (std::vector<LatentPoint>{z}));
    QVERIFY(m_editor->findChild<ZTable*>()->model()->setData(table->model()->index(4, 0), "x"));
    QCOMPARE(m_edits.size(), size_t{1});
    QVERIFY(!m_editor->message().isEmpty());
    QCOMPARE(table->model()->index(4, 0).data().toString(), QStringLiteral("0.250"));

    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), pointText(z));
    const LatentPoint other(20, -1.0f);
    QGuiApplication::clipboard()->setText(pointText(other));
    QTest::keyClick(table, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_edits.back(), other);
    QVERIFY(m_editor->message().isEmpty());

    m_editor->setPoint({1, 2, 3});
    QVERIFY(!table->isVisible());
    QCOMPARE(m_editor->line(2)->text(), QStringLiteral("3.000"));
  }
};

QTEST_MAIN(TestZEditor)
#include "test_z_editor.moc"
