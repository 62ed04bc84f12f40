#include "ui/views/window/form_rows.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>

namespace latent::ui {

QFormLayout* emptyForm(QWidget* content) {
  auto* form = new QFormLayout(content);
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(12);
  form->setVerticalSpacing(6);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  return form;
}

void addRow(QFormLayout* form, const QString& words, QWidget* field, QWidget* named) {
  auto* label = new QLabel(words, form->parentWidget());
  label->setBuddy(named);
  named->setAccessibleName(words);
  form->addRow(label, field);
}

QWidget* beside(std::initializer_list<QWidget*> parts, QWidget* parent) {
  auto* line = new QWidget(parent);
  auto* layout = new QHBoxLayout(line);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  for (QWidget* part : parts) layout->addWidget(part, 1);
  return line;
}

} // namespace latent::ui
