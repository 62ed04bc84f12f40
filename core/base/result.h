// Values for work that can fail by nature: a file, a form, a device.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace latent {

/// Why something could not be done. The numbers are the exit codes of `latent` (INTERFACE.md).
enum class Fault {
  usage = 2,        ///< wrong usage or configuration
  input = 3,        ///< an input is missing, damaged or unreadable
  work = 4,         ///< the work itself failed: diverged, out of memory, disk full, locked
  interrupted = 130 ///< asked to stop; everything up to then is saved
};

/// One sentence for a person: what happened, where (file, byte offset or key), what to do.
struct Error {
  Fault fault = Fault::work;
  std::string message;
};

inline Error usageError(std::string message) {
  return {Fault::usage, std::move(message)};
}
inline Error inputError(std::string message) {
  return {Fault::input, std::move(message)};
}
inline Error workError(std::string message) {
  return {Fault::work, std::move(message)};
}

/// Either a value or an Error. Reading the wrong side is a broken contract (asserted).
template<class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : m_content(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return m_content.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    assert(ok());
    return std::get<0>(m_content);
  }
  const T& value() const& {
    assert(ok());
    return std::get<0>(m_content);
  }
  T&& value() && {
    assert(ok());
    return std::get<0>(std::move(m_content));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const {
    assert(!ok());
    return std::get<1>(m_content);
  }

 private:
  std::variant<T, Error> m_content;
};

/// Success without a value, or an Error: `return done();`
using Status = Result<std::monostate>;
inline Status done() {
  return std::monostate{};
}

} // namespace latent
