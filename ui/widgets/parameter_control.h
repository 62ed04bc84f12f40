// One control of a ParameterForm: a field, a box, a menu of ticks or a check box, chosen by the parameter's
// type.
#pragma once

#include "core/base/parameter.h"

#include <QObject>
#include <QString>
#include <QWidget>

#include <vector>

namespace latent::ui {

/// Holds the values a person chose for one parameter: one, or several where it may be swept.
class ParameterControl : public QObject {
  Q_OBJECT
 public:
  /// The control that fits the parameter; owned by `parent`, as is its editor.
  static ParameterControl* make(const ParameterSpec& spec, QWidget* parent);

  const ParameterSpec& spec() const { return m_spec; }
  virtual QWidget* editor() const = 0; ///< the widget that takes the focus
  virtual std::vector<ParameterValue>
  values() const = 0;                ///< at least one; empty exactly when error() says why
  virtual QString error() const = 0; ///< one sentence, "" when valid
  virtual void setValues(const std::vector<ParameterValue>& values) = 0; ///< does not emit
  virtual void setSingle(bool single) = 0; ///< lists are refused: an existing run has one value
  /// As typed, so that a wrong text survives a change of the schema.
  virtual QString text() const = 0;
  virtual void setText(const QString& text) = 0;

 signals:
  void edited();    ///< every key stroke of the person
  void committed(); ///< Enter, focus left, a step, a choice

 protected:
  ParameterControl(const ParameterSpec& spec, QWidget* parent) : QObject(parent), m_spec(spec) {}

 private:
  ParameterSpec m_spec;
};

/// "500, 500": as formatParameter, with the blanks a person writes.
QString shownValue(const ParameterValue& value);
/// "1 to 512", "" where a range says nothing (choices, flags).
QString rangeText(const ParameterSpec& spec);
/// The next value of the Up (direction 1) or Down (-1) key, inside the range. Logarithmic parameters climb
/// 1, 2, 5, 10, 20 ...; the others add a whole number, or a round hundredth of the range. `coarse`: ten times
/// that.
ParameterValue steppedValue(const ParameterSpec& spec, const ParameterValue& value, int direction,
                            bool coarse);

} // namespace latent::ui
