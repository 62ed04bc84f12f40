#include "ui/widgets/theme.h"

#include "core/figure/figure.h"
#include "ui/models/fonts.h"
#include "ui/widgets/theme_style.h"

#include <QApplication>
#include <QFile>
#include <QPalette>
#include <QStyle>
#include <QToolTip>

#include <cmath>
#include <utility>

// Static libraries keep their resources only if somebody calls this, from the global namespace.
static void initialiseThemeResource() {
  Q_INIT_RESOURCE(latent_explorer);
}

namespace latent::ui {
namespace {

ThemeColours makeLight() {
  ThemeColours c;
  c.ground = QColor(0xF7, 0xF7, 0xF5);
  c.panel = QColor(0xFF, 0xFF, 0xFF);
  c.line = QColor(0xD9, 0xD9, 0xD6);
  c.text = QColor(0x1D, 0x1F, 0x22);
  c.muted = QColor(0x5E, 0x64, 0x6B);
  c.accent = QColor(0x0B, 0x62, 0xB8);
  c.onAccent = QColor(0xFF, 0xFF, 0xFF);
  c.amber = QColor(0xA0, 0x56, 0x00);
  c.error = QColor(0xBF, 0x26, 0x1C);
  c.hover = QColor(0xEF, 0xEF, 0xEC);
  c.selection = QColor(0xDD, 0xE9, 0xF6);
  return c;
}

ThemeColours makeDark() {
  ThemeColours c;
  c.ground = QColor(0x16, 0x18, 0x1B);
  c.panel = QColor(0x1E, 0x21, 0x25);
  c.line = QColor(0x34, 0x38, 0x3E);
  c.text = QColor(0xE8, 0xEA, 0xED);
  c.muted = QColor(0xA4, 0xAB, 0xB3);
  c.accent = QColor(0x6C, 0xB2, 0xFF);
  c.onAccent = QColor(0x0C, 0x1A, 0x29);
  c.amber = QColor(0xF0, 0xB4, 0x4A);
  c.error = QColor(0xFF, 0x83, 0x78);
  c.hover = QColor(0x2A, 0x2E, 0x33);
  c.selection = QColor(0x22, 0x3A, 0x54);
  c.dark = true;
  return c;
}

const ThemeColours& themeColours(bool dark) {
  static const ThemeColours light = makeLight();
  static const ThemeColours night = makeDark();
  return dark ? night : light;
}

QPalette makePalette(const ThemeColours& c) {
  QPalette palette;
  palette.setColor(QPalette::Window, c.ground);
  palette.setColor(QPalette::WindowText, c.text);
  palette.setColor(QPalette::Base, c.panel);
  palette.setColor(QPalette::AlternateBase, c.hover);
  palette.setColor(QPalette::Text, c.text);
  palette.setColor(QPalette::Button, c.panel);
  palette.setColor(QPalette::ButtonText, c.text);
  palette.setColor(QPalette::BrightText, c.error);
  palette.setColor(QPalette::PlaceholderText, c.muted);
  palette.setColor(QPalette::ToolTipBase, c.panel);
  palette.setColor(QPalette::ToolTipText, c.text);
  palette.setColor(QPalette::Highlight, c.accent);
  palette.setColor(QPalette::HighlightedText, c.onAccent);
  palette.setColor(QPalette::Link, c.accent);
  palette.setColor(QPalette::LinkVisited, c.accent);
  palette.setColor(QPalette::Light, c.panel);
  palette.setColor(QPalette::Midlight, c.hover);
  palette.setColor(QPalette::Mid, c.line);
  palette.setColor(QPalette::Dark, c.line);
  palette.setColor(QPalette::Shadow, c.line);
  // Disabled text stays legible: halfway between muted and its ground.
  const QColor faint((c.muted.red() + c.ground.red()) / 2, (c.muted.green() + c.ground.green()) / 2,
                     (c.muted.blue() + c.ground.blue()) / 2);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, faint);
  palette.setColor(QPalette::Disabled, QPalette::Highlight, c.line);
  palette.setColor(QPalette::Disabled, QPalette::HighlightedText, c.muted);
  return palette;
}

double& currentTextScale() {
  static double scale = 1;
  return scale;
}

int scaledText(int pixels) {
  return static_cast<int>(std::lround(pixels * currentTextScale()));
}

/// theme.qss with its @names replaced by the colours of the theme.
QString makeStyleSheet(const ThemeColours& c, const QPalette& palette) {
  QFile file(QStringLiteral(":/theme.qss"));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QString sheet = QString::fromUtf8(file.readAll());
  const QColor pressed = c.dark ? c.accent.darker(118) : c.accent.darker(125);
  const QColor lifted = c.dark ? c.accent.lighter(108) : c.accent.lighter(115);
  // Longer names first: @onAccent must not be read as @on.
  const std::pair<const char*, QColor> names[] = {
      {"@accentPressed", pressed}, {"@accentHover", lifted},
      {"@onAccent", c.onAccent},   {"@selection", c.selection},
      {"@accent", c.accent},       {"@ground", c.ground},
      {"@panel", c.panel},         {"@muted", c.muted},
      {"@hover", c.hover},         {"@error", c.error},
      {"@amber", c.amber},         {"@line", c.line},
      {"@text", c.text},           {"@faint", palette.color(QPalette::Disabled, QPalette::Text)},
  };
  for (const auto& [name, colour] : names) sheet.replace(QLatin1String(name), colour.name());
  // In steps from the largest, so that no size is scaled twice.
  if (currentTextScale() > 1)
    for (const int size : {20, 15, 13, 11})
      sheet.replace(QStringLiteral("font-size: %1px").arg(size),
                    QStringLiteral("font-size: %1px").arg(scaledText(size)));
  sheet.replace(QLatin1String("@theme"), c.dark ? QStringLiteral("dark") : QStringLiteral("light"));
  return sheet;
}

QFont roboto(int pixels, QFont::Weight weight = QFont::Normal) {
  QFont font(QStringLiteral("Roboto"));
  font.setPixelSize(scaledText(pixels));
  font.setWeight(weight);
  return font;
}

} // namespace

void applyTheme(QApplication& application, ThemeChoice choice) {
  initialiseThemeResource();
  loadBundledFonts();
  // Qt 6.4 has no QStyleHints::colorScheme; the palette before our first change tells what the desktop wants.
  static const bool systemIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
  const bool dark = choice == ThemeChoice::dark || (choice == ThemeChoice::system && systemIsDark);
  const ThemeColours& c = themeColours(dark);
  const QPalette palette = makePalette(c);
  application.setStyleSheet(QString());
  QApplication::setStyle(new ThemeStyle);
  QApplication::setPalette(palette);
  QApplication::setFont(textFont());
  QToolTip::setPalette(palette);
  QToolTip::setFont(textFont());
  application.setStyleSheet(makeStyleSheet(c, palette));
}

void setTextScale(double scale) {
  currentTextScale() = scale;
}

double textScale() {
  return currentTextScale();
}

const ThemeColours& colours(const QWidget* widget) {
  const QPalette palette = widget ? widget->palette() : QApplication::palette();
  return themeColours(palette.color(QPalette::Window).lightness() < 128);
}

void setRole(QWidget* widget, const char* role) {
  if (widget->property("role") == QVariant(QLatin1String(role))) return;
  widget->setProperty("role", QLatin1String(role));
  // The style sheet looks at properties only when a widget is polished.
  widget->style()->unpolish(widget);
  widget->style()->polish(widget);
}

QFont textFont() {
  return roboto(13);
}
QFont captionFont() {
  return roboto(11);
}
QFont headingFont() {
  return roboto(15, QFont::Medium);
}
QFont readoutFont() {
  return roboto(20);
} // Roboto's figures are tabular by default

QColor classQColor(int64_t label) {
  return QColor(QString::fromStdString(classColour(label)));
}
QColor runQColor(int letter) {
  return QColor(QString::fromStdString(runColour(letter)));
}

} // namespace latent::ui
