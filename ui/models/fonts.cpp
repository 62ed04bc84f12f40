#include "ui/models/fonts.h"

#include <QFontDatabase>
#include <QString>

// Q_INIT_RESOURCE declares a function of the global namespace. Static libraries need it: without a call the
// linker drops the object file that holds the fonts.
static void initialiseFontResource() {
  Q_INIT_RESOURCE(fonts);
}

namespace latent::ui {

void loadBundledFonts() {
  static const bool loaded = [] {
    initialiseFontResource();
    for (const char* name : {"Regular", "Medium", "Italic"})
      QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/Roboto-%1.ttf").arg(QLatin1String(name)));
    return true;
  }();
  static_cast<void>(loaded);
}

} // namespace latent::ui
