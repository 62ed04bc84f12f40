#include "app/cli/output.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <unistd.h>

namespace latent::cli {
namespace {

bool failed = false;

void write(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    failed = true;
}

} // namespace

void printJson(const Json& json) {
  write(json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
}

void printLine(const std::string& line) {
  write(line + "\n");
}

Status outputStatus() {
  if (!failed) return done();
  return workError("Cannot write to standard output; everything up to then was done.");
}

ProgressLine::ProgressLine(bool wanted) : m_terminal(wanted && ::isatty(STDOUT_FILENO) == 1) {}

void ProgressLine::show(double fraction, const std::string& text) {
  if (!m_terminal) return;
  constexpr int width = 30;
  const double part = std::clamp(fraction, 0.0, 1.0);
  const int filled = static_cast<int>(part * width);
  const std::string line = "[" + std::string(static_cast<size_t>(filled), '#') +
                           std::string(static_cast<size_t>(width - filled), '.') + "] " +
                           formatFixed(100 * part, 0) + " %  " + text;
  if (line == m_shown) return;
  m_shown = line;
  write("\r\x1b[K" + line);
}

void ProgressLine::clear() {
  if (m_shown.empty()) return;
  m_shown.clear();
  write("\r\x1b[K");
}

std::string formatFixed(double value, int digits) {
  std::array<char, 400> text;
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits);
  return {text.data(), end};
}

std::string formatSeconds(double seconds) {
  if (seconds < 60) return formatFixed(seconds, seconds < 10 ? 1 : 0) + " s";
  const auto whole = static_cast<int64_t>(std::llround(std::min(seconds, 1e12)));
  if (whole < 3600) return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

} // namespace latent::cli
