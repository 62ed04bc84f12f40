// The data set of the next run: which, whether it is here, and an offer to fetch it.
#pragma once

#include "core/base/image.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

#include <optional>
#include <string>

class QComboBox;
class QLabel;
class QPushButton;

namespace latent::ui {

class ThinBar;

class DatasetRow : public QWidget {
  Q_OBJECT
 public:
  explicit DatasetRow(const Workbench& bench, QWidget* parent = nullptr);

  std::string current() const;
  QString currentName() const;
  void select(const std::string& id); ///< remembered until the list has it
  bool available() const;             ///< the chosen one can be trained on now
  bool canDownload() const;           ///< it is not here, and known to be elsewhere
  QString downloadWords() const;      ///< "Download MNIST (12 MB)"
  void download();
  std::optional<ImageShape> shape() const; ///< of its images, where it is available

 signals:
  void chosen(); ///< by the person, or its state changed

 private:
  void refill();
  void refresh();
  void refreshJob();

  Workbench m_bench;
  QComboBox* m_box;
  QLabel* m_state;
  QPushButton* m_download;
  ThinBar* m_progress;
  std::string m_wanted;
};

} // namespace latent::ui
