#include "tests/core/run/movie/gif_reader.h"

#ifdef LATENT_GIF
#include <gif_lib.h>

#include <memory>
#include <stdexcept>

namespace latent {
namespace {

struct Close {
  void operator()(GifFileType* gif) const {
    int ignored = 0;
    DGifCloseFile(gif, &ignored);
  }
};

std::string bytesOf(const ExtensionBlock& block) {
  return {reinterpret_cast<const char*>(block.Bytes), static_cast<size_t>(block.ByteCount)};
}

void readExtensions(const SavedImage& image, ReadGif& gif) {
  bool ours = false; // of an application: the blocks that continue it
  for (int i = 0; i < image.ExtensionBlockCount; ++i) {
    const ExtensionBlock& block = image.ExtensionBlocks[i];
    const std::string bytes = bytesOf(block);
    if (block.Function != CONTINUE_EXT_FUNC_CODE)
      ours = block.Function == APPLICATION_EXT_FUNC_CODE && bytes == "NETSCAPE2.0";
    if (block.Function == CONTINUE_EXT_FUNC_CODE && ours) {
      const int repetitions = static_cast<unsigned char>(bytes[1]) | static_cast<unsigned char>(bytes[2])
                                                                         << 8;
      gif.plays = repetitions == 0 ? 0 : repetitions + 1;
    } else if (block.Function == COMMENT_EXT_FUNC_CODE ||
               (block.Function == CONTINUE_EXT_FUNC_CODE && !ours)) {
      gif.comment += bytes;
    }
  }
}

} // namespace

ReadGif readGif(const std::filesystem::path& file) {
  int problem = 0;
  const std::unique_ptr<GifFileType, Close> in(DGifOpenFileName(file.c_str(), &problem));
  if (!in || DGifSlurp(in.get()) != GIF_OK) throw std::runtime_error("no GIF: " + file.string());
  ReadGif gif;
  gif.width = in->SWidth;
  gif.height = in->SHeight;
  MoviePicture shown{gif.width, gif.height, {}};
  shown.rgb.resize(3 * static_cast<size_t>(gif.width) * static_cast<size_t>(gif.height));
  for (int i = 0; i < in->ImageCount; ++i) {
    const SavedImage& image = in->SavedImages[i];
    readExtensions(image, gif);
    GraphicsControlBlock control{};
    if (DGifSavedExtensionToGCB(in.get(), i, &control) != GIF_OK) throw std::runtime_error("no delay");
    gif.delays.push_back(control.DelayTime);
    const GifImageDesc& part = image.ImageDesc;
    const ColorMapObject* map = part.ColorMap ? part.ColorMap : in->SColorMap;
    for (int y = 0; y < part.Height; ++y)
      for (int x = 0; x < part.Width; ++x) {
        const GifColorType& colour = map->Colors[image.RasterBits[y * part.Width + x]];
        const auto at = 3 * static_cast<size_t>((part.Top + y) * gif.width + part.Left + x);
        shown.rgb[at] = colour.Red;
        shown.rgb[at + 1] = colour.Green;
        shown.rgb[at + 2] = colour.Blue;
      }
    gif.frames.push_back(shown);
  }
  return gif;
}

std::set<uint32_t> coloursOf(const MoviePicture& picture) {
  std::set<uint32_t> colours;
  for (size_t i = 0; i < picture.rgb.size(); i += 3)
    colours.insert(
        static_cast<uint32_t>(picture.rgb[i] << 16 | picture.rgb[i + 1] << 8 | picture.rgb[i + 2]));
  return colours;
}

} // namespace latent
#endif
