#include "ui/views/window/services.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/figure_bridge.h"
#include "ui/bridge/files_bridge.h"
#include "ui/bridge/job_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/measure_bridge.h"
#include "ui/bridge/movie_bridge.h"
#include "ui/bridge/report_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_history.h"
#include "ui/models/focus_store.h"
#include "ui/models/metrics_store.h"
#include "ui/models/pin_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/point_feed.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/views/shared/tokens_feed.h"
#include "ui/views/window/run_keeper.h"

namespace latent::ui {

Services::Services()
    : m_messages(std::make_unique<Messages>()),
      m_focus(std::make_unique<FocusStore>()),
      m_runs(std::make_unique<RunsModel>()),
      m_metrics(std::make_unique<MetricsStore>()),
      m_pins(std::make_unique<PinStore>()),
      m_history(std::make_unique<FocusHistory>(m_focus.get(), m_runs.get())),
      m_jobs(std::make_unique<JobBridge>()),
      m_files(std::make_unique<FilesBridge>(m_jobs.get())),
      m_library(std::make_unique<LibraryBridge>(m_jobs.get())),
      m_training(std::make_unique<TrainingBridge>(m_jobs.get(), m_library.get())),
      m_explorer(std::make_unique<ExplorerBridge>()),
      m_measure(std::make_unique<MeasureBridge>(m_jobs.get())),
      m_figures(std::make_unique<FigureBridge>(m_jobs.get(), m_library.get())),
      m_movies(std::make_unique<MovieBridge>(m_jobs.get(), m_library.get())),
      m_report(std::make_unique<ReportBridge>(m_jobs.get(), m_library.get(), m_figures.get())) {
  m_bench.focus = m_focus.get();
  m_bench.runs = m_runs.get();
  m_bench.metrics = m_metrics.get();
  m_bench.pins = m_pins.get();
  m_bench.history = m_history.get();
  m_bench.jobs = m_jobs.get();
  m_bench.files = m_files.get();
  m_bench.library = m_library.get();
  m_bench.training = m_training.get();
  m_bench.explorer = m_explorer.get();
  m_bench.measure = m_measure.get();
  m_bench.figures = m_figures.get();
  m_bench.movies = m_movies.get();
  m_bench.report = m_report.get();
  m_bench.messages = m_messages.get();
  // Each uses what stands above it.
  m_sources = std::make_unique<SourceKeeper>(m_bench);
  m_bench.sources = m_sources.get();
  m_point = std::make_unique<PointFeed>(m_bench);
  m_bench.point = m_point.get();
  m_input = std::make_unique<InputFeed>(m_bench);
  m_bench.input = m_input.get();
  m_codes = std::make_unique<CodesFeed>(m_bench);
  m_bench.codes = m_codes.get();
  m_tokens = std::make_unique<TokensFeed>(m_bench);
  m_bench.tokens = m_tokens.get();
  m_navigator = std::make_unique<Navigator>(m_bench);
  m_bench.navigator = m_navigator.get();
  m_keeper = std::make_unique<RunKeeper>(m_bench);
  QObject::connect(m_files.get(), &FilesBridge::failed, m_messages.get(), &Messages::error);
  notePictures();
}

// Each moment of the history gets the picture that it ended with: the point's, of discrete codes the input's.
void Services::notePictures() {
  const auto notePoint = [this] {
    const PointFrame& frame = m_point->frame();
    if (frame.error.empty()) m_history->note(frame.z, frame.step, frame.image);
  };
  QObject::connect(m_point.get(), &PointFeed::arrived, m_history.get(), notePoint);
  QObject::connect(m_focus.get(), &FocusStore::historyChanged, m_history.get(), notePoint);
  QObject::connect(m_input.get(), &InputFeed::answered, m_history.get(), [this](const RunId& run) {
    const RunItem* item = m_runs->find(run);
    const ReconstructFrame* answer = m_input->answer(run);
    if (item && item->discrete && run == m_focus->focus().active && answer && !answer->outputs.empty())
      m_history->note(m_focus->focus().cursor, answer->step, answer->outputs.front());
  });
}

Services::~Services() = default;

} // namespace latent::ui
