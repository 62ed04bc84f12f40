// One dialog of the real window.
#pragma once

#include "tests/ui/views/window_fixture.h"

namespace latent::test {

template<class Dialog>
class DialogTest : public WindowTest {
 protected:
  QString at(const QString& name) const { return m_home->filePath(name); }
  Dialog* dialog() const { return m_window->template findChild<Dialog*>(); }
  template<class T>
  T* field(const char* name) const {
    return dialog()->template findChild<T*>(QString::fromLatin1(name));
  }
};

} // namespace latent::test
