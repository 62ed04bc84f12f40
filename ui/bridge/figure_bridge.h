// Figures of what the window shows: made, drawn, written and copied, all of it on workers.
#pragma once

#include "core/base/result.h"
#include "core/figure/figure.h"
#include "core/figure/figure_page.h"
#include "ui/bridge/figure_request.h"

#include <QImage>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace latent::ui {

class JobBridge;
class LibraryBridge;

/// What is written beside FILE.pdf.
struct FigureFiles {
  QString file;         ///< .png, .pdf, .svg or .csv
  bool numbers = true;  ///< FILE.csv
  bool tex = false;     ///< FILE.tex for PGFPlots, which reads FILE.csv (line and scatter plots)
  bool sidecar = false; ///< FILE.json
};

/// A figure as text, for the clipboard.
struct FigureTexts {
  QString csv;
  QString tabs;  ///< the same table separated by tabs, as spreadsheets take it
  QString latex; ///< a figure environment: the plot for PGFPlots with its numbers, else the picture's file
  bool drawsInTex = false; ///< PGFPlots draws something of it, so it can have a FILE.tex
};

class FigureBridge : public QObject {
  Q_OBJECT
 public:
  using FigureAnswer = std::function<void(const Result<std::shared_ptr<const Figure>>&)>;
  using PictureAnswer = std::function<void(const Result<QImage>&)>;
  using TextsAnswer = std::function<void(const Result<FigureTexts>&)>;

  FigureBridge(JobBridge* jobs, LibraryBridge* library, QObject* parent = nullptr);
  ~FigureBridge() override;

  /// The figure of what is shown, made for the request's width; the answer comes on the GUI thread unless
  /// `receiver` is gone, which also ends the work. Its steps are those at the moment of the call, one for
  /// each run, while training too.
  void make(const FigureRequest& request, QObject* receiver, FigureAnswer answer);
  /// Ends what is being made for `receiver`; there is no answer.
  void stopMaking(QObject* receiver);
  /// The page as latent-figures draws it, at so many dots an inch. A newer call for the same receiver
  /// replaces one that has not begun.
  void draw(std::shared_ptr<const Figure> figure, const FigurePage& page, double dpi, QObject* receiver,
            PictureAnswer answer);
  /// Its numbers and its LaTeX.
  void texts(std::shared_ptr<const Figure> figure, const FigurePage& page, QObject* receiver,
             TextsAnswer answer);
  /// Each file appears whole or not at all, a cancelled one not; written() or failed().
  void write(std::shared_ptr<const Figure> figure, const FigurePage& page, const FigureFiles& files);

 signals:
  void written(const QString& file);
  void failed(const QString& sentence);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
