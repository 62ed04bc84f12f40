#include "ui/widgets/empty_state.h"

#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace latent::ui {

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent),
      m_sentence(new QLabel(this)),
      m_button(new QPushButton(this)),
      m_second(new QPushButton(this)) {
  m_sentence->setAlignment(Qt::AlignCenter);
  m_sentence->setWordWrap(true);
  setRole(m_sentence, "muted");
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  buttons->addStretch();
  buttons->addWidget(m_button);
  buttons->addWidget(m_second);
  buttons->addStretch();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 12, 12, 12);
  layout->setSpacing(12);
  layout->addStretch();
  layout->addWidget(m_sentence);
  layout->addLayout(buttons);
  layout->addStretch();
  connect(m_button, &QPushButton::clicked, this, &EmptyState::clicked);
  connect(m_second, &QPushButton::clicked, this, &EmptyState::secondClicked);
  setContent({}, {});
}

void EmptyState::setTight() {
  layout()->setContentsMargins(0, 0, 0, 0);
  layout()->setSpacing(8);
}

void EmptyState::setContent(const QString& sentence, const QString& button, const QString& secondButton) {
  m_sentence->setText(sentence);
  m_button->setText(button);
  m_button->setVisible(!button.isEmpty());
  m_second->setText(secondButton);
  m_second->setVisible(!secondButton.isEmpty());
}

QString EmptyState::sentence() const {
  return m_sentence->text();
}

} // namespace latent::ui
