// Compare in the real window, with an AE and a VAE on the built-in digits.
#pragma once

#include "tests/ui/views/window_fixture.h"
#include "ui/views/compare/cell_feed.h"
#include "ui/views/compare/compare_grid.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/shared/navigator.h"

#include <QComboBox>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace latent::test {

class CompareTest : public WindowTest {
 protected:
  // Trained once: every test looks at the same two runs.
  void trainRuns() {
    setComputeThreads(1); // two pools of threads on a busy machine wait for each other
    newHome();
    for (const char* family : {"ae", "vae"}) {
      RunConfig config;
      config.family = family;
      config.parameters.set("latent", int64_t{2});
      config.parameters.set("hidden", std::vector<int64_t>{16});
      config.parameters.set("batch", int64_t{1000});
      config.dataset = "digits";
      config.epochs = 3;
      config.device = "cpu";
      auto run = TrainingRun::create(folderOf(family).toStdString(), config, *openDataset("digits", {}));
      QVERIFY2(run.ok(), run.ok() ? "" : run.error().message.c_str());
      (*run)->trainer().start();
      QVERIFY((*run)->trainer().wait() == TrainerState::finished);
    }
  }

  void openRuns(const QStringList& folders) {
    m_window = std::make_unique<ui::MainWindow>();
    m_window->resize(1440, 900);
    m_window->show();
    m_window->start(folders);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTRY_COMPARE_WITH_TIMEOUT(bench().runs->rowCount(), static_cast<int>(folders.size()), patience);
    for (const QString& folder : folders) bench().focus->setShown(folder.toStdString(), true);
    QTRY_VERIFY_WITH_TIMEOUT(!focus().active.empty() && bench().input->answer(focus().active), patience);
    bench().navigator->activate(folders.back().toStdString());
    QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::AltModifier);
    QVERIFY(stage()->workspace() == ui::Stage::Workspace::compare);
  }

  /// AE and VAE, both shown, in Compare.
  void openTwo() {
    openRuns({folderOf("ae"), folderOf("vae")});
    settle();
  }

  void settle() { QTRY_VERIFY_WITH_TIMEOUT(grid()->lineCount() > 0 && view()->complete(), patience); }

  void mode(const char* name) {
    QTest::mouseClick(view()->tools()->findChild<QToolButton*>(QLatin1String(name)), Qt::LeftButton);
    settle();
  }

  void choose(const char* name, int index) {
    auto* box = find<QComboBox>(name);
    QVERIFY2(box && box->isVisible(), name);
    box->setFocus();
    while (box->currentIndex() > 0) QTest::keyClick(box, Qt::Key_Up); // Home means the prior's mean
    for (int i = 0; i < index; ++i) QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(box->currentIndex(), index);
  }

  void type(const char* name, const QString& text) {
    auto* field = view()->findChild<QWidget*>(QLatin1String(name));
    QVERIFY2(field && field->isVisible(), name);
    auto* line = qobject_cast<QLineEdit*>(field);
    if (!line) line = field->findChild<QLineEdit*>();
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
  }

  const ui::CellPicture& cell(int line, int column) const {
    static const ui::CellPicture none;
    const ui::CellPicture* picture = view()->feed().picture(line, column);
    return picture ? *picture : none;
  }

  int lineOf(const RunId& run) const {
    const QString letter = bench().runs->find(run)->letterText();
    for (int line = 0; line < grid()->lineCount(); ++line)
      if (grid()->line(line).letter == letter) return line;
    return -1;
  }

  QPoint at(int line, int column) const { return grid()->cellRect(line, column).center().toPoint(); }
  ui::CompareView* view() const { return stage()->compareView(); }
  ui::CompareGrid* grid() const { return view()->grid(); }
  template<typename T>
  T* find(const char* name) const {
    return view()->findChild<T*>(QLatin1String(name));
  }
  QString folderOf(const char* family) const { return m_runs.filePath(QLatin1String(family)); }

 private:
  QTemporaryDir m_runs;
};

} // namespace latent::test
