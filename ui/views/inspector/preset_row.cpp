#include "ui/views/inspector/preset_row.h"

#include "ui/views/inspector/setup_words.h"
#include "ui/views/inspector/still_box.h"
#include "ui/views/shared/messages.h"
#include "ui/widgets/help_popover.h"

#include <QAbstractItemView>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int widestList = 560; // px

} // namespace

PresetRow::PresetRow(const Workbench& bench, QWidget* parent) : QWidget(parent), m_box(new StillBox(this)) {
  auto* line = new QHBoxLayout(this);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(8);
  auto* label = new QLabel(tr("Preset"), this);
  label->setBuddy(m_box);
  label->setMinimumWidth(setupLabelWidth);
  line->addWidget(label);
  line->addWidget(m_box, 1);
  m_box->setObjectName("preset");
  m_box->setAccessibleName(tr("Preset"));
  m_box->setFocusPolicy(Qt::StrongFocus);
  m_box->setPlaceholderText(tr("Choose…"));
  m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setHelp(m_box,
          {tr("Preset"),
           tr("Settings that show what a model is for. Choosing one fills in the form; every value can "
              "be changed before training.")});
  connect(m_box, &QComboBox::activated, this, [this](int at) {
    m_box->setToolTip(m_box->currentText());
    emit chosen(m_presets[static_cast<size_t>(at)]);
  });
  hide();
  readPresets(
      *bench.jobs, this,
      [this, messages = bench.messages](const std::vector<PresetCard>& presets, const QStringList& problems) {
        fill(presets);
        if (!problems.isEmpty()) messages->error(problems.first());
      });
}

void PresetRow::fill(const std::vector<PresetCard>& presets) {
  m_presets = presets;
  for (const PresetCard& preset : m_presets) {
    m_box->addItem(preset.name);
    m_box->setItemData(m_box->count() - 1, preset.name, Qt::ToolTipRole);
  }
  m_box->setCurrentIndex(-1);
  // The names are sentences: the list is wider than the box.
  m_box->view()->setMinimumWidth(std::min(widestList, m_box->view()->sizeHintForColumn(0) + 24));
  setVisible(!m_presets.empty());
}

void PresetRow::clear() {
  m_box->setCurrentIndex(-1);
  m_box->setToolTip({});
}

} // namespace latent::ui
