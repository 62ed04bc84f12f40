// Where each format hides the text of the provenance. Private to core/figure.
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace latent::detail {

inline constexpr std::string_view provenanceNamespace = "https://latent-explorer.org/ns/figure/1.0/";
inline constexpr size_t mostProvenance = size_t{16} << 20; ///< bytes of text

/// What is wrong with a file, as the end of a sentence.
struct BadCarrier : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The text of the chunk tEXt, zTXt or iTXt with the keyword "provenance"; nothing where there is none.
/// `png` begins with the signature. Throws BadCarrier.
std::optional<std::string> provenanceInPng(std::string_view png);

/// The text of the element `provenance` (or of such an attribute) of our namespace, whatever its prefix;
/// nothing where there is none. Throws BadCarrier.
std::optional<std::string> provenanceInMarkup(std::string_view markup);

/// The same of the last XMP packet in a document that has one of ours.
std::optional<std::string> provenanceInXmp(std::string_view document);

/// The first comment of a movie that begins like JSON; nothing where there is none. `gif` begins with "GIF".
/// Throws BadCarrier.
std::optional<std::string> provenanceInGif(std::string_view gif);

/// The XMP of the last box `uuid` that has one of ours. `movie` begins with a box `ftyp`. Throws BadCarrier.
std::optional<std::string> provenanceInMp4(std::string_view movie);

} // namespace latent::detail
