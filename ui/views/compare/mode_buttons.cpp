#include "ui/views/compare/mode_buttons.h"

#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

#include <utility>

namespace latent::ui {

ModeButtons::ModeButtons(QWidget* parent) : QWidget(parent), m_buttons(new QButtonGroup(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  const std::pair<const char*, QString> names[compareModes] = {{"modeReconstruct", tr("Reconstruct")},
                                                               {"modeNoise", tr("Noise")},
                                                               {"modeSample", tr("Sample")},
                                                               {"modeInterpolate", tr("Interpolate")},
                                                               {"modeSweep", tr("Sweep")}};
  const HelpText help[compareModes] = {
      {tr("Reconstruct"), tr("Test images, and what each row makes of them by the mean of its code."),
       tr("x̂ = decoder(mu(x))")},
      {tr("Noise"),
       tr("The codes of the inputs, moved by more and more noise: the same noise for every row."),
       tr("x̂ = decoder(mu(x) + σ s eps),  eps ~ N(0, I)")},
      {tr("Sample"),
       tr("New images: decoded draws from the prior, or from a Gaussian fitted to the codes where "
          "there is none."),
       tr("z ~ N(0, I),  x̂ = decoder(z)")},
      {tr("Interpolate"), tr("The way between two codes."), tr("z(t) = (1 − t) a + t b")},
      {tr("Sweep"), tr("One latent moves, all others stay."), tr("z = start + (value − start_j) e_j")}};
  for (int i = 0; i < compareModes; ++i) {
    auto* button = new QToolButton(this);
    button->setObjectName(QLatin1String(names[i].first));
    button->setText(names[i].second);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(help[i].paragraph);
    setRole(button, "segment");
    setHelp(button, help[i]);
    m_buttons->addButton(button, i);
    row->addWidget(button);
  }
  setMode(CompareMode::reconstruct);
  connect(m_buttons, &QButtonGroup::idClicked, this,
          [this](int id) { emit modeChosen(static_cast<CompareMode>(id)); });
}

void ModeButtons::setMode(CompareMode mode) {
  m_buttons->button(static_cast<int>(mode))->setChecked(true);
}

} // namespace latent::ui
