#include "ui/views/inspector/family_ticks.h"

#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int columns = 3;

} // namespace

FamilyTicks::FamilyTicks(const std::vector<FamilyInfo>& families, QWidget* parent) : QWidget(parent) {
  const auto trainable = std::ranges::count_if(families, &FamilyInfo::trainable);
  auto* cells = new QGridLayout(this);
  cells->setContentsMargins(0, 0, 0, 0);
  cells->setHorizontalSpacing(12);
  cells->setVerticalSpacing(4);
  auto* label = new QLabel(tr("Model"), this);
  label->setMinimumHeight(controlHeight);
  const bool oneLine = trainable < columns; // the label leaves room for two
  cells->addWidget(label, 0, 0);
  if (oneLine) cells->setColumnStretch(0, 1);
  for (const FamilyInfo& family : families) {
    if (!family.trainable) continue;
    const QString name = QString::fromStdString(family.name);
    auto* box = new QCheckBox(QString::fromStdString(family.shortName), this);
    box->setObjectName("family-" + QString::fromStdString(family.id));
    box->setToolTip(name);
    box->setChecked(family.id == "vae");
    setHelp(box,
            {name,
             tr("%1 Tick several models to train one of each.").arg(QString::fromStdString(family.summary)),
             tr("minimised: %1").arg(QString::fromStdString(family.objective))});
    connect(box, &QCheckBox::toggled, this, &FamilyTicks::changed);
    const int at = static_cast<int>(m_boxes.size());
    if (oneLine)
      cells->addWidget(box, 0, 1 + at);
    else
      cells->addWidget(box, 1 + at / columns, at % columns);
    m_boxes.emplace_back(box, family);
  }
}

std::vector<FamilyInfo> FamilyTicks::ticked() const {
  std::vector<FamilyInfo> families;
  for (const auto& [box, family] : m_boxes)
    if (box->isChecked()) families.push_back(family);
  return families;
}

void FamilyTicks::tick(const std::vector<std::string>& ids) {
  for (const auto& [box, family] : m_boxes) {
    const QSignalBlocker quiet(box);
    box->setChecked(std::ranges::find(ids, family.id) != ids.end());
  }
  emit changed();
}

} // namespace latent::ui
