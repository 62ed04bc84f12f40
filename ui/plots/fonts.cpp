#include "ui/plots/fonts.h"

#include <QFontDatabase>

// A static library's resources are dropped by the linker unless something names them; the macro wants global
// scope.
static void initialiseFontResource() {
  Q_INIT_RESOURCE(fonts);
}

namespace latent::ui {

void loadBundledFonts() {
  static const bool loaded = [] {
    initialiseFontResource();
    for (const char* file : {"Regular", "Medium", "Italic"}) {
      QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/Roboto-%1.ttf").arg(QLatin1String(file)));
    }
    return true;
  }();
  Q_UNUSED(loaded);
}

QString bundledFontFamily() {
  return QStringLiteral("Roboto");
}

} // namespace latent::ui
