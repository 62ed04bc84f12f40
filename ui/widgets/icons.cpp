#include "ui/widgets/icons.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QSvgRenderer>

// Static libraries keep their resources only if somebody calls this, from the global namespace.
static void initialiseIconResource() {
  Q_INIT_RESOURCE(latent_explorer);
}

namespace latent::ui {
namespace {

/// Paints an SVG whose colour is written `currentColor`, in the colour of the palette at that moment.
class TintedSvg : public QIconEngine {
 public:
  TintedSvg(QByteArray source, const QColor& tint) : m_source(std::move(source)), m_tint(tint) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    const bool disabled = mode == QIcon::Disabled;
    const QColor text =
        QApplication::palette().color(disabled ? QPalette::Disabled : QPalette::Active, QPalette::Text);
    const QColor colour = m_tint.isValid() && !disabled ? m_tint : text;
    QByteArray tinted = m_source;
    tinted.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer renderer(tinted);
    renderer.render(painter, rect);
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(), size), mode, state);
    return pixmap;
  }

  QIconEngine* clone() const override { return new TintedSvg(m_source, m_tint); }

 private:
  QByteArray m_source;
  QColor m_tint;
};

} // namespace

QIcon themedIcon(const QString& name, const QColor& tint) {
  initialiseIconResource();
  QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) return {};
  return QIcon(new TintedSvg(file.readAll(), tint));
}

QIcon applicationIcon() {
  initialiseIconResource();
  QIcon icon;
  QSvgRenderer renderer(QStringLiteral(":/icons/latent-explorer.svg"));
  for (const int size : {16, 24, 32, 48, 64, 128, 256}) {
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    icon.addPixmap(pixmap);
  }
  return icon;
}

} // namespace latent::ui
