// What every view is handed: the shared state and the bridges. A value of pointers; the window owns what they
// point to.
#pragma once

namespace latent::ui {

class FocusStore;
class RunsModel;
class MetricsStore;
class PinStore;
class FocusHistory;
class JobBridge;
class LibraryBridge;
class FilesBridge;
class TrainingBridge;
class ExplorerBridge;
class MeasureBridge;
class FigureBridge;
class MovieBridge;
class ReportBridge;
class SourceKeeper;
class PointFeed;
class InputFeed;
class CodesFeed;
class TokensFeed;
class Navigator;
class Messages;

struct Workbench {
  // What is shown.
  FocusStore* focus = nullptr;
  RunsModel* runs = nullptr;
  MetricsStore* metrics = nullptr;
  PinStore* pins = nullptr;
  FocusHistory* history = nullptr;
  // Where it comes from.
  JobBridge* jobs = nullptr;
  LibraryBridge* library = nullptr;
  FilesBridge* files = nullptr;
  TrainingBridge* training = nullptr;
  ExplorerBridge* explorer = nullptr;
  MeasureBridge* measure = nullptr;
  FigureBridge* figures = nullptr;
  MovieBridge* movies = nullptr;
  ReportBridge* report = nullptr;
  // What several views need of the same answer.
  SourceKeeper* sources = nullptr;
  PointFeed* point = nullptr;
  InputFeed* input = nullptr;
  CodesFeed* codes = nullptr;
  TokensFeed* tokens = nullptr;
  // What a person can do from anywhere.
  Navigator* navigator = nullptr;
  Messages* messages = nullptr;
};

} // namespace latent::ui
