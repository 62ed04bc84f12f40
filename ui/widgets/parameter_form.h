// A form generated from a parameter schema: range, unit, help and reset on each control, lists for sweeps.
#pragma once

#include "core/base/parameter.h"

#include <QString>
#include <QWidget>

#include <map>
#include <memory>
#include <string>
#include <vector>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace latent::ui {

/// Sweepable parameters take comma-separated lists ("3, 5, 10, 20, 200"); drafts() is their cross product.
/// What is typed wrong is marked in red with the reason beneath, and valid() is false. A parameter that does
/// not matter with the other values (ParameterSpec::when) is out of sight, keeps its text and multiplies
/// nothing. The wheel never changes a value that has no focus.
class ParameterForm : public QWidget {
  Q_OBJECT
 public:
  explicit ParameterForm(QWidget* parent = nullptr);
  ~ParameterForm() override;

  /// Builds the controls; values of keys that both schemas have are kept.
  void setSchema(const ParameterSchema& schema);
  const ParameterSchema& schema() const { return m_schema; }
  void setValues(const Parameters& values);
  /// What stands in the controls, also where it is wrong or out of sight, by key; to be remembered.
  std::map<std::string, QString> texts() const;
  void setTexts(const std::map<std::string, QString>& texts); ///< keys without a control are ignored
  /// With true only `live` parameters can be edited, and take one value; the others are shown, greyed.
  void setLiveOnly(bool liveOnly);
  void setLiveEditable(bool editable); ///< of a run that does not train live values are fixed, too

  /// Values that others are compared with and reset to, instead of the defaults: those of the run that is
  /// forked. What differs says what it was. Empty = the defaults, and nothing is said.
  void setBaseline(const Parameters& values);

  /// Why the values do not go together, found by somebody else: shown at this parameter. The form stays
  /// valid(); an unknown key or an empty sentence takes it away.
  void setRefusal(const QString& key, const QString& sentence);

  bool valid() const;
  QString firstError() const; ///< "" when valid
  /// Every combination of the listed values, first key slowest. Empty when not valid.
  std::vector<Parameters> drafts() const;
  Parameters first() const; ///< the first combination; defaults where invalid

  QWidget* control(const QString& key) const; ///< null if absent

 signals:
  void edited(); ///< by the person, valid or not
  void liveValueChanged(const QString& key, const latent::ParameterValue& value);
  void
  helpWanted(const QString& key); ///< focus entered a control: label, paragraph and formula are in the schema

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Row;
  void build();
  void clear();
  void addRow(const ParameterSpec& spec, QGridLayout* cells, int line);
  void refresh(Row& row);
  void refreshSight(); ///< which rows matter
  void commit(Row& row);
  Row* find(const QString& key) const;

  ParameterValue baselineOf(const ParameterSpec& spec) const;

  ParameterSchema m_schema;
  Parameters m_baseline;
  std::vector<std::unique_ptr<Row>> m_rows; ///< in the order of the form
  QVBoxLayout* m_layout;
  QWidget* m_content = nullptr;
  std::vector<std::pair<QLabel*, std::string>> m_headings; ///< with their groups
  QString m_refusedKey, m_refusal;
  bool m_liveOnly = false;
  bool m_liveEditable = true;
};

} // namespace latent::ui
