// One latent: its name and use, its slider over the data's histogram, its strip of images.
#pragma once

#include <QString>
#include <QWidget>

namespace latent::ui {

class HistogramSlider;
class ImageMatrix;

/// Where the three parts stand; the same for all rows.
struct RowPlan {
  int height = 70;
  int label = 72;
  int slider = 184;
  bool operator==(const RowPlan&) const = default;
};

class TraverseRow : public QWidget {
  Q_OBJECT
 public:
  explicit TraverseRow(QWidget* parent = nullptr);

  int latent() const { return m_latent; } ///< -1 = out of use
  void setLatent(int latent) { m_latent = latent; }
  void setPlan(const RowPlan& plan);
  /// "z3", "KL 1.84"; `dead` rows are dimmed.
  void setWords(const QString& name, const QString& use, bool dead);
  void setValue(float z); ///< beside the name and on the slider
  void setCurrent(bool current, bool focused);
  HistogramSlider* slider() const { return m_slider; }
  ImageMatrix* strip() const { return m_strip; }

 signals:
  void pressed(); ///< somewhere on it

 protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void mousePressEvent(QMouseEvent*) override;

 private:
  int m_latent = -1;
  RowPlan m_plan;
  QString m_name, m_use, m_value;
  bool m_dead = false, m_current = false, m_focused = false;
  HistogramSlider* m_slider;
  ImageMatrix* m_strip;
};

} // namespace latent::ui
