// The open report: what is collected, its texts and its order; kept as it changes, written as a document.
#pragma once

#include "core/base/result.h"
#include "ui/bridge/report_entry.h"
#include "ui/bridge/report_pictures.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace latent::ui {

class FigureBridge;
class JobBridge;
class LibraryBridge;

/// Used on the GUI thread; files are read and written on workers. Each change is one step of undo, typing in
/// one field until a pause, too.
class ReportBridge : public QObject {
  Q_OBJECT
 public:
  using TableAnswer = std::function<void(const Result<Table>&)>;
  using PlanAnswer = std::function<void(const Result<RecipePlan>&)>;

  ReportBridge(JobBridge* jobs, LibraryBridge* library, FigureBridge* figures, QObject* parent = nullptr);
  ~ReportBridge() override; ///< keeps what is not kept yet

  int size() const;
  bool empty() const; ///< nothing collected and nothing written
  ReportEntry entry(int place) const;
  int placeOf(const QString& id) const; ///< -1 if absent
  /// `id` "" for title, author and introduction. "" for an unknown id.
  QString text(ReportField field, const QString& id = {}) const;

  /// At the end, with the caption that states its settings. Returns its id.
  QString add(std::shared_ptr<const Figure> figure);
  QString add(const Table& table);
  void remove(const QString& id);
  void
  putBack(const QString& id); ///< what remove() took last, where it was; others and what is there: nothing
  void move(const QString& id, int place); ///< 0 = first
  void setText(ReportField field, const QString& id, const QString& text);
  void endTyping(); ///< what is typed next is a step of its own
  QString templateCaption(const QString& id) const;

  bool canUndo() const;
  bool canRedo() const;
  QString undoWords() const; ///< "Remove", of the change that undo() takes back
  QString redoWords() const;
  void undo();
  void redo();

  ReportPictures* pictures() const { return m_pictures; }

  QString folder() const;               ///< "" before the first change is kept
  void create();                        ///< an empty one; the one before stays in its folder
  void open(const QString& folder);     ///< opened, or failed: then the report that is open stays
  void saveCopy(const QString& folder); ///< copied or failed; the report stays in its own folder
  /// A job with progress that can be cancelled: written or failed. Nothing half is left behind.
  void write(ReportFormat format, const QString& path);

  /// The table of the runs and their measures, which has one row for runs that differ in the seed alone. The
  /// answer comes on the GUI thread unless `receiver` is gone.
  void tableOf(const std::vector<RunId>& runs, QObject* receiver, TableAnswer answer);
  void plan(const std::vector<RunId>& runs, QObject* receiver, PlanAnswer answer);
  /// The figures of the plan, as a job: appended, or as a new report. made or failed.
  void make(const RecipePlan& plan, bool asNew);

 signals:
  void changed();
  void opened();                   ///< another report than before
  void stepped(const QString& id); ///< undo or redo changed this item; "" = title, author or introduction
  void copied(const QString& folder);
  void written(latent::ui::ReportFormat format, const QString& path);
  void made(const QString& firstId, int count);
  void failed(const QString& sentence);
  void warned(const QString& sentence);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
  ReportPictures* m_pictures;
};

} // namespace latent::ui
