// The parameters of the active run: fixed, but for those that may change while it trains.
#pragma once

#include "core/base/focus.h"
#include "core/base/run_config.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

#include <map>

class QLabel;
class QPushButton;

namespace latent::ui {

class ParameterForm;

class RunForm : public QWidget {
  Q_OBJECT
 public:
  explicit RunForm(const Workbench& bench, QWidget* parent = nullptr);

 signals:
  void changedLive(const latent::RunId& run, const QString& words);
  void takeOverRequested(const latent::RunConfig& config); ///< into the next run

 private:
  void refresh();
  void changeLive(const QString& key, const ParameterValue& value);
  ParameterSchema schemaOf(const std::string& family) const;

  Workbench m_bench;
  QLabel* m_state;
  QPushButton* m_takeOver;
  ParameterForm* m_form;
  RunId m_run;
  std::map<RunId, Parameters> m_changed; ///< live changes of this session
};

} // namespace latent::ui
