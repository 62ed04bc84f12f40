#include "core/data/image_decode.h"

#include "core/data/image_header.h"

#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace latent {

namespace {

/// The largest part in the middle with the proportions of `fit`.
cv::Rect middle(const cv::Mat& image, const ImageFit& fit) {
  if (fit.stretch) return {0, 0, image.cols, image.rows};
  const double scale =
      std::min(static_cast<double>(image.cols) / fit.width, static_cast<double>(image.rows) / fit.height);
  const int width = std::clamp(static_cast<int>(std::lround(scale * fit.width)), 1, image.cols);
  const int height = std::clamp(static_cast<int>(std::lround(scale * fit.height)), 1, image.rows);
  return {(image.cols - width) / 2, (image.rows - height) / 2, width, height};
}

cv::Mat fitted(const cv::Mat& image, const ImageFit& fit) {
  if (fit.width == 0 || (image.cols == fit.width && image.rows == fit.height)) return image;
  const cv::Mat part = image(middle(image, fit));
  const bool shrinks = part.cols >= fit.width && part.rows >= fit.height;
  cv::Mat result;
  cv::resize(part, result, {fit.width, fit.height}, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return result;
}

bool isGrey(const cv::Mat& image) {
  for (int row = 0; row < image.rows; ++row) {
    const auto* pixel = image.ptr<cv::Vec3b>(row);
    for (int column = 0; column < image.cols; ++column, ++pixel)
      if ((*pixel)[0] != (*pixel)[1] || (*pixel)[1] != (*pixel)[2]) return false;
  }
  return true;
}

DecodedImage toPlanes(const cv::Mat& image) {
  DecodedImage decoded;
  decoded.width = image.cols;
  decoded.height = image.rows;
  const size_t plane = image.total();
  decoded.pixels.resize(3 * plane);
  size_t at = 0;
  for (int row = 0; row < image.rows; ++row) {
    const auto* pixel = image.ptr<cv::Vec3b>(row);
    for (int column = 0; column < image.cols; ++column, ++pixel, ++at)
      for (int c = 0; c < 3; ++c)
        decoded.pixels[static_cast<size_t>(c) * plane + at] = (*pixel)[2 - c]; // BGR
  }
  return decoded;
}

/// Whoever asks opens images one after another: threads of OpenCV's own would only compete with training.
void prepareOpenCv() {
  static const bool once = [] {
    cv::setNumThreads(1);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT); // errors are told by us
    return true;
  }();
  static_cast<void>(once);
}

} // namespace

Result<DecodedImage> decodeImage(std::span<const uint8_t> file, const ImageFit& fit,
                                 const std::string& name) {
  const Result<ImageHeader> header = readImageHeader(file, name);
  if (!header) return header.error();
  prepareOpenCv();
  try {
    // OpenCV's interface wants mutable bytes; it only reads them.
    const cv::Mat bytes(1, static_cast<int>(file.size()), CV_8UC1, const_cast<uint8_t*>(file.data()));
    const cv::Mat image = cv::imdecode(bytes, cv::IMREAD_COLOR);
    if (image.empty()) return inputError(name + " is damaged: its image data cannot be decoded.");
    const cv::Mat result = fitted(image, fit);
    DecodedImage decoded = toPlanes(result);
    decoded.fileWidth = image.cols;
    decoded.fileHeight = image.rows;
    decoded.grey = isGrey(result);
    return decoded;
  } catch (const cv::Exception&) {
    return inputError(name + " is damaged or too large: its image data cannot be decoded.");
  }
}

} // namespace latent
