// The real window in folders of the test's own, with a small run on the built-in digits.
#pragma once

#include "core/data/catalogue.h"
#include "core/models/compute.h"
#include "core/run/training_run.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/inspector/inspector.h"
#include "ui/views/inspector/point_panel.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/point_feed.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/views/window/main_window.h"
#include "ui/views/window/stage.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/latent_plane.h"

#include <QDir>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <memory>
#include <string>

namespace latent::test {

inline constexpr int patience = 60'000;

class WindowTest : public QObject {
 protected:
  void newHome() {
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_home->filePath("data").toUtf8());
    qputenv("XDG_CONFIG_HOME", m_home->filePath("config").toUtf8());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
                       m_home->filePath("config"));       // Qt reads the variable once
    qputenv("LATENT_DATA_DIR", m_home->path().toUtf8());  // no data but what is built in
    qputenv("LATENT_RESOURCES", m_home->path().toUtf8()); // no shipped models
  }

  /// The user's configuration is empty again: nothing is remembered.
  void newConfig() { QDir(m_home->filePath("config")).removeRecursively(); }

  /// A run from the disk, looked at: picture, codes and input are there.
  void openRun(const std::string& family, int64_t epochs, int64_t latent = 2) {
    RunConfig config;
    config.family = family;
    config.parameters.set("latent", latent);
    config.parameters.set("hidden", std::vector<int64_t>{16});
    config.epochs = epochs;
    openRun(config);
    if (QTest::currentTestFailed()) return;
    QTRY_VERIFY_WITH_TIMEOUT(bench().codes->codes() != nullptr, patience);
    QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
  }

  /// Trained on the built-in digits in batches of 1000, and looked at: its answer for the input is there.
  void openRun(RunConfig config) {
    const std::filesystem::path folder =
        m_home->filePath(QString::fromStdString(config.family)).toStdString();
    {
      config.parameters.set("batch", int64_t{1000});
      config.dataset = "digits";
      config.device = "cpu";
      auto run = TrainingRun::create(folder, config, *openDataset("digits", {}));
      QVERIFY2(run.ok(), run.ok() ? "" : run.error().message.c_str());
      (*run)->trainer().start();
      QVERIFY((*run)->trainer().wait() == TrainerState::finished);
    }
    m_window = std::make_unique<ui::MainWindow>();
    m_window->resize(1440, 900);
    m_window->show();
    m_window->start({QString::fromStdString(folder.string())});
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTRY_VERIFY_WITH_TIMEOUT(focus().active == folder.string() && bench().input->answer(focus().active),
                             patience);
  }

  const ui::Workbench& bench() const { return m_window->bench(); }
  const Focus& focus() const { return bench().focus->focus(); }
  ui::Stage* stage() const { return m_window->stage(); }
  ui::LatentPlane* plane() const { return stage()->planePanel()->plane(); }
  Image output() const { return m_window->inspector()->point()->output()->image(); }
  bool settled() const { return !bench().point->empty() && bench().point->frame().z == focus().cursor; }

  std::unique_ptr<QTemporaryDir> m_home;
  std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace latent::test
