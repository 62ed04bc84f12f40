// A form generated from a parameter schema: range, unit, help and reset on each control, lists for sweeps.
#pragma once

#include "core/base/parameter.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <vector>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace latent::ui {

/// Sweepable parameters take comma-separated lists ("3, 5, 10, 20, 200"); drafts() is their cross product.
/// What is typed wrong is marked in red with the reason beneath, and valid() is false. The wheel never
/// changes a value that has no focus.
class ParameterForm : public QWidget {
  Q_OBJECT
 public:
  explicit ParameterForm(QWidget* parent = nullptr);
  ~ParameterForm() override;

  /// Builds the controls; values of keys that both schemas have are kept.
  void setSchema(const ParameterSchema& schema);
  const ParameterSchema& schema() const { return m_schema; }
  void setValues(const Parameters& values);
  /// With true only `live` parameters can be edited; the others are shown, greyed, with "Fork to change".
  void setLiveOnly(bool liveOnly);

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
  void showForkHint(); ///< only where something is greyed
  void addRow(const ParameterSpec& spec, QGridLayout* cells, int line);
  void refresh(Row& row);
  void commit(Row& row);
  Row* find(const QString& key) const;

  ParameterSchema m_schema;
  std::vector<std::unique_ptr<Row>> m_rows; ///< in the order of the form
  QVBoxLayout* m_layout;
  QWidget* m_content = nullptr;
  QLabel* m_forkHint;
  bool m_liveOnly = false;
};

} // namespace latent::ui
