#include "ui/bridge/report_bridge.h"

#include "core/run/report/ae_against_vae.h"
#include "core/run/report/report.h"
#include "ui/bridge/job_result.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/report_edits.h"
#include "ui/bridge/report_history.h"
#include "ui/bridge/report_home.h"
#include "ui/bridge/report_recipe.h"

#include <QFileInfo>
#include <QTimer>

#include <algorithm>
#include <optional>
#include <utility>

namespace latent::ui {

namespace fs = std::filesystem;

namespace {

constexpr int keepMs = 400;
constexpr int pauseMs = 1'500; // in typing

std::string pathOf(const QString& path) {
  return QFileInfo(path).absoluteFilePath().toStdString();
}

Status writeReport(const Report& report, ReportFormat format, const fs::path& path, JobControl& control) {
  ReportOptions options;
  options.widthMm = ReportPictures::textWidthMm;
  return format == ReportFormat::latex ? writeReportLatex(report, path, options, control)
         : format == ReportFormat::pdf ? writeReportPdf(report, path, options, control)
                                       : writeReportHtml(report, path, options, control);
}

} // namespace

struct ReportBridge::Impl {
  Impl(ReportBridge* bridge, JobBridge* jobBridge, LibraryBridge* libraryBridge)
      : owner(bridge), jobs(*jobBridge), library(*libraryBridge) {}

  ReportBridge* owner;
  JobBridge& jobs;
  LibraryBridge& library;
  ReportHistory history;
  std::shared_ptr<ReportHome> home = std::make_shared<ReportHome>();
  uint64_t sequence = 0, kept = 0; ///< changes: all, and those that a job was started for
  int opening = 0;                 ///< number of the newest open()
  QTimer keeping, pause;
  bool saidProblem = false;
  std::optional<std::pair<ReportItem, int>> removed; ///< the last one, and where it was

  const Report& report() const { return history.now(); }
  QString add(auto what) { ///< a figure or a table
    Report next = report();
    QString id = QString::fromStdString(append(next, std::move(what)));
    change(std::move(next), tr("Add to the report"));
    return id;
  }
  void change(Report next, const QString& words, const std::string& key = {});
  void step(void (ReportHistory::*undoOrRedo)());
  void touch();
  void keep();
  void show(Report report, std::shared_ptr<ReportHome> folder);
  void take(Report made, bool asNew);
};

void ReportBridge::Impl::change(Report next, const QString& words, const std::string& key) {
  history.change(std::move(next), words, key);
  pause.start();
  touch();
}

void ReportBridge::Impl::step(void (ReportHistory::*undoOrRedo)()) {
  const Report before = report();
  (history.*undoOrRedo)();
  touch();
  emit owner->stepped(QString::fromStdString(changedItem(before, report())));
}

void ReportBridge::Impl::touch() {
  ++sequence;
  keeping.start();
  std::vector<std::shared_ptr<const Figure>> figures;
  for (const ReportItem& item : report().items)
    if (item.figure) figures.push_back(item.figure);
  owner->m_pictures->keepOnly(figures);
  emit owner->changed();
}

// Jobs of this lane run one after the other, so that the newest is written last.
void ReportBridge::Impl::keep() {
  keeping.stop();
  if (kept == sequence) return;
  kept = sequence;
  startJob<std::monostate>(
      jobs, JobBridge::Lane::quick, "Keeping the report", owner,
      [to = home, number = sequence, value = report()](JobControl&) { return to->save(number, value); },
      [this](const Status& saved) {
        if (saved)
          saidProblem = false;
        else if (!std::exchange(saidProblem, true))
          emit owner->failed(QString::fromStdString(saved.error().message));
      });
}

void ReportBridge::Impl::show(Report report, std::shared_ptr<ReportHome> folder) {
  keep(); // what was open
  ++opening;
  home = std::move(folder);
  history.reset(std::move(report));
  removed.reset();
  kept = ++sequence;
  emit owner->opened();
  emit owner->changed();
}

// Figures of the recipe join what is there, whose texts stay.
void ReportBridge::Impl::take(Report made, bool asNew) {
  if (made.items.empty()) return;
  if (asNew) show({}, std::make_shared<ReportHome>());
  const auto count = static_cast<int>(made.items.size());
  Report next = report();
  const std::string first = append(next, std::move(made));
  change(std::move(next), tr("AE against VAE"));
  emit owner->made(QString::fromStdString(first), count);
}

ReportBridge::ReportBridge(JobBridge* jobs, LibraryBridge* library, FigureBridge* figures, QObject* parent)
    : QObject(parent),
      m_impl(std::make_unique<Impl>(this, jobs, library)),
      m_pictures(new ReportPictures(figures, this)) {
  m_impl->keeping.setSingleShot(true);
  m_impl->keeping.setInterval(keepMs);
  connect(&m_impl->keeping, &QTimer::timeout, this, [this] { m_impl->keep(); });
  m_impl->pause.setSingleShot(true);
  m_impl->pause.setInterval(pauseMs);
  connect(&m_impl->pause, &QTimer::timeout, this, &ReportBridge::endTyping);
}

// The jobs that were started may never run any more: this is the last moment. What was kept already costs
// nothing.
ReportBridge::~ReportBridge() {
  if (m_impl->sequence > 0 && !(m_impl->report().items.empty() && m_impl->home->folder().empty()))
      [[maybe_unused]]
    const Status saved = m_impl->home->save(m_impl->sequence, m_impl->report());
}

int ReportBridge::size() const {
  return static_cast<int>(m_impl->report().items.size());
}

bool ReportBridge::empty() const {
  const Report& report = m_impl->report();
  return report.items.empty() && report.title.empty() && report.author.empty() && report.introduction.empty();
}

ReportEntry ReportBridge::entry(int place) const {
  const ReportItem& item = m_impl->report().items.at(static_cast<size_t>(place));
  ReportEntry entry;
  entry.id = QString::fromStdString(item.id);
  entry.figure = item.figure;
  if (item.table) entry.table = std::make_shared<const Table>(*item.table);
  entry.heading = QString::fromStdString(item.heading);
  entry.caption = QString::fromStdString(item.caption);
  entry.notes = QString::fromStdString(item.notes);
  return entry;
}

int ReportBridge::placeOf(const QString& id) const {
  return ui::placeOf(m_impl->report(), id.toStdString());
}

QString ReportBridge::text(ReportField field, const QString& id) const {
  const std::string* text = fieldOf(m_impl->report(), field, id.toStdString());
  return text ? QString::fromStdString(*text) : QString();
}

QString ReportBridge::add(std::shared_ptr<const Figure> figure) {
  return m_impl->add(std::move(figure));
}

QString ReportBridge::add(const Table& table) {
  return m_impl->add(table);
}

void ReportBridge::remove(const QString& id) {
  const int place = placeOf(id);
  if (place < 0) return;
  Report next = m_impl->report();
  const auto item = next.items.begin() + place;
  m_impl->removed.emplace(*item, place);
  next.items.erase(item);
  m_impl->change(std::move(next), tr("Remove"));
}

void ReportBridge::putBack(const QString& id) {
  const auto& removed = m_impl->removed;
  if (!removed || removed->first.id != id.toStdString() || placeOf(id) >= 0) return;
  Report next = m_impl->report();
  next.items.insert(next.items.begin() + std::min(removed->second, size()), removed->first);
  m_impl->change(std::move(next), tr("Put back"));
}

void ReportBridge::move(const QString& id, int place) {
  const int from = placeOf(id);
  const int to = std::clamp(place, 0, size() - 1);
  if (from < 0 || from == to) return;
  Report next = m_impl->report();
  moveItem(next, from, to);
  m_impl->change(std::move(next), tr("Move"));
}

void ReportBridge::setText(ReportField field, const QString& id, const QString& text) {
  Report next = m_impl->report();
  std::string* now = fieldOf(next, field, id.toStdString());
  if (!now || *now == text.toStdString()) return;
  *now = text.toStdString();
  m_impl->change(std::move(next), tr("Typing"),
                 std::to_string(static_cast<int>(field)) + " " + id.toStdString());
}

void ReportBridge::endTyping() {
  m_impl->history.endTyping();
}

QString ReportBridge::templateCaption(const QString& id) const {
  const int place = placeOf(id);
  if (place < 0) return {};
  return QString::fromStdString(ui::templateCaption(m_impl->report().items[static_cast<size_t>(place)]));
}

bool ReportBridge::canUndo() const {
  return m_impl->history.canUndo();
}

bool ReportBridge::canRedo() const {
  return m_impl->history.canRedo();
}

QString ReportBridge::undoWords() const {
  return m_impl->history.undoWords();
}

QString ReportBridge::redoWords() const {
  return m_impl->history.redoWords();
}

void ReportBridge::undo() {
  if (!canUndo()) return;
  m_impl->step(&ReportHistory::undo);
}

void ReportBridge::redo() {
  if (!canRedo()) return;
  m_impl->step(&ReportHistory::redo);
}

QString ReportBridge::folder() const {
  return QString::fromStdString(m_impl->home->folder().string());
}

void ReportBridge::create() {
  m_impl->show({}, std::make_shared<ReportHome>());
}

void ReportBridge::open(const QString& folder) {
  const fs::path path = pathOf(folder);
  if (path == m_impl->home->folder()) return;
  m_impl->keep();
  const int number = ++m_impl->opening;
  const auto home = std::make_shared<ReportHome>(path);
  startJob<ReportHome::Opened>(
      m_impl->jobs, JobBridge::Lane::quick, "Opening a report", this,
      [home](JobControl&) { return home->open(); },
      [this, home, number](const Result<ReportHome::Opened>& report) {
        if (number != m_impl->opening) return;
        if (!report) {
          emit failed(QString::fromStdString(report.error().message));
          return;
        }
        m_impl->show(report->report, home);
        if (!report->warning.empty()) emit warned(QString::fromStdString(report->warning));
      });
}

void ReportBridge::saveCopy(const QString& folder) {
  startJob<std::monostate>(
      m_impl->jobs, JobBridge::Lane::work, "Saving a copy of the report", this,
      [path = pathOf(folder), report = m_impl->report()](JobControl&) { return saveReport(path, report); },
      [this, folder](const Status& saved) {
        if (saved)
          emit copied(folder);
        else
          emit failed(QString::fromStdString(saved.error().message));
      });
}

void ReportBridge::write(ReportFormat format, const QString& path) {
  startJob<std::monostate>(
      m_impl->jobs, JobBridge::Lane::work, "Writing " + QFileInfo(path).fileName().toStdString(), this,
      [file = pathOf(path), format, report = m_impl->report()](JobControl& control) {
        return writeReport(report, format, file, control);
      },
      [this, format, path](const Status& status) {
        if (status) {
          emit written(format, path);
        } else if (status.error().fault != Fault::interrupted) {
          emit failed(QString::fromStdString(status.error().message));
        }
      });
}

void ReportBridge::tableOf(const std::vector<RunId>& runs, QObject* receiver, TableAnswer answer) {
  startJob<Table>(
      m_impl->jobs, JobBridge::Lane::quick, "Reading the measures of runs", receiver,
      [runs](JobControl&) { return tableOfRuns(runs); }, std::move(answer));
}

void ReportBridge::plan(const std::vector<RunId>& runs, QObject* receiver, PlanAnswer answer) {
  startJob<RecipePlan>(
      m_impl->jobs, JobBridge::Lane::quick, "Looking for pairs of AE and VAE", receiver,
      [runs](JobControl&) { return planRecipe(runs); }, std::move(answer));
}

void ReportBridge::make(const RecipePlan& plan, bool asNew) {
  if (!plan.plan || plan.plan->runs.empty()) return;
  const RunConfig& config = plan.plan->runs.front().record().config;
  const auto finish = [this, asNew](const Result<Report>& made) {
    if (made) {
      m_impl->take(*made, asNew);
    } else if (made.error().fault != Fault::interrupted) {
      emit failed(QString::fromStdString(made.error().message));
    }
  };
  m_impl->library.withDataset(
      config.dataset, config.dataDir,
      [guard = QPointer<ReportBridge>(this), finish,
       what = plan.plan](const Result<std::shared_ptr<const Dataset>>& data) {
        if (!guard) return;
        if (!data) return finish(data.error());
        startJob<Report>(
            guard->m_impl->jobs, JobBridge::Lane::work, "Making the figures of AE against VAE", guard,
            [what, set = *data](JobControl& control) { return aeAgainstVae(*what, {}, *set, control); },
            finish);
      });
}

} // namespace latent::ui
