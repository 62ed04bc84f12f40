#include "ui/widgets/parameter_control.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyleOptionButton>
#include <QStylePainter>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

QString plainNumber(double value) {
  return QString::fromStdString(formatParameter(value));
}

/// The next rung of 1, 2, 5, 10, 20, 50 ... above or below a positive value.
double nextRung(double value, int direction) {
  constexpr double slack = 1e-9; // 0.5 computed as 0.49999999999 is the rung itself
  const int decade = static_cast<int>(std::floor(std::log10(value)));
  double best = value;
  for (int power = decade - 1; power <= decade + 1; ++power) {
    for (const int digit : {1, 2, 5}) {
      // Through text, so that 5e-4 is the nearest double to what is shown.
      const double rung = QStringLiteral("%1e%2").arg(digit).arg(power).toDouble();
      if (direction > 0 && rung > value * (1 + slack) && (best == value || rung < best)) best = rung;
      if (direction < 0 && rung < value * (1 - slack) && (best == value || rung > best)) best = rung;
    }
  }
  return best;
}

/// A field for numbers, lists of numbers and integer lists.
class FieldControl : public ParameterControl {
 public:
  FieldControl(const ParameterSpec& parameter, QWidget* parent)
      : ParameterControl(parameter, parent), m_edit(new QLineEdit(parent)) {
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textEdited, this, &FieldControl::edited);
    connect(m_edit, &QLineEdit::editingFinished, this, &FieldControl::committed);
  }

  QWidget* editor() const override { return m_edit; }

  std::vector<ParameterValue> values() const override {
    std::vector<ParameterValue> values;
    for (const QString& part : parts()) {
      auto value = parseParameter(spec(), part.toStdString());
      if (!value || (m_single && !values.empty())) return {};
      if (std::ranges::find(values, *value) != values.end()) return {};
      values.push_back(std::move(*value));
    }
    return values;
  }

  QString error() const override {
    std::vector<ParameterValue> values;
    for (const QString& part : parts()) {
      auto value = parseParameter(spec(), part.toStdString());
      if (!value) return refusal(part);
      if (std::ranges::find(values, *value) != values.end()) return tr("%1 is listed twice.").arg(part);
      values.push_back(std::move(*value));
    }
    if (m_single && values.size() > 1) return tr("An existing run takes one value.");
    return {};
  }

  void setValues(const std::vector<ParameterValue>& values) override {
    QStringList texts;
    for (const ParameterValue& value : values) texts << shownValue(value);
    setText(texts.join(isList() ? QStringLiteral("; ") : QStringLiteral(", ")));
  }

  void setSingle(bool single) override { m_single = single; }
  QString text() const override { return m_edit->text(); }
  void setText(const QString& text) override {
    if (m_edit->text() != text) m_edit->setText(text); // an equal text keeps the cursor where it is
  }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
      const auto* key = static_cast<QKeyEvent*>(event);
      if (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down) {
        step(key->key() == Qt::Key_Up ? 1 : -1, key->modifiers() & Qt::ShiftModifier);
        return true;
      }
    }
    return ParameterControl::eventFilter(watched, event);
  }

 private:
  bool isList() const { return spec().type == ParameterType::integerList; }

  /// What is typed, cut into values. Lists of integers use the comma themselves, so their lists use the
  /// semicolon.
  QStringList parts() const {
    if (!spec().sweepable) return {m_edit->text().trimmed()};
    QStringList parts = m_edit->text().split(isList() ? QLatin1Char(';') : QLatin1Char(','));
    for (QString& part : parts) part = part.trimmed();
    return parts;
  }

  QString refusal(const QString& part) const {
    const QString wanted = spec().type == ParameterType::real ? tr("a number")
                           : spec().type == ParameterType::integer
                               ? tr("a whole number")
                               : tr("whole numbers, such as 500, 500, each");
    if (part.isEmpty()) return tr("Give %1 from %2.").arg(wanted, rangeText(spec()));
    return tr("\u201c%1\u201d does not fit. Give %2 from %3.").arg(part, wanted, rangeText(spec()));
  }

  void step(int direction, bool coarse) {
    const std::vector<ParameterValue> now = values();
    if (now.size() != 1 || isList()) return; // there is no one number to step
    setText(shownValue(steppedValue(spec(), now.front(), direction, coarse)));
    emit edited();
    emit committed();
  }

  QLineEdit* m_edit;
  bool m_single = false;
};

/// A box that the wheel moves only when it has the focus.
class ChoiceBox : public QComboBox {
 public:
  using QComboBox::QComboBox;

 protected:
  void wheelEvent(QWheelEvent* event) override {
    if (hasFocus())
      QComboBox::wheelEvent(event);
    else
      event->ignore(); // the form scrolls instead
  }
};

class ChoiceControl : public ParameterControl {
 public:
  ChoiceControl(const ParameterSpec& parameter, QWidget* parent)
      : ParameterControl(parameter, parent), m_box(new ChoiceBox(parent)) {
    m_box->setFocusPolicy(Qt::StrongFocus);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(6);
    for (const std::string& choice : parameter.choices) m_box->addItem(QString::fromStdString(choice));
    connect(m_box, &QComboBox::activated, this, [this] { announce(); });
    connect(m_box, &QComboBox::currentIndexChanged, this, [this] {
      if (m_box->hasFocus()) announce();
    });
  }

  QWidget* editor() const override { return m_box; }
  std::vector<ParameterValue> values() const override { return {m_box->currentText().toStdString()}; }
  QString error() const override { return {}; }
  void setValues(const std::vector<ParameterValue>& values) override {
    if (!values.empty()) setText(shownValue(values.front()));
  }
  void setSingle(bool) override {}
  QString text() const override { return m_box->currentText(); }
  void setText(const QString& text) override {
    const QSignalBlocker quiet(m_box);
    m_box->setCurrentText(text);
    m_announced = m_box->currentText();
  }

 private:
  // A choice from the list sends activated and currentIndexChanged; keys may send only the second. Once is
  // enough.
  void announce() {
    if (m_announced == m_box->currentText()) return;
    m_announced = m_box->currentText();
    emit edited();
    emit committed();
  }

  ChoiceBox* m_box;
  QString m_announced;
};

/// A menu that stays open while one ticks.
class TickMenu : public QMenu {
 public:
  using QMenu::QMenu;

 protected:
  void mouseReleaseEvent(QMouseEvent* event) override {
    QAction* action = activeAction();
    if (action && action->isEnabled() && action->isCheckable())
      action->trigger();
    else
      QMenu::mouseReleaseEvent(event);
  }
  void keyPressEvent(QKeyEvent* event) override {
    QAction* action = activeAction();
    if (event->key() == Qt::Key_Space && action && action->isCheckable())
      action->trigger();
    else
      QMenu::keyPressEvent(event);
  }
};

/// Looks like a box: its text stands at the left and is elided, which a style sheet cannot ask for.
class TicksButton : public QPushButton {
 public:
  using QPushButton::QPushButton;

 protected:
  void paintEvent(QPaintEvent*) override {
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    painter.drawControl(QStyle::CE_PushButton, option);
    constexpr int inset = 8, arrow = 12;
    const QRect arrowRect(width() - arrow - 5, (height() - arrow) / 2, arrow, arrow);
    const QIcon::Mode mode = isEnabled() ? QIcon::Normal : QIcon::Disabled;
    themedIcon(QStringLiteral("chevron-down"), colours(this).muted)
        .paint(&painter, arrowRect, Qt::AlignCenter, mode);
    const QRect words = rect().adjusted(inset, 0, -2 * inset - arrow, 0);
    painter.setPen(
        palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText));
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
  }
};

class TicksControl : public ParameterControl {
 public:
  TicksControl(const ParameterSpec& parameter, QWidget* parent)
      : ParameterControl(parameter, parent),
        m_button(new TicksButton(parent)),
        m_menu(new TickMenu(m_button)) {
    for (const std::string& choice : parameter.choices) {
      QAction* action = m_menu->addAction(QString::fromStdString(choice));
      action->setCheckable(true);
      connect(action, &QAction::triggered, this, [this, action](bool ticked) {
        if (m_single && ticked)
          for (QAction* other : m_menu->actions()) other->setChecked(other == action);
        showTicks();
        emit edited();
        emit committed();
      });
    }
    m_button->setMenu(m_menu);
    m_button->setProperty("role", "ticks");
  }

  QWidget* editor() const override { return m_button; }
  std::vector<ParameterValue> values() const override {
    std::vector<ParameterValue> values;
    for (const QAction* action : m_menu->actions())
      if (action->isChecked()) values.emplace_back(action->text().toStdString());
    return values;
  }
  QString error() const override { return values().empty() ? tr("Tick at least one.") : QString(); }
  void setValues(const std::vector<ParameterValue>& values) override {
    QStringList texts;
    for (const ParameterValue& value : values) texts << shownValue(value);
    setText(texts.join(QStringLiteral(", ")));
  }
  void setSingle(bool single) override { m_single = single; }
  QString text() const override {
    QStringList ticked;
    for (const QAction* action : m_menu->actions())
      if (action->isChecked()) ticked << action->text();
    return ticked.join(QStringLiteral(", "));
  }
  void setText(const QString& text) override {
    const QStringList wanted = text.split(QStringLiteral(", "));
    for (QAction* action : m_menu->actions()) action->setChecked(wanted.contains(action->text()));
    showTicks();
  }

 private:
  void showTicks() { m_button->setText(text().isEmpty() ? tr("none") : text()); }

  QPushButton* m_button;
  TickMenu* m_menu;
  bool m_single = false;
};

class FlagControl : public ParameterControl {
 public:
  FlagControl(const ParameterSpec& parameter, QWidget* parent)
      : ParameterControl(parameter, parent), m_box(new QCheckBox(parent)) {
    connect(m_box, &QCheckBox::clicked, this, [this] {
      emit edited();
      emit committed();
    });
  }

  QWidget* editor() const override { return m_box; }
  std::vector<ParameterValue> values() const override { return {m_box->isChecked()}; }
  QString error() const override { return {}; }
  void setValues(const std::vector<ParameterValue>& values) override {
    if (!values.empty()) m_box->setChecked(std::get<bool>(values.front()));
  }
  void setSingle(bool) override {}
  QString text() const override { return shownValue(m_box->isChecked()); }
  void setText(const QString& text) override { m_box->setChecked(text == QLatin1String("true")); }

 private:
  QCheckBox* m_box;
};

} // namespace

ParameterControl* ParameterControl::make(const ParameterSpec& spec, QWidget* parent) {
  ParameterControl* control = nullptr;
  switch (spec.type) {
  case ParameterType::integer:
  case ParameterType::real:
  case ParameterType::integerList:
    control = new FieldControl(spec, parent);
    break;
  case ParameterType::choice:
    if (spec.sweepable)
      control = new TicksControl(spec, parent);
    else
      control = new ChoiceControl(spec, parent);
    break;
  case ParameterType::flag:
    control = new FlagControl(spec, parent);
    break;
  }
  control->setValues({spec.standard});
  return control;
}

QString shownValue(const ParameterValue& value) {
  return QString::fromStdString(formatParameter(value)).replace(QLatin1String(","), QLatin1String(", "));
}

QString rangeText(const ParameterSpec& spec) {
  if (spec.type == ParameterType::flag || spec.type == ParameterType::choice) return {};
  return ParameterControl::tr("%1 to %2").arg(plainNumber(spec.minimum), plainNumber(spec.maximum));
}

ParameterValue steppedValue(const ParameterSpec& spec, const ParameterValue& value, int direction,
                            bool coarse) {
  const bool whole = spec.type == ParameterType::integer;
  const auto* integer = std::get_if<int64_t>(&value);
  const double now = integer ? static_cast<double>(*integer) : std::get<double>(value);
  double next = now;
  if (spec.logarithmic && now > 0) {
    for (int rung = 0; rung < (coarse ? 3 : 1); ++rung)
      next = nextRung(next, direction); // three rungs are a decade
  } else if (spec.logarithmic) {
    next = direction > 0 ? std::max(spec.minimum, whole ? 1.0 : 1e-6) : now; // zero is below the ladder
  } else {
    const double span = (spec.maximum - spec.minimum) / 100;
    const double single = whole ? 1 : QStringLiteral("1e%1").arg(std::floor(std::log10(span))).toDouble();
    const double size = single * (coarse ? 10 : 1);
    next = now + direction * size;
    next = QString::number(next, 'g', 12).toDouble(); // 0.30000000000000004 is shown as 0.3
  }
  next = std::clamp(next, spec.minimum, spec.maximum);
  if (whole) return static_cast<int64_t>(std::llround(direction > 0 ? std::ceil(next) : std::floor(next)));
  return next;
}

} // namespace latent::ui
