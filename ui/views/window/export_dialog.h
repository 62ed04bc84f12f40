// Which view is written where, how wide and how fine.
#pragma once

#include "ui/bridge/library_bridge.h"
#include "ui/views/window/exporter.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace latent::ui {

class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  ExportDialog(const ExportSettings& settings, FigureRequest::Kind kind, QWidget* parent);

  FigureRequest::Kind kind() const;
  QString file() const;
  void setFile(const QString& file);
  ExportSettings settings() const;

 signals:
  void kindChosen(latent::ui::FigureRequest::Kind kind);

 private:
  void refresh();
  void browse();

  QComboBox* m_kind;
  QLineEdit* m_file;
  QComboBox* m_width;
  QDoubleSpinBox* m_millimetres;
  QSpinBox* m_dpi;
  QLabel* m_problem;
  QPushButton* m_write;
};

} // namespace latent::ui
