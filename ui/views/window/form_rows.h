// Rows of the forms on the left of the export dialogs.
#pragma once

#include <QString>

#include <initializer_list>

class QFormLayout;
class QWidget;

namespace latent::ui {

QFormLayout* emptyForm(QWidget* content);
/// `words` label the row and name `named`, the field itself or its first part.
void addRow(QFormLayout* form, const QString& words, QWidget* field, QWidget* named);
/// Parts of one row, equally wide.
QWidget* beside(std::initializer_list<QWidget*> parts, QWidget* parent);

} // namespace latent::ui
