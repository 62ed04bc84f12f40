#include "ui/views/explore/selected_panel.h"

#include "ui/views/explore/image_rows.h"
#include "ui/views/shared/navigator.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {

SelectedPanel::SelectedPanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_caption(new QLabel(this)),
      m_rows(new ImageRows(bench, 2, tr("Selected images"), this)) {
  setObjectName("selectedImages");
  auto* clear = new QToolButton(this);
  clear->setText(tr("Clear"));
  clear->setToolTip(tr("Select nothing (Esc on the plane)"));
  clear->setFocusPolicy(Qt::TabFocus);
  setRole(clear, "small");
  setRole(m_caption, "heading");
  auto* head = new QHBoxLayout;
  head->addWidget(m_caption, 1);
  head->addWidget(clear);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addLayout(head);
  column->addWidget(m_rows, 1);
  setHelp(this,
          {tr("Selected images"),
           tr("Test images whose codes lie inside the lasso (Shift-drag on the plane). They stay selected "
              "in other runs of the same data. A click takes one as the input."),
           {}});
  connect(clear, &QToolButton::clicked, this, [this] { m_bench.navigator->select({}); });
  connect(bench.navigator, &Navigator::selectionChanged, this, &SelectedPanel::refresh);
  connect(m_rows, &ImageRows::capacityChanged, this, &SelectedPanel::refresh);
  refresh();
}

void SelectedPanel::refresh() {
  const std::vector<int64_t>& all = m_bench.navigator->selection();
  setVisible(!all.empty());
  m_caption->setText(tr("%Ln selected", nullptr, static_cast<int>(all.size())));
  const size_t seen = std::min(all.size(), static_cast<size_t>(m_rows->capacity()));
  std::vector<int64_t> some;
  for (size_t i = 0; i < seen; ++i) some.push_back(all[i * all.size() / seen]);
  m_rows->setImages(some);
}

} // namespace latent::ui
