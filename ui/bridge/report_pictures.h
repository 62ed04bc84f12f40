// Pictures of a report's figures, drawn one after the other as they are asked for.
#pragma once

#include "core/figure/figure.h"

#include <QImage>
#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <vector>

namespace latent::ui {

class FigureBridge;

/// Pages as they stand in the report: not wider than its text.
class ReportPictures : public QObject {
  Q_OBJECT
 public:
  static constexpr double textWidthMm = 160;

  explicit ReportPictures(FigureBridge* figures, QObject* parent = nullptr);
  ~ReportPictures() override;

  struct Picture {
    QImage image;       ///< null before it is drawn the first time
    QString problem;    ///< one sentence in place of a picture, "" = fine
    bool exact = false; ///< has the width that was asked for
  };
  /// What is there now; where it has another width, drawn() follows. `pixels`: of the page's width.
  Picture picture(const std::shared_ptr<const Figure>& figure, int pixels);
  /// The picture of whatever width, one of `pixels` if there is none.
  Picture anyPicture(const std::shared_ptr<const Figure>& figure, int pixels);
  void keepOnly(const std::vector<std::shared_ptr<const Figure>>& figures);

 signals:
  void drawn(const std::shared_ptr<const latent::Figure>& figure);

 private:
  struct Entry {
    std::shared_ptr<const Figure> figure;
    Picture picture;
    int wanted = 0, tried = 0; ///< pixels
    uint64_t asked = 0;        ///< the newest is drawn first
  };
  Entry& entryOf(const std::shared_ptr<const Figure>& figure);
  void ask(Entry& entry, int pixels);
  void drawNext();

  FigureBridge* m_figures;
  std::map<const Figure*, Entry> m_entries;
  uint64_t m_asked = 0;
  bool m_busy = false;
};

/// Of a figure on the report's page, in millimetres.
double pageWidthMm(const Figure& figure);

} // namespace latent::ui
