#include "ui/views/window/figure_copy.h"

#include "ui/views/shared/messages.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr double leastDpi = 300; ///< a pasted picture is to be read in print
constexpr const char* tabs = "text/tab-separated-values";
constexpr const char* csv = "text/csv";

void addTables(QMimeData& data, const FigureTexts& texts) {
  data.setData(QLatin1String(csv), texts.csv.toUtf8());
  data.setData(QLatin1String(tabs), texts.tabs.toUtf8());
}

} // namespace

FigureCopy::FigureCopy(const Workbench& bench, QObject* parent) : QObject(parent), m_bench(bench) {}

void FigureCopy::copy(const FigureRequest& request, const FigurePage& page, What what) {
  const int number = ++m_newest;
  m_bench.figures->stopMaking(this);
  m_bench.figures->make(request, this,
                        [this, page, what, number](const Result<std::shared_ptr<const Figure>>& figure) {
                          if (number != m_newest) return;
                          figure ? takeFigure(*figure, page, what) : say(figure.error());
                        });
}

void FigureCopy::takeFigure(const std::shared_ptr<const Figure>& figure, const FigurePage& page, What what) {
  const int number = m_newest;
  m_bench.figures->texts(
      figure, page, this, [this, figure, page, what, number](const Result<FigureTexts>& texts) {
        if (number != m_newest) return;
        if (!texts) return say(texts.error());
        if (what != What::image) return takeTexts(*texts, what);
        m_bench.figures->draw(
            figure, page, std::max(leastDpi, page.dpi), this,
            [this, number, texts = *texts](const Result<QImage>& picture) {
              if (number != m_newest) return;
              if (!picture) return say(picture.error());
              auto* data = new QMimeData; // the clipboard's from then on
              data->setImageData(*picture);
              addTables(*data, texts);
              QGuiApplication::clipboard()->setMimeData(data);
              m_bench.messages->tell(
                  tr("Copied the figure, %1 × %2 pixels.").arg(picture->width()).arg(picture->height()));
            });
      });
}

void FigureCopy::takeTexts(const FigureTexts& texts, What what) {
  auto* data = new QMimeData;
  data->setText(what == What::latex ? texts.latex : texts.tabs);
  if (what == What::numbers) addTables(*data, texts);
  QGuiApplication::clipboard()->setMimeData(data);
  m_bench.messages->tell(what == What::latex
                             ? texts.drawsInTex
                                   ? tr("Copied the figure as LaTeX; it needs \\usepackage{pgfplots}.")
                                   : tr("Copied the figure as LaTeX; it takes in the picture's file.")
                             : tr("Copied the numbers, %Ln line(s).", nullptr,
                                  static_cast<int>(texts.tabs.count(QLatin1Char('\n')))));
}

void FigureCopy::copyScreen(const QPixmap& picture, const Error& why) {
  ++m_newest;
  m_bench.figures->stopMaking(this);
  QGuiApplication::clipboard()->setPixmap(picture);
  m_bench.messages->tell(tr("Copied as it is on the screen. %1").arg(QString::fromStdString(why.message)));
}

void FigureCopy::say(const Error& error) {
  if (error.fault != Fault::interrupted) m_bench.messages->error(QString::fromStdString(error.message));
}

} // namespace latent::ui
