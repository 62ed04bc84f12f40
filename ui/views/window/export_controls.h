// Everything that a person chooses of an exported figure.
#pragma once

#include "ui/views/window/export_settings.h"
#include "ui/views/window/figure_choice.h"

#include <QWidget>

#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace latent::ui {

class FileField;

class ExportControls : public QWidget {
  Q_OBJECT
 public:
  ExportControls(const std::vector<FigureChoice>& choices, size_t current, const ExportSettings& settings,
                 QWidget* parent);

  size_t choice() const;
  FigurePage page() const;
  FigureFiles files() const;
  ExportSettings settings() const; ///< what is chosen now
  QString extension() const;
  void setFile(const QString& file);
  /// What is wrong with the file's name or folder, as one sentence; "" = nothing.
  QString problem() const;
  /// Files of that name that are there already and would be replaced.
  QStringList replaced() const;

  /// What the figure holds decides what can be chosen.
  void setFigure(const Figure& figure);

 signals:
  void choiceChanged();
  void widthChanged(); ///< the figure is to be made anew
  void pageChanged();  ///< only to be drawn
  void fileChanged();

 private:
  void makeFields(const ExportSettings& settings);
  void layOut();
  void connectFields();
  void takePreset();
  void showPreset();
  void takeExtension();
  void typed();
  void enable();

  std::vector<FigureChoice> m_choices;
  ExportSettings m_start;
  QComboBox* m_kind;
  QComboBox* m_format;
  QComboBox* m_preset;
  QDoubleSpinBox* m_width;
  QDoubleSpinBox* m_height;
  QDoubleSpinBox* m_font;
  QDoubleSpinBox* m_line;
  QSpinBox* m_dpi;
  QComboBox* m_colour;
  QCheckBox* m_hasTitle;
  QLineEdit* m_title;
  QComboBox* m_legend;
  QCheckBox* m_smooth;
  QCheckBox* m_numbers;
  QCheckBox* m_tex;
  QCheckBox* m_sidecar;
  FileField* m_file;
  QLabel* m_note;                                                               ///< beneath the file
  bool m_curves = true, m_images = true, m_legendUsed = true, m_texUsed = true; ///< in the figure
};

} // namespace latent::ui
