#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <array>
#include <charconv>
#include <cmath>

namespace latent::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("NumberText", text);
}

} // namespace

QString exactText(float value) {
  if (value == 0) return QStringLiteral("0.00");
  std::array<char, 64> buffer;
  // Beyond these a number without an exponent is a row of zeros.
  const bool plain = std::abs(value) >= 1e-6f && std::abs(value) < 1e9f;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          plain ? std::chars_format::fixed : std::chars_format::scientific);
  QString text = QString::fromLatin1(buffer.data(), end - buffer.data());
  if (!plain) return text;
  if (!text.contains(QLatin1Char('.'))) text += QLatin1Char('.');
  while (text.size() - text.indexOf(QLatin1Char('.')) <= 2) text += QLatin1Char('0');
  return text;
}

QString shortText(float value) {
  if (std::abs(value) < 0.0005f) value = 0;
  return QString::number(value, 'f', 3);
}

QString pointText(const LatentPoint& z) {
  QStringList numbers;
  for (const float value : z) numbers << exactText(value);
  return numbers.join(QStringLiteral(", "));
}

Result<LatentPoint> pointFromText(const QString& text) {
  static const QRegularExpression brackets(QStringLiteral("[\\[\\](){}]")),
      separators(QStringLiteral("[\\s,;]+"));
  QString plain = text;
  plain.replace(QChar(0x2212), QLatin1Char('-')).remove(brackets);
  LatentPoint z;
  for (const QString& part : plain.split(separators, Qt::SkipEmptyParts)) {
    const QByteArray digits =
        (part.startsWith(QLatin1Char('+')) && !part.startsWith(QLatin1String("+-")) ? part.mid(1) : part)
            .toUtf8();
    float value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value))
      return usageError(tr("“%1” is not a number.").arg(part.left(24)).toStdString());
    z.push_back(value);
  }
  if (z.empty()) return usageError(tr("Type a number.").toStdString());
  return z;
}

} // namespace latent::ui
