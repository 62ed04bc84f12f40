// UTF-8 as code points and back, whatever the bytes are.
#pragma once

#include <string>
#include <string_view>

namespace latent {

/// U+FFFD for every byte that begins no valid character.
std::u32string fromUtf8(std::string_view text);
std::string toUtf8(char32_t c);

} // namespace latent
