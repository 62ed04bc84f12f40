#include "core/run/movie/movie_encoders.h"

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/videoio.hpp>

#include <array>
#include <cerrno>
#include <cmath>
#include <fcntl.h>
#include <unistd.h>

namespace latent::detail {
namespace {

namespace fs = std::filesystem;

struct Codec {
  std::array<char, 4> tag;
  const char* name;
};
constexpr std::array codecs{Codec{{'a', 'v', 'c', '1'}, "h264"}, Codec{{'m', 'p', '4', 'v'}, "mpeg4"}};

/// OpenCV's interface is BGR.
cv::Mat matOf(const MoviePicture& picture) {
  cv::Mat image(picture.height, picture.width, CV_8UC3);
  const uint8_t* from = picture.rgb.data();
  for (int row = 0; row < image.rows; ++row) {
    auto* pixel = image.ptr<cv::Vec3b>(row);
    for (int column = 0; column < image.cols; ++column, from += 3)
      pixel[column] = {from[2], from[1], from[0]};
  }
  return image;
}

/// The codec that the writer was opened with; nothing where none is there.
const Codec* openWriter(cv::VideoWriter& writer, const fs::path& file, double rate, const cv::Size& size) {
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT); // errors are told by us
  for (const Codec& codec : codecs) {
    const int tag = cv::VideoWriter::fourcc(codec.tag[0], codec.tag[1], codec.tag[2], codec.tag[3]);
    if (writer.open(file.string(), cv::CAP_FFMPEG, tag, rate, size, true)) return &codec;
  }
  return nullptr;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else
      result += c;
  }
  return result;
}

/// The box in which MP4 files hold XMP (XMP specification, part 3, section 1.1.7).
std::string xmpBox(const Json& provenance) {
  const std::string packet =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
      "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
      "xmlns:latent=\"https://latent-explorer.org/ns/figure/1.0/\"><latent:provenance>" +
      escaped(provenance.dump(-1, ' ', true, Json::error_handler_t::replace)) +
      "</latent:provenance></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";
  constexpr std::array<unsigned char, 16> id{0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8,
                                             0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC};
  const size_t size = 8 + id.size() + packet.size();
  std::string box;
  for (const int shift : {24, 16, 8, 0}) box += static_cast<char>(size >> shift & 255);
  box += "uuid";
  for (const unsigned char byte : id) box += static_cast<char>(byte);
  return box + packet;
}

/// Appends and makes it last. 0 or the errno of what failed.
int append(const fs::path& file, const std::string& bytes) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (descriptor < 0) return errno;
  int code = 0;
  for (size_t at = 0; code == 0 && at < bytes.size();) {
    const ssize_t wrote = ::write(descriptor, bytes.data() + at, bytes.size() - at);
    if (wrote >= 0)
      at += static_cast<size_t>(wrote);
    else if (errno != EINTR)
      code = errno;
  }
  if (code == 0 && ::fsync(descriptor) != 0) code = errno;
  if (::close(descriptor) != 0 && code == 0) code = errno;
  return code;
}

/// The writer does not say when the disk is full; a file without its end cannot be opened.
bool isWhole(const fs::path& file, int frames) {
  cv::VideoCapture capture(file.string(), cv::CAP_FFMPEG);
  return capture.isOpened() && std::lround(capture.get(cv::CAP_PROP_FRAME_COUNT)) == frames;
}

} // namespace

std::string whyNoMp4() {
  return {};
}

Result<MovieFacts> writeMp4(const MoviePictures& pictures, const fs::path& file, const MovieFormat& format,
                            JobControl& control) {
  MovieFacts facts;
  try {
    cv::VideoWriter writer;
    for (int i = 0; i < pictures.count; ++i) {
      if (control.cancelled()) return movieCancelled();
      const auto picture = pictures.at(i);
      if (!picture) return picture.error();
      if (i == 0) {
        const Codec* codec = openWriter(writer, file, format.rate, {picture->width, picture->height});
        if (!codec)
          return workError("OpenCV finds no video codec that writes an MP4 (H.264 or MPEG-4) here; install "
                           "ffmpeg's codecs, or write a .gif instead.");
        facts = {pictures.count, picture->width, picture->height, codec->name};
      }
      writer.write(matOf(*picture));
      control.setProgress(static_cast<double>(i + 1) / pictures.count);
    }
    writer.release();
    if (!isWhole(file, pictures.count)) return movieNotWritten(ENOSPC);
  } catch (const cv::Exception&) {
    return movieNotWritten(EIO);
  }
  if (const int code = append(file, xmpBox(format.provenance))) return movieNotWritten(code);
  return facts;
}

} // namespace latent::detail
