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

/// What stands at the tick: short, but where a name explains an abbreviation in brackets, all of it. "MAE"
/// alone would be read as the masked autoencoder.
QString tickText(const FamilyInfo& family) {
  const bool explains = family.name.find('(') != std::string::npos;
  return QString::fromStdString(explains ? family.name : family.shortName);
}

bool isWide(const FamilyInfo& family) {
  return tickText(family).size() > 12;
}

} // namespace

FamilyTicks::FamilyTicks(const std::vector<FamilyInfo>& families, QWidget* parent) : QWidget(parent) {
  const auto trainable = std::ranges::count_if(families, &FamilyInfo::trainable);
  auto* cells = new QGridLayout(this);
  cells->setContentsMargins(0, 0, 0, 0);
  cells->setHorizontalSpacing(12);
  cells->setVerticalSpacing(4);
  auto* label = new QLabel(tr("Models"), this);
  label->setMinimumHeight(controlHeight);
  const bool oneLine = trainable < columns; // the label leaves room for two
  cells->addWidget(label, 0, 0);
  if (oneLine) cells->setColumnStretch(0, 1);
  for (const FamilyInfo& family : families) {
    if (!family.trainable) continue;
    const QString name = QString::fromStdString(family.name);
    auto* box = new QCheckBox(tickText(family), this);
    box->setObjectName("family-" + QString::fromStdString(family.id));
    box->setToolTip(name);
    box->setChecked(family.id == "vae");
    setHelp(box,
            {name,
             tr("%1 Tick several models to train one of each.").arg(QString::fromStdString(family.summary)),
             tr("minimised: %1").arg(QString::fromStdString(family.objective))});
    connect(box, &QCheckBox::toggled, this, &FamilyTicks::changed);
    m_boxes.emplace_back(box, family);
  }
  int place = 0;
  for (const auto& [box, family] : m_boxes) {
    if (oneLine)
      cells->addWidget(box, 0, 1 + place++);
    else if (!isWide(family)) {
      cells->addWidget(box, 1 + place / columns, place % columns);
      ++place;
    }
  }
  int line = 1 + (place + columns - 1) / columns;
  for (const auto& [box, family] : m_boxes)
    if (!oneLine && isWide(family)) cells->addWidget(box, line++, 0, 1, columns); // a line of its own, below
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
