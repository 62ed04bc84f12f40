// A small HTTP/1.1 server on the loopback for the downloader's tests: it answers as it is told, wrongly too.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace latent::test {

struct HttpRequest {
  std::string path;
  std::optional<int64_t> rangeFrom; ///< of "Range: bytes=N-"
};

struct HttpReply {
  int status = 200;
  std::vector<std::string> headers;
  std::vector<uint8_t> body;
  std::optional<int64_t> announced; ///< Content-Length; the body's unless said; -1 sends none
  bool stall = false;               ///< after the body say nothing until the client leaves
};

/// One connection at a time, on a thread of its own, at a free port. Stops in its destructor, whatever it is
/// doing.
class HttpServer {
 public:
  using Handler = std::function<HttpReply(const HttpRequest&)>; ///< called on the server's thread

  explicit HttpServer(Handler handler);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();

  std::string url(const std::string& path) const;
  std::vector<HttpRequest> requests() const; ///< so far

 private:
  void serve();
  void answer(int connection);
  bool waitFor(int file) const; ///< readable; false when told to stop

  Handler m_handler;
  int m_listening = -1;
  int m_stop = -1;
  int m_port = 0;
  mutable std::mutex m_mutex;
  std::vector<HttpRequest> m_requests;
  std::thread m_thread;
};

} // namespace latent::test
