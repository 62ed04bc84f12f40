// The settings of Compare's modes: one compact row, another when there is no room.
#pragma once

#include "core/base/frames.h"
#include "ui/views/compare/compare_settings.h"

#include <QStringList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace latent::ui {

class CompareBar : public QWidget {
  Q_OBJECT
 public:
  explicit CompareBar(QWidget* parent = nullptr);

  const CompareSettings& settings() const { return m_settings; }
  void setSettings(const CompareSettings& settings); ///< does not emit
  /// What the window has to choose from.
  void setChoices(int64_t testImages, int latents, const QStringList& pins, const QString& keptEpochs,
                  const QString& activeTitle);
  void setNote(const QString& note); ///< at the end of the row, muted
  QString note() const;

 signals:
  void edited();
  void againRequested(); ///< best and worst of the weights that are shown now

 private:
  QWidget* field(const QString& caption, QWidget* control);
  QComboBox* choice(const QString& name, const QString& words, const QStringList& items);
  QSpinBox* number(const QString& name, const QString& words, int low, int high);
  QDoubleSpinBox* real(const QString& name, const QString& words, double low, double high);
  void makeRows();
  void makeInputs();
  void makeNoise();
  void makeSample();
  void makeInterpolate();
  void makeSweep();
  void makeSeed();
  void explain();
  void refresh(); ///< shows what the mode has, with its values
  void showInputs();
  void showNoise();
  void showSample();
  void showInterpolate();
  void showSweep();
  void read(); ///< takes what the controls say
  void reseed();
  uint64_t* seed();
  InputChoice* inputs();
  void fillEnd(QComboBox* box, const PathEnd& end) const;
  PathEnd readEnd(const QComboBox* box, const QSpinBox* item) const;

  CompareSettings m_settings;
  QStringList m_pins;
  bool m_filling = false;

  QComboBox* m_rows = nullptr;
  QLineEdit* m_epochs = nullptr;
  QWidget* m_epochsField = nullptr;
  QComboBox* m_inputs = nullptr;
  QWidget* m_inputsField = nullptr;
  QSpinBox* m_inputCount = nullptr;
  QToolButton* m_again = nullptr;
  QCheckBox* m_errorMap = nullptr;

  QLineEdit* m_sigmas = nullptr;
  QWidget* m_sigmasField = nullptr;
  QComboBox* m_scale = nullptr;
  QComboBox* m_draws = nullptr;
  QWidget* m_drawsField = nullptr;
  QSpinBox* m_drawCount = nullptr;

  QSpinBox* m_sampleCount = nullptr;
  QWidget* m_sampleField = nullptr;
  QDoubleSpinBox* m_temperature = nullptr;
  QWidget* m_temperatureField = nullptr;
  QComboBox* m_bernoulli = nullptr;

  QComboBox* m_from = nullptr;
  QComboBox* m_to = nullptr;
  QSpinBox* m_fromItem = nullptr;
  QSpinBox* m_toItem = nullptr;
  QWidget* m_fromField = nullptr;
  QWidget* m_toField = nullptr;
  QComboBox* m_path = nullptr;
  QCheckBox* m_loop = nullptr;

  QSpinBox* m_latent = nullptr;
  QWidget* m_latentField = nullptr;
  QComboBox* m_start = nullptr;
  QWidget* m_startField = nullptr;
  QComboBox* m_range = nullptr;
  QWidget* m_rangeField = nullptr;
  QDoubleSpinBox* m_low = nullptr;
  QDoubleSpinBox* m_high = nullptr;

  QSpinBox* m_frames = nullptr;
  QWidget* m_framesField = nullptr;
  QSpinBox* m_seed = nullptr;
  QWidget* m_seedField = nullptr;
  QToolButton* m_reseed = nullptr;
  QLabel* m_note = nullptr;
};

} // namespace latent::ui
