#include "tests/core/data/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace latent::test {

namespace {

HttpRequest parse(const std::string& head) {
  HttpRequest request;
  const size_t begin = head.find(' ') + 1;
  request.path = head.substr(begin, head.find(' ', begin) - begin);
  const size_t range = head.find("Range: bytes=");
  if (range != std::string::npos) request.rangeFrom = std::strtoll(head.c_str() + range + 13, nullptr, 10);
  return request;
}

void sendAll(int connection, const void* data, size_t size) {
  const auto* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t count = send(connection, at, size, MSG_NOSIGNAL);
    if (count <= 0) return; // the client has left: nobody to tell
    at += count;
    size -= static_cast<size_t>(count);
  }
}

} // namespace

HttpServer::HttpServer(Handler handler) : m_handler(std::move(handler)) {
  m_listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  m_stop = eventfd(0, EFD_CLOEXEC);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  if (m_listening < 0 || m_stop < 0 || bind(m_listening, general, length) != 0 ||
      listen(m_listening, 8) != 0 || getsockname(m_listening, general, &length) != 0)
    throw std::runtime_error("The test's HTTP server could not start.");
  m_port = ntohs(address.sin_port);
  m_thread = std::thread([this] { serve(); });
}

HttpServer::~HttpServer() {
  const uint64_t one = 1;
  if (write(m_stop, &one, sizeof one) != sizeof one) std::abort();
  m_thread.join();
  close(m_listening);
  close(m_stop);
}

std::string HttpServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(m_port) + path;
}

std::vector<HttpRequest> HttpServer::requests() const {
  std::lock_guard lock(m_mutex);
  return m_requests;
}

bool HttpServer::waitFor(int file) const {
  pollfd both[2] = {{file, POLLIN, 0}, {m_stop, POLLIN, 0}};
  return poll(both, 2, -1) > 0 && both[1].revents == 0;
}

void HttpServer::serve() {
  while (waitFor(m_listening)) {
    const int connection = accept(m_listening, nullptr, nullptr);
    if (connection < 0) continue;
    answer(connection);
    close(connection);
  }
}

void HttpServer::answer(int connection) {
  std::string head;
  char piece[4096];
  while (head.find("\r\n\r\n") == std::string::npos) {
    if (!waitFor(connection)) return;
    const ssize_t count = recv(connection, piece, sizeof piece, 0);
    if (count <= 0) return;
    head.append(piece, static_cast<size_t>(count));
  }
  const HttpRequest request = parse(head);
  {
    std::lock_guard lock(m_mutex);
    m_requests.push_back(request);
  }
  const HttpReply reply = m_handler(request);
  std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " Test\r\nConnection: close\r\n";
  for (const std::string& header : reply.headers) text += header + "\r\n";
  const int64_t announced = reply.announced.value_or(static_cast<int64_t>(reply.body.size()));
  if (announced >= 0) text += "Content-Length: " + std::to_string(announced) + "\r\n";
  text += "\r\n";
  sendAll(connection, text.data(), text.size());
  sendAll(connection, reply.body.data(), reply.body.size());
  if (reply.stall) {
    while (waitFor(connection) && recv(connection, piece, sizeof piece, 0) > 0) {
    }
  } else {
    shutdown(connection, SHUT_WR);
  }
}

} // namespace latent::test
