// Provenance out of PNG, XMP, SVG and JSON: whole, rewritten by other programs, damaged and foreign.
#include "core/figure/figure_page.h"
#include "core/figure/provenance_reader.h"
#include "tests/core/io/scratch.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

namespace latent {
namespace {

using testing::HasSubstr;

const std::string text = R"({"kind":"plane","runs":[],"note":"<é & \"ü\">"})";
const std::string ours = "https://latent-explorer.org/ns/figure/1.0/";

std::string bigEndian(uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
          static_cast<char>(value)};
}

std::string chunk(const std::string& type, const std::string& content) {
  const std::string checked = type + content;
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
  return bigEndian(static_cast<uint32_t>(content.size())) + checked + bigEndian(static_cast<uint32_t>(sum));
}

std::string png(const std::string& middle) {
  return std::string("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", std::string(13, '\1')) + middle +
         chunk("IEND", "");
}

std::string packed(const std::string& plain) {
  std::string bytes(compressBound(plain.size()), '\0');
  auto size = static_cast<uLongf>(bytes.size());
  compress(reinterpret_cast<Bytef*>(bytes.data()), &size, reinterpret_cast<const Bytef*>(plain.data()),
           static_cast<uLong>(plain.size()));
  bytes.resize(size);
  return bytes;
}

const std::string keyword{"provenance\0", 11};

std::string escaped(const std::string& plain) {
  std::string out;
  for (const char c : plain)
    out += c == '<'   ? "&lt;"
           : c == '>' ? "&#62;"
           : c == '&' ? "&amp;"
           : c == '"' ? "&#x22;"
                      : std::string(1, c);
  return out;
}

std::string element(const std::string& content) {
  return "<latent:provenance xmlns:latent=\"" + ours + "\">" + content + "</latent:provenance>";
}
std::string svg(const std::string& metadata) {
  return "<?xml version=\"1.0\"?>\n<svg width=\"1mm\"><metadata>" + metadata + "</metadata></svg>";
}
std::string packet(const std::string& content) {
  return "<?xpacket begin=\"\" id=\"x\"?><x:xmpmeta>" + content + "</x:xmpmeta><?xpacket end=\"r\"?>";
}
std::string pdf(const std::string& content) {
  return "%PDF-1.4\n1 0 obj\n\x80\xff stream\n" + content + "\nendstream\n%%EOF\n";
}

Result<Json> parse(const std::string& bytes) {
  return parseProvenance(std::as_bytes(std::span(bytes)), "fig");
}

void expectRead(const std::string& bytes) {
  const auto read = parse(bytes);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, Json::parse(text));
}

void expectError(const std::string& bytes, const std::string& words) {
  const auto read = parse(bytes);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fault, Fault::input);
  EXPECT_THAT(read.error().message, HasSubstr(words));
  EXPECT_THAT(read.error().message, testing::StartsWith("fig "));
  EXPECT_EQ(read.error().message.back(), '.');
  EXPECT_EQ(read.error().message.find('\n'), std::string::npos);
}

TEST(ProvenanceReader, ReadsEachTextChunkOfPng) {
  expectRead(png(chunk("tEXt", keyword + text)));
  expectRead(png(chunk("tEXt", std::string("Title\0x", 7)) + chunk("zTXt", keyword + '\0' + packed(text))));
  expectRead(png(chunk("iTXt", keyword + std::string("\0\0en\0\0", 6) + text)));
  expectRead(png(chunk("iTXt", keyword + std::string("\1\0\0\0", 4) + packed(text))));
}

TEST(ProvenanceReader, ReadsXmpAlsoAsOtherProgramsWriteItAgain) {
  expectRead(pdf(packet(element(escaped(text)))));
  expectRead(pdf(packet(element("<![CDATA[" + text + "]]>"))));
  expectRead(pdf(packet("<rdf:Description xmlns:q='" + ours + "' q:other='1' q:provenance=\"" +
                        escaped(text) + "\"/>")));
  // A later packet replaces the one before it; one without ours does not.
  const std::string old = packet(element(escaped(R"({"kind":"noise","runs":[]})")));
  expectRead(pdf(old + packet(element(escaped(text))) + packet("<dc:title/>")));
}

TEST(ProvenanceReader, ReadsSvgAndSidecar) {
  expectRead(svg(element(escaped(text))));
  expectRead("\xEF\xBB\xBF" + svg("<latent:provenanceless/><latent:provenance/>" + element(escaped(text))));
  expectRead("\n " + text);
}

std::string gif(const std::string& extensions, char flags = '\0', const std::string& colours = "") {
  return std::string("GIF89a\1\0\1\0", 10) + flags + std::string(2, '\0') + colours + extensions +
         std::string(",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;", 16);
}
/// Blocks of at most 255 bytes.
std::string comment(const std::string& content) {
  std::string bytes = "!\xFE";
  for (size_t at = 0; at < content.size(); at += 255) {
    const std::string block = content.substr(at, 255);
    bytes += static_cast<char>(block.size()) + block;
  }
  return bytes + '\0';
}
std::string box(const std::string& type, const std::string& content) {
  return bigEndian(static_cast<uint32_t>(content.size() + 8)) + type + content;
}
std::string mp4(const std::string& boxes) {
  return box("ftyp", "isom") + box("mdat", std::string(300, 'x')) + boxes;
}

TEST(ProvenanceReader, ReadsMovies) {
  const std::string id(16, '\xBE'),
      longText = R"({"kind":"plane","runs":[],"long":")" + std::string(700, 'x') + "\"}";
  expectRead(gif(comment("made with love") + comment(text)));
  expectRead(gif(comment(text), '\x81', std::string(12, 'c'))); // a table of four colours
  expectRead(gif("!\xF9\4" + std::string(4, '\0') + std::string(1, '\0') + comment(text)));
  EXPECT_EQ(*parse(gif(comment(longText))), Json::parse(longText));
  expectRead(mp4(box("uuid", id + packet(element(escaped(text))))));
  expectRead(mp4(box("uuid", id + packet("<dc:title/>")) + box("uuid", id + packet(element(escaped(text))))));
  // A box that says its size in 64 bits, and one to the end.
  const std::string content = id + packet(element(escaped(text)));
  expectRead(mp4(bigEndian(1) + "uuid" + bigEndian(0) +
                 bigEndian(static_cast<uint32_t>(content.size() + 16)) + content));
  expectRead(mp4(bigEndian(0) + "uuid" + content));

  expectError(gif(""), "does not say what it shows");
  expectError(mp4(""), "does not say what it shows");
  expectError(gif(comment(text)).substr(0, 30), "ends inside a block");
  expectError("GIF89a", "ends inside a block");
  expectError(gif("?"), "a block of no known kind");
  expectError(mp4(box("uuid", id)).substr(0, 330), "ends inside a block");
  expectError(mp4(bigEndian(4) + "free"), "a box of no size");
}

TEST(ProvenanceReader, ForeignFilesAreNamedAsSuch) {
  expectError("", "is no figure");
  expectError("hello", "is no figure");
  expectError("<html></html>", "is no figure");
  for (const std::string& bytes :
       {png(""), png(chunk("tEXt", std::string("Title\0x", 7))), pdf(""), pdf(packet("")), svg(""),
        svg("<latent:provenance>" + text + "</latent:provenance>")})
    expectError(bytes, "does not say what it shows");
  expectError("{}", "does not describe a figure");
  expectError(R"({"kind":1,"runs":[]})", "does not describe a figure");
}

TEST(ProvenanceReader, DamagedFilesSayWhere) {
  const std::string good = png(chunk("zTXt", keyword + '\0' + packed(text)));
  expectError(good.substr(0, 60), "reaches past its end");
  expectError(png(chunk("IDAT", "abc")).substr(0, 52), "ends inside a chunk");
  expectError(good.substr(0, 33), "its last chunk is missing");
  std::string flipped = good;
  flipped[60] = static_cast<char>(flipped[60] ^ 1);
  expectError(flipped, "checksum");
  expectError(png(chunk("zTXt", keyword + '\0' + packed(text).substr(0, 20))), "cannot be unpacked");
  expectError(png(chunk("zTXt", keyword + '\0')), "cannot be unpacked");
  expectError(png(chunk("zTXt", keyword + '\7' + packed(text))), "unknown way");
  expectError(png(chunk("iTXt", keyword + "ab")), "too short");
  expectError(png(chunk("iTXt", keyword + std::string("\0\0enxx", 6))), "cut short");
  const std::string bomb = packed(std::string(size_t{17} << 20, ' '));
  expectError(png(chunk("zTXt", keyword + '\0' + bomb)), "longer than 16 MiB");
  expectError(pdf("<?xpacket begin=\"\" id=\"x\"?>" + element(text)), "packet is cut short");
  expectError(svg("<latent:provenance xmlns:latent=\"" + ours + "\">{"), "cut short");
  expectError(svg(element("&nbsp;")), "&nbsp;");
  expectError(svg(element("&#xD800;")), "no character");
  expectError(svg(element("a & b")), "lone &");
  expectError(svg(element("<b/>")), "not plain text");
  expectError(svg(element("{")), "no JSON");
  expectError(svg(element("[]")), "names no kind");
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "[";
  expectError("{\"kind\":" + deep, "nested too deeply");
  expectError("{" + std::string(size_t{17} << 20, ' '), "longer than 16 MiB");
}

TEST(ProvenanceReader, EveryCutOfAFileIsRefusedOrRead) {
  for (const std::string& whole : {png(chunk("zTXt", keyword + '\0' + packed(text))),
                                   pdf(packet(element(escaped(text)))), svg(element(escaped(text)))})
    for (size_t length = 0; length < whole.size(); ++length) {
      const auto read = parse(whole.substr(0, length));
      EXPECT_TRUE(!read || *read == Json::parse(text)) << length; // what it holds is whole before its end
    }
}

TEST(ProvenanceReader, FilesThatAreNotThereOrNoFiles) {
  const Scratch scratch;
  EXPECT_THAT(readProvenance(scratch / "none.pdf").error().message, HasSubstr("There is no figure "));
  EXPECT_THAT(readProvenance(scratch.path()).error().message, HasSubstr("is not a file"));
  std::ofstream(scratch / "fig.json") << text;
  EXPECT_EQ(*readProvenance(scratch / "fig.json"), Json::parse(text));
  std::filesystem::create_directories(scratch.path());
  std::ofstream(scratch / "huge.pdf") << "%PDF-";
  std::filesystem::resize_file(scratch / "huge.pdf", uintmax_t{600} << 20); // sparse
  EXPECT_THAT(readProvenance(scratch / "huge.pdf").error().message, HasSubstr("larger than 512 MiB"));
}

TEST(FigurePage, ComesBackAsItWas) {
  Figure figure;
  figure.widthMm = 120;
  figure.heightMm = 55;
  figure.fontPoints = 9.5;
  figure.title = "Ünal";
  Figure again;
  applyPage(pageOf(figure, 600), again);
  EXPECT_EQ(again.heightMm, 55);
  EXPECT_EQ(again.fontPoints, 9.5);
  EXPECT_EQ(again.title, "Ünal");
  EXPECT_EQ(pageNumber(pageOf(figure, 600), "dpi", 10, 4800, 300), 600);
  applyPage({{"heightMm", -1}, {"fontPoints", "large"}, {"title", 3}}, again);
  EXPECT_EQ(again.heightMm, 55);
  EXPECT_EQ(again.fontPoints, 9.5);
  EXPECT_EQ(again.title, "Ünal");
  applyPage(Json(), again);
  EXPECT_EQ(pageNumber(Json(), "dpi", 10, 4800, 300), 300);
}

} // namespace
} // namespace latent
