#include "ui/views/window/present_mode.h"

#include "ui/widgets/theme.h"

#include <QApplication>
#include <QCursor>
#include <QEvent>
#include <QMainWindow>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr double presentedText = 1.5;
constexpr int ringSide = 52;

/// A ring with a dot where the pointer is. It is a cursor: following the pointer costs no painting.
QCursor ringCursor(const QWidget* window) {
  const double ratio = window->devicePixelRatioF();
  QPixmap picture((QSizeF(ringSide, ringSide) * ratio).toSize());
  picture.setDevicePixelRatio(ratio);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  const QPointF middle(ringSide / 2.0, ringSide / 2.0);
  // Dark under bright: seen on any picture.
  painter.setPen(QPen(QColor(0, 0, 0, 160), 6));
  painter.drawEllipse(middle, 20, 20);
  painter.setPen(QPen(QColor(0xF0, 0xB4, 0x4A), 3));
  painter.drawEllipse(middle, 20, 20);
  painter.setPen(QPen(QColor(0, 0, 0, 160), 1));
  painter.setBrush(QColor(0xF0, 0xB4, 0x4A));
  painter.drawEllipse(middle, 3, 3);
  return QCursor(picture, ringSide / 2, ringSide / 2);
}

} // namespace

PresentMode::PresentMode(QMainWindow* window, std::vector<QWidget*> panels, std::function<void()> theme)
    : QObject(window),
      m_window(window),
      m_panels(std::move(panels)),
      m_theme(std::move(theme)),
      m_curtain(new QWidget(window)) {
  m_curtain->setObjectName("curtain");
  m_curtain->setAutoFillBackground(true);
  m_curtain->setStyleSheet(QStringLiteral("background: black;"));
  m_curtain->hide();
  m_curtain->installEventFilter(this);
  window->installEventFilter(this);
  for (QWidget* panel : m_panels) panel->installEventFilter(this);
}

PresentMode::~PresentMode() {
  if (!m_active) return;
  QApplication::restoreOverrideCursor();
  setTextScale(1);
}

bool PresentMode::blank() const {
  return !m_curtain->isHidden();
}

void PresentMode::toggle() {
  m_active ? leave() : enter();
}

void PresentMode::enter() {
  m_active = true;
  m_hidden.clear();
  for (QWidget* panel : m_panels) {
    if (panel->isHidden()) continue;
    m_hidden.push_back(panel);
    panel->hide();
  }
  m_wasFull = m_window->isFullScreen();
  m_window->setWindowState(m_window->windowState() | Qt::WindowFullScreen);
  setTextScale(presentedText);
  m_theme();
  QApplication::setOverrideCursor(ringCursor(m_window));
  emit activeChanged(true);
}

void PresentMode::leave() {
  if (!m_active) return;
  m_active = false;
  m_curtain->hide();
  QApplication::restoreOverrideCursor();
  setTextScale(1);
  m_theme();
  for (QWidget* panel : m_hidden) panel->show();
  if (!m_wasFull) m_window->setWindowState(m_window->windowState() & ~Qt::WindowFullScreen);
  emit activeChanged(false);
}

void PresentMode::toggleBlank() {
  if (!m_active) return;
  m_curtain->setGeometry(m_window->rect());
  m_curtain->setVisible(!blank());
  m_curtain->raise();
}

bool PresentMode::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_window && event->type() == QEvent::Resize) m_curtain->setGeometry(m_window->rect());
  // Another width of the window may want a panel back; it comes when this mode is left.
  auto* panel = qobject_cast<QWidget*>(watched);
  if (m_active && event->type() == QEvent::ShowToParent &&
      std::ranges::find(m_panels, panel) != m_panels.end()) {
    if (std::ranges::find(m_hidden, panel) == m_hidden.end()) m_hidden.push_back(panel);
    panel->hide();
  }
  if (watched == m_curtain && event->type() == QEvent::MouseButtonPress) {
    toggleBlank();
    return true;
  }
  return QObject::eventFilter(watched, event);
}

} // namespace latent::ui
