// "Export figure" in the real window, by mouse and keys.
#pragma once

#include "tests/ui/views/dialog_fixture.h"
#include "ui/bridge/figure_bridge.h"
#include "ui/views/window/actions.h"
#include "ui/views/window/export_dialog.h"
#include "ui/views/window/page_preview.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QWindow>

#include <functional>

namespace latent::test {

class ExportTest : public DialogTest<ui::ExportDialog> {
 protected:
  void trigger(const char* id) { (*m_window->actionTable())[id]->trigger(); }

  /// Ctrl+E; the page is there.
  void open() {
    QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
    QVERIFY(dialog());
    drawn();
  }
  void drawn() {
    QTRY_VERIFY_WITH_TIMEOUT(dialog()->figure() && !dialog()->preview()->page().isNull(), patience);
    QVERIFY2(dialog()->preview()->problem().isEmpty(), qPrintable(dialog()->preview()->problem()));
  }
  void choose(const char* combo, const QVariant& data) {
    auto* box = field<QComboBox>(combo);
    const int index = box->findData(data);
    QVERIFY2(index >= 0, combo);
    box->setCurrentIndex(index);
    emit box->activated(index);
  }
  void type(const char* edit, const QString& text) {
    auto* line = field<QLineEdit>(edit);
    line->setFocus();
    line->selectAll();
    for (const QChar c : text) { // QTest::keyClicks knows ASCII alone
      QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(c));
      QApplication::sendEvent(line, &press);
    }
  }
  void accept() {
    QTest::keyClick(dialog(), Qt::Key_Return);
    closed();
  }
  /// The dialog is gone, and the window hears its keys again.
  void closed() {
    QTRY_VERIFY(!dialog());
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  }
  /// Ctrl+E with this name; the file is there. `before` acts on the dialog.
  void write(const QString& file, const std::function<void()>& before = {}) {
    QSignalSpy written(bench().figures, &ui::FigureBridge::written),
        failed(bench().figures, &ui::FigureBridge::failed);
    open();
    if (QTest::currentTestFailed()) return;
    if (before) before();
    type("exportFile", file);
    accept();
    QTRY_VERIFY_WITH_TIMEOUT(written.count() + failed.count() > 0, patience);
    QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed[0][0].toString()));
    QCOMPARE(written.front().front().toString(), file);
    QVERIFY(QFile(file).size() > 100);
  }
  /// The right button on the middle of a panel, as the window hears it. The menu.
  QMenu* menuAt(QWidget* panel) {
    const QPoint place = panel->mapTo(m_window.get(), panel->rect().center());
    QTest::mouseClick(m_window->windowHandle(), Qt::RightButton, {}, place);
    return qobject_cast<QMenu*>(QApplication::activePopupWidget());
  }
};

} // namespace latent::test
