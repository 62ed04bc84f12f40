// The parameters of the active run: fixed, but for those that may change while it trains.
#pragma once

#include "core/base/focus.h"
#include "core/base/run_config.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace latent::ui {

class ParameterForm;

class RunForm : public QWidget {
  Q_OBJECT
 public:
  explicit RunForm(const Workbench& bench, QWidget* parent = nullptr);

 signals:
  void takeOverRequested(const latent::RunConfig& config); ///< into the next run
  void forkRequested(const latent::RunId& run);            ///< to change what is fixed here

 private:
  void refresh();
  void showContinue();
  void changeLive(const QString& key, const ParameterValue& value);
  ParameterSchema schemaOf(const std::string& family) const;

  Workbench m_bench;
  QLabel* m_state;
  QPushButton* m_continue; ///< where it was stopped
  QPushButton* m_fork;
  QPushButton* m_takeOver;
  ParameterForm* m_form;
  RunId m_run;
};

} // namespace latent::ui
