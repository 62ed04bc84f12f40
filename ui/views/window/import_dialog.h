// A model from elsewhere: how it is to be read, and what it makes of 16 images before it is accepted.
#pragma once

#include "ui/bridge/model_import.h"
#include "ui/views/shared/workbench.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace latent::ui {

class ImageGrid;
class ParameterForm;

class ImportDialog : public QDialog {
  Q_OBJECT
 public:
  ImportDialog(const Workbench& bench, const QString& file, QWidget* parent);

 signals:
  void opened(const QString& folder); ///< accepted: a run among the others

 private:
  QWidget* makeForm();
  void fillDatasets();
  void takeFile(const ModelFile& file);
  void takeFamily();
  void changed();
  void tryIt();
  void showPreview(const ModelPreview& preview);
  void say(const QString& problem, const QStringList& notes);
  ModelReading reading(QString* problem) const;

  Workbench m_bench;
  QString m_path;
  ModelImport m_import;
  ModelFile m_file;
  bool m_known = false;   ///< what kind of file it is
  bool m_trusted = false; ///< a module's code may be run
  QTimer m_pause;         ///< while somebody types
  QLabel* m_content;
  QComboBox* m_dataset;
  QComboBox* m_family;
  ParameterForm* m_parameters;
  QComboBox* m_range;
  QComboBox* m_output;
  QComboBox* m_channels;
  QLineEdit* m_mean;
  QLineEdit* m_deviation;
  QPushButton* m_run;
  ImageGrid* m_images;
  QLabel* m_notes;
  QPushButton* m_open;
  std::vector<QWidget*> m_ofWeights, m_ofModules;
};

} // namespace latent::ui
