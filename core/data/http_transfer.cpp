#include "core/data/http_transfer.h"

#include <curl/curl.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace latent {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int waitMilliseconds = 50; // between two looks at the cancel flag

/// What the callbacks of one request share.
struct Exchange {
  CURL* handle = nullptr;
  PartFile& part;
  const TransferLimits& limits;
  int64_t resumeFrom = 0;
  int64_t total = 0;                 // of the whole file, 0 = unknown
  std::optional<int64_t> rangeStart; // of Content-Range
  bool bodyBegun = false;
  Clock::time_point lastByte = Clock::now();
  std::optional<Transfer> verdict; // set where we end the transfer ourselves
};

bool startsWith(std::string_view text, std::string_view lowerCase) {
  if (text.size() < lowerCase.size()) return false;
  for (size_t i = 0; i < lowerCase.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lowerCase[i]) return false;
  }
  return true;
}

size_t onHeader(const char* data, size_t, size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::string_view line(data, count);
  exchange.lastByte = Clock::now();
  if (startsWith(line, "http/")) { // a redirect brings several answers; only the last one counts
    exchange.rangeStart.reset();
  } else if (startsWith(line, "content-range:")) { // "bytes 100-199/200" (RFC 9110, 14.4)
    const std::string value(line.substr(line.find(':') + 1));
    const size_t unit = value.find("bytes ");
    if (unit != std::string::npos) {
      char* end = nullptr;
      const long long first = std::strtoll(value.c_str() + unit + 6, &end, 10);
      if (end && *end == '-') exchange.rangeStart = first;
    }
  }
  return count;
}

Transfer failed(std::string reason) {
  return {TransferEnd::failed, std::move(reason), {}};
}

/// The answer's head is known: does the body go into the part, and where?
std::optional<Transfer> judgeHead(Exchange& exchange) {
  long code = 0;
  curl_easy_getinfo(exchange.handle, CURLINFO_RESPONSE_CODE, &code);
  curl_off_t length = -1;
  curl_easy_getinfo(exchange.handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  if (exchange.resumeFrom > 0 && code == 416)
    return Transfer{TransferEnd::again, "answered 416 to a range request", {}};
  if (code == 206) {
    if (!exchange.rangeStart || *exchange.rangeStart != exchange.resumeFrom)
      return Transfer{TransferEnd::again, "sent another range than was asked for", {}};
  } else if (code == 200) {
    if (Status status = exchange.part.clear(); !status)
      return Transfer{TransferEnd::stopped, {}, status.error()};
    exchange.resumeFrom = 0;
  } else {
    return failed("answered " + std::to_string(code));
  }
  if (length >= 0) exchange.total = exchange.resumeFrom + length;
  if (exchange.total > exchange.limits.maximumBytes)
    return failed("announced " + std::to_string(exchange.total) + " bytes, more than the " +
                  std::to_string(exchange.limits.maximumBytes) + " allowed");
  return std::nullopt;
}

size_t onBody(const char* data, size_t, size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  exchange.lastByte = Clock::now();
  if (!exchange.bodyBegun) {
    exchange.bodyBegun = true;
    exchange.verdict = judgeHead(exchange);
    if (exchange.verdict) return 0;
  }
  if (exchange.part.size() + static_cast<int64_t>(count) > exchange.limits.maximumBytes) {
    exchange.verdict =
        failed("sent more than the " + std::to_string(exchange.limits.maximumBytes) + " bytes allowed");
    return 0;
  }
  if (Status status = exchange.part.append({reinterpret_cast<const uint8_t*>(data), count}); !status) {
    exchange.verdict = Transfer{TransferEnd::stopped, {}, status.error()};
    return 0;
  }
  return count;
}

struct FreeEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeMulti {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};

void prepare(CURL* handle, const std::string& url, Exchange& exchange, char* message) {
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, message);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, 5L);
#if LIBCURL_VERSION_NUM >= 0x075500
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "latent-explorer");
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, onHeader);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, onBody);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
  if (exchange.resumeFrom > 0)
    curl_easy_setopt(handle, CURLOPT_RANGE, (std::to_string(exchange.resumeFrom) + "-").c_str());
}

/// How libcurl says that a transfer is over, in our words.
Transfer conclude(Exchange& exchange, CURLcode code, const char* message) {
  if (exchange.verdict) return *exchange.verdict;
  if (code != CURLE_OK)
    return failed(std::string("failed: ") + (*message ? message : curl_easy_strerror(code)));
  if (!exchange.bodyBegun) { // no body at all: the head decides alone
    if (std::optional<Transfer> verdict = judgeHead(exchange)) return *verdict;
  }
  return {TransferEnd::complete, {}, {}};
}

} // namespace

Transfer transfer(const std::string& url, PartFile& part, const TransferLimits& limits, JobControl& control,
                  const std::function<void(int64_t, int64_t)>& progress) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
  const std::unique_ptr<CURLM, FreeMulti> multi(curl_multi_init());
  if (!easy || !multi) throw std::runtime_error("libcurl could not be started.");

  Exchange exchange{.handle = easy.get(), .part = part, .limits = limits, .resumeFrom = part.size()};
  char message[CURL_ERROR_SIZE] = "";
  prepare(easy.get(), url, exchange, message);
  curl_multi_add_handle(multi.get(), easy.get());

  // A loop of our own instead of curl_easy_perform(): that one looks at a cancel flag once a second while it
  // waits.
  Transfer result;
  int64_t told = -1;
  while (true) {
    int running = 0;
    curl_multi_perform(multi.get(), &running);
    if (part.size() != told && exchange.bodyBegun && !exchange.verdict) {
      told = part.size();
      progress(told, exchange.total);
    }
    if (control.cancelled()) {
      result = {TransferEnd::stopped,
                {},
                {Fault::interrupted, "The download was cancelled; what has arrived is kept."}};
      break;
    }
    if (running == 0) {
      int left = 0;
      const CURLMsg* const last = curl_multi_info_read(multi.get(), &left);
      result = conclude(exchange, last ? last->data.result : CURLE_RECV_ERROR, message);
      break;
    }
    if (Clock::now() - exchange.lastByte >= std::chrono::seconds(limits.stallSeconds)) {
      result = failed("sent nothing for " + std::to_string(limits.stallSeconds) + " s");
      break;
    }
    curl_multi_poll(multi.get(), nullptr, 0, waitMilliseconds, nullptr);
  }
  curl_multi_remove_handle(multi.get(), easy.get());
  return result;
}

} // namespace latent
