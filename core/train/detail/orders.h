// What a person wants of a running Trainer, and the state that answers: the one place where its threads meet.
#pragma once

#include "core/train/trainer.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace latent {

inline bool isTerminal(TrainerState state) {
  return state == TrainerState::stopped || state == TrainerState::finished || state == TrainerState::failed;
}

class Orders {
 public:
  enum class Order { rest, once, run, stop };

  // ---- from any thread; true where the training thread has to be started

  bool start() { return go(Order::run); }
  bool stepOnce() {
    {
      std::lock_guard lock(m_mutex);
      if (m_state == TrainerState::running) return false;
    }
    return go(Order::once);
  }
  void pause() {
    std::lock_guard lock(m_mutex);
    if (m_state == TrainerState::running && m_order != Order::stop) m_order = Order::rest;
  }
  void stop() {
    std::lock_guard lock(m_mutex);
    if (isTerminal(m_state)) return;
    m_order = Order::stop;
    if (m_state == TrainerState::ready) m_state = TrainerState::stopped; // there is no thread to do it
    m_changed.notify_all();
  }
  void setParameter(const std::string& key, double value) {
    std::lock_guard lock(m_mutex);
    m_parameters[key] = value;
  }
  TrainerState wait() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] {
      return isTerminal(m_state) || (m_state == TrainerState::paused && m_order == Order::rest);
    });
    return m_state;
  }
  std::pair<TrainerState, std::string> state() const {
    std::lock_guard lock(m_mutex);
    return {m_state, m_message};
  }

  // ---- from the training thread

  Order current() const {
    std::lock_guard lock(m_mutex);
    return m_order;
  }
  bool interrupted() const {
    const Order order = current();
    return order == Order::rest || order == Order::stop;
  }
  /// The single update that was asked for is done.
  void onceDone() {
    std::lock_guard lock(m_mutex);
    if (m_order == Order::once) m_order = Order::rest;
  }
  std::map<std::string, double> takeParameters() {
    std::lock_guard lock(m_mutex);
    return std::exchange(m_parameters, {});
  }
  /// Says `paused` (unless something else was asked for meanwhile) and sleeps until there is an order.
  void restUntilOrdered() {
    std::unique_lock lock(m_mutex);
    if (m_order == Order::rest) m_state = TrainerState::paused;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return m_order != Order::rest; });
    m_state = TrainerState::running;
  }
  void end(TrainerState state, std::string message = {}) {
    std::lock_guard lock(m_mutex);
    m_state = state;
    m_message = std::move(message);
    m_changed.notify_all();
  }

 private:
  bool go(Order order) {
    std::lock_guard lock(m_mutex);
    if (isTerminal(m_state) || m_order == Order::stop) return false;
    const bool first = m_state == TrainerState::ready;
    m_state = TrainerState::running;
    m_order = order;
    m_changed.notify_all();
    return first;
  }

  mutable std::mutex m_mutex;
  std::condition_variable m_changed;
  TrainerState m_state = TrainerState::ready;
  Order m_order = Order::rest;
  std::map<std::string, double> m_parameters; ///< new values of live ones, by key
  std::string m_message;
};

} // namespace latent
