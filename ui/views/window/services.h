// Owns the shared state and the bridges of one window, in an order in which they may also be destroyed.
#pragma once

#include "ui/views/shared/workbench.h"

#include <memory>

namespace latent::ui {

class ReportBridge;
class RunKeeper;

class Services {
 public:
  Services();
  ~Services(); ///< stops training cleanly and keeps everything
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  const Workbench& bench() const { return m_bench; }
  RunKeeper* keeper() const { return m_keeper.get(); }

 private:
  void notePictures();

  std::unique_ptr<Messages> m_messages;
  std::unique_ptr<FocusStore> m_focus;
  std::unique_ptr<RunsModel> m_runs;
  std::unique_ptr<MetricsStore> m_metrics;
  std::unique_ptr<PinStore> m_pins;
  std::unique_ptr<FocusHistory> m_history;
  std::unique_ptr<JobBridge> m_jobs;
  std::unique_ptr<FilesBridge> m_files;
  std::unique_ptr<LibraryBridge> m_library;
  std::unique_ptr<TrainingBridge> m_training;
  std::unique_ptr<ExplorerBridge> m_explorer;
  std::unique_ptr<MeasureBridge> m_measure;
  std::unique_ptr<FigureBridge> m_figures;
  std::unique_ptr<MovieBridge> m_movies;
  std::unique_ptr<ReportBridge> m_report;
  std::unique_ptr<SourceKeeper> m_sources;
  std::unique_ptr<PointFeed> m_point;
  std::unique_ptr<InputFeed> m_input;
  std::unique_ptr<CodesFeed> m_codes;
  std::unique_ptr<TokensFeed> m_tokens;
  std::unique_ptr<Navigator> m_navigator;
  std::unique_ptr<RunKeeper> m_keeper;
  Workbench m_bench;
};

} // namespace latent::ui
