#include "core/data/download.h"
#include "core/data/sha256.h"
#include "tests/core/data/data_fixture.h"
#include "tests/core/data/http_server.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>

namespace latent {
namespace {

namespace fs = std::filesystem;
using test::Bytes;
using test::HttpReply;
using test::HttpRequest;
using test::HttpServer;
using testing::AllOf;
using testing::HasSubstr;

std::string sha256Of(const Bytes& bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.hex();
}

/// Bytes that deflate cannot make much smaller.
Bytes noise(size_t count) {
  Bytes bytes;
  uint32_t state = 12345;
  while (bytes.size() < count)
    bytes.push_back(static_cast<uint8_t>((state = state * 1664525 + 1013904223) >> 24));
  return bytes;
}

/// A server that does as it should: whole files and ranges.
HttpReply serve(const Bytes& file, const HttpRequest& request) {
  HttpReply reply;
  if (!request.rangeFrom) {
    reply.body = file;
    return reply;
  }
  const auto from = static_cast<size_t>(*request.rangeFrom);
  if (from >= file.size()) {
    reply.status = 416;
    reply.headers = {"Content-Range: bytes */" + std::to_string(file.size())};
    return reply;
  }
  reply.status = 206;
  reply.headers = {"Content-Range: bytes " + std::to_string(from) + "-" + std::to_string(file.size() - 1) +
                   "/" + std::to_string(file.size())};
  reply.body.assign(file.begin() + static_cast<ptrdiff_t>(from), file.end());
  return reply;
}

Bytes firstBytes(const Bytes& file, size_t count) {
  return {file.begin(), file.begin() + static_cast<ptrdiff_t>(count)};
}

class Download : public testing::Test {
 protected:
  /// Fetches "file.gz" from the mirrors in order; each is asked at /0, /1 ...
  Status fetch(const HttpServer& server, int mirrors = 1) {
    m_item.urls.clear();
    for (int i = 0; i < mirrors; ++i) m_item.urls.push_back(server.url("/" + std::to_string(i)));
    return download({m_item}, folder, options, control);
  }

  void expectFetched() const {
    EXPECT_EQ(sha256Of(test::readBytes(target)), sha256Of(file));
    EXPECT_FALSE(fs::exists(part));
  }

  void expectRefused(const Status& status, Fault fault = Fault::work) const {
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().fault, fault) << status.error().message;
    EXPECT_FALSE(fs::exists(target)) << "nothing may appear under the name that is not whole and checked";
  }

  const Bytes payload = noise(300'000);
  const Bytes file = test::gzip(payload);
  const test::Environment direct{"no_proxy", "127.0.0.1"};
  const test::TemporaryFolder temporary;
  const fs::path folder = temporary.path() / "data" / "mnist";
  const fs::path target = folder / "file.gz";
  const fs::path part = folder / "file.gz.part";
  DownloadOptions options;
  JobControl control;
  DownloadItem m_item{"file.gz", {}, sha256Of(payload), 400'000, 300'000};
};

TEST_F(Download, FetchesAndChecks) {
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); });
  std::vector<DownloadProgress> told;
  options.progress = [&told](const DownloadProgress& progress) { told.push_back(progress); };
  const Status status = fetch(server);
  ASSERT_TRUE(status.ok()) << status.error().message;
  expectFetched();
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back().receivedBytes, static_cast<int64_t>(file.size()));
  EXPECT_EQ(told.back().totalBytes, static_cast<int64_t>(file.size()));
  EXPECT_EQ(told.back().file, "file.gz");
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end(),
                             [](const auto& a, const auto& b) { return a.receivedBytes < b.receivedBytes; }));
  EXPECT_DOUBLE_EQ(control.progress(), 1);
}

TEST_F(Download, ChecksAnArchiveAsItIs) {
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); });
  m_item.stored = true;
  expectRefused(fetch(server)); // the checksum is of what it decompresses to
  m_item.payloadSha256 = sha256Of(file);
  m_item.payloadBytes = static_cast<int64_t>(file.size());
  const Status status = fetch(server);
  ASSERT_TRUE(status.ok()) << status.error().message;
  expectFetched();
}

TEST_F(Download, LeavesAloneWhatIsThereAndReplacesWhatIsDamaged) {
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); });
  ASSERT_TRUE(fetch(server).ok());
  ASSERT_TRUE(fetch(server).ok());
  EXPECT_EQ(server.requests().size(), 1U) << "the second call has nothing to do";
  test::writeBytes(target, {1, 2, 3});
  ASSERT_TRUE(fetch(server).ok());
  EXPECT_EQ(server.requests().size(), 2U);
  expectFetched();
}

TEST_F(Download, FetchesAllItemsInOrder) {
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); });
  DownloadItem first = m_item, second = m_item;
  first.urls = {server.url("/a")};
  second.urls = {server.url("/b")};
  second.name = "second.gz";
  ASSERT_TRUE(download({first, second}, folder, options, control).ok());
  expectFetched();
  EXPECT_EQ(test::readBytes(folder / "second.gz"), file);
}

TEST_F(Download, ResumesWithARange) {
  test::writeBytes(part, firstBytes(file, 1000));
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); });
  ASSERT_TRUE(fetch(server).ok());
  expectFetched();
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests()[0].rangeFrom, 1000);
}

TEST_F(Download, BeginsAgainWhenTheServerKnowsNoRanges) {
  test::writeBytes(part, firstBytes(file, 1000));
  const HttpServer server([this](const HttpRequest&) { return HttpReply{.body = file}; });
  const Status status = fetch(server);
  ASSERT_TRUE(status.ok()) << status.error().message;
  expectFetched();
}

TEST_F(Download, BeginsAgainWhenTheServerSendsAnotherRange) {
  test::writeBytes(part, firstBytes(file, 1000));
  const HttpServer server([this](const HttpRequest& request) {
    HttpReply reply = serve(file, request);
    if (request.rangeFrom) reply.headers = {"Content-Range: bytes 0-9/10"};
    return reply;
  });
  ASSERT_TRUE(fetch(server).ok());
  expectFetched();
  ASSERT_EQ(server.requests().size(), 2U);
  EXPECT_FALSE(server.requests()[1].rangeFrom);
}

TEST_F(Download, UsesAPartThatIsWholeAlready) {
  test::writeBytes(part, file);
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); }); // answers 416
  ASSERT_TRUE(fetch(server).ok());
  expectFetched();
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(Download, ThrowsAwayAPartThatIsTooLong) {
  Bytes longer = file;
  longer.resize(file.size() + 10);
  test::writeBytes(part, longer);
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); });
  ASSERT_TRUE(fetch(server).ok());
  expectFetched();
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(Download, ThrowsAwayAPartOfAnotherFile) {
  test::writeBytes(part, Bytes(1000, 0x55));
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); });
  ASSERT_TRUE(fetch(server).ok());
  expectFetched();
  EXPECT_EQ(server.requests().size(), 2U) << "once continued, found wrong, once from the beginning";
}

TEST_F(Download, GoesOnToTheNextMirror) {
  for (const int status : {404, 500, 204}) {
    fs::remove(target);
    const HttpServer server([this, status](const HttpRequest& request) {
      if (request.path == "/0") return HttpReply{.status = status, .body = status == 204 ? Bytes{} : file};
      return serve(file, request);
    });
    const Status result = fetch(server, 2);
    ASSERT_TRUE(result.ok()) << result.error().message;
    expectFetched();
    EXPECT_EQ(server.requests().size(), 2U);
  }
}

TEST_F(Download, NamesEveryMirrorThatFailed) {
  const HttpServer server([](const HttpRequest& request) {
    return HttpReply{.status = request.path == "/0" ? 500 : 404, .body = {'n', 'o'}};
  });
  const Status status = fetch(server, 2);
  expectRefused(status);
  EXPECT_THAT(status.error().message,
              AllOf(HasSubstr(server.url("/0") + " answered 500"),
                    HasSubstr(server.url("/1") + " answered 404"), HasSubstr("file.gz")));
  EXPECT_FALSE(fs::exists(part)) << "an error page is not part of the file";
}

TEST_F(Download, ContinuesATruncatedFileFromTheNextMirror) {
  const HttpServer server([this](const HttpRequest& request) {
    if (request.path != "/0") return serve(file, request);
    return HttpReply{.body = firstBytes(file, 5000), .announced = static_cast<int64_t>(file.size())};
  });
  ASSERT_TRUE(fetch(server, 2).ok());
  expectFetched();
  ASSERT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(server.requests()[1].rangeFrom, 5000);
}

TEST_F(Download, KeepsTheBeginningOfATruncatedFile) {
  const HttpServer server([this](const HttpRequest&) {
    return HttpReply{.body = firstBytes(file, 5000), .announced = static_cast<int64_t>(file.size())};
  });
  expectRefused(fetch(server));
  EXPECT_EQ(test::readBytes(part), firstBytes(file, 5000));
}

TEST_F(Download, RefusesAFileThatIsShorterThanItShouldBe) {
  // The server announces too little, so that the transfer itself looks complete.
  const HttpServer server([this](const HttpRequest&) { return HttpReply{.body = file, .announced = 5000}; });
  const Status status = fetch(server);
  expectRefused(status);
  EXPECT_THAT(status.error().message, HasSubstr("is cut off"));
  EXPECT_FALSE(fs::exists(part));
}

TEST_F(Download, RefusesWrongBytes) {
  const Bytes other = test::gzip(noise(1000));
  Bytes flipped = file;
  flipped[flipped.size() / 2] ^= 1;
  const HttpServer server([&](const HttpRequest& request) {
    return HttpReply{.body = request.path == "/0"   ? other
                             : request.path == "/1" ? flipped
                                                    : Bytes{'<', 'h', 't', 'm', 'l'}};
  });
  const Status status = fetch(server, 3);
  expectRefused(status);
  EXPECT_THAT(status.error().message,
              AllOf(HasSubstr("/0 sent a file with another checksum"), HasSubstr("/1 sent a damaged file"),
                    HasSubstr("/2 sent a file with")));
  EXPECT_FALSE(fs::exists(part));
}

TEST_F(Download, RefusesAnEmptyFile) {
  const HttpServer server([](const HttpRequest&) { return HttpReply{}; });
  const Status status = fetch(server);
  expectRefused(status);
  EXPECT_THAT(status.error().message, HasSubstr("sent an empty file"));
  EXPECT_FALSE(fs::exists(part));
}

TEST_F(Download, RefusesMoreThanItsBoundAnnouncedOrNot) {
  m_item.maximumBytes = 1000;
  const HttpServer server([this](const HttpRequest& request) {
    return HttpReply{.body = file,
                     .announced = request.path == "/0" ? std::nullopt : std::optional<int64_t>(-1)};
  });
  const Status status = fetch(server, 2);
  expectRefused(status);
  EXPECT_THAT(status.error().message,
              AllOf(HasSubstr("/0 announced " + std::to_string(file.size()) + " bytes"),
                    HasSubstr("/1 sent more than the 1000 bytes allowed")));
}

TEST_F(Download, RefusesAGzipBomb) {
  const Bytes bomb = test::gzip(Bytes(size_t{64} << 20));
  const HttpServer server([&bomb](const HttpRequest&) { return HttpReply{.body = bomb}; });
  const Status status = fetch(server);
  expectRefused(status);
  EXPECT_THAT(status.error().message, HasSubstr("more than the 300000 bytes"));
}

TEST_F(Download, FollowsARedirectButNotToAFile) {
  const HttpServer server([this](const HttpRequest& request) {
    if (request.path == "/0") return HttpReply{.status = 302, .headers = {"Location: file:///etc/hostname"}};
    if (request.path == "/1") return HttpReply{.status = 302, .headers = {"Location: /there"}, .body = {'x'}};
    return serve(file, request);
  });
  const Status status = fetch(server, 2);
  ASSERT_TRUE(status.ok()) << status.error().message;
  expectFetched();
  EXPECT_EQ(server.requests().size(), 3U);
}

TEST_F(Download, GivesUpOnAServerThatStalls) {
  options.stallSeconds = 1;
  const HttpServer server([this](const HttpRequest& request) {
    if (request.path != "/0") return serve(file, request);
    return HttpReply{
        .body = firstBytes(file, 5000), .announced = static_cast<int64_t>(file.size()), .stall = true};
  });
  const Status status = fetch(server, 2);
  ASSERT_TRUE(status.ok()) << status.error().message;
  expectFetched();
  EXPECT_EQ(server.requests().back().rangeFrom, 5000);
}

TEST_F(Download, CancelsAStalledServerAndResumesLater) {
  options.stallSeconds = 3600; // only the cancel can end it
  std::atomic<bool> stall = true;
  const HttpServer server([this, &stall](const HttpRequest& request) {
    if (!stall) return serve(file, request);
    return HttpReply{
        .body = firstBytes(file, 5000), .announced = static_cast<int64_t>(file.size()), .stall = true};
  });
  options.progress = [this](const DownloadProgress& progress) {
    if (progress.receivedBytes == 5000) control.cancel();
  };
  const Status status = fetch(server);
  expectRefused(status, Fault::interrupted);
  EXPECT_EQ(test::readBytes(part), firstBytes(file, 5000));

  stall = false;
  JobControl again;
  options.progress = nullptr;
  ASSERT_TRUE(download({m_item}, folder, options, again).ok());
  expectFetched();
  EXPECT_EQ(server.requests().back().rangeFrom, 5000);
}

TEST_F(Download, SaysWhenNobodyAnswers) {
  std::string url;
  {
    const HttpServer server([](const HttpRequest&) { return HttpReply{}; });
    url = server.url("/");
  } // its port is closed now
  m_item.urls = {url};
  const Status status = download({m_item}, folder, options, control);
  expectRefused(status);
  EXPECT_THAT(status.error().message, HasSubstr(url + " failed: "));
}

TEST_F(Download, SaysWhenTheDiskIsFull) {
  fs::create_directories(folder);
  fs::create_symlink("/dev/full", part); // every write there fails as on a full disk
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); });
  const Status status = fetch(server, 2);
  expectRefused(status);
  EXPECT_THAT(status.error().message, AllOf(HasSubstr(part.string()), HasSubstr("No space left on device")));
  EXPECT_EQ(server.requests().size(), 1U) << "another mirror does not help";
}

TEST_F(Download, KeepsWhatFittedWhenTheDiskFills) {
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); });
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = 50'000;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const Status status = fetch(server);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  expectRefused(status);
  EXPECT_THAT(status.error().message, HasSubstr("File too large"));
  EXPECT_EQ(test::readBytes(part), firstBytes(file, 50'000));
  ASSERT_TRUE(fetch(server).ok());
  expectFetched();
  EXPECT_EQ(server.requests().back().rangeFrom, 50'000);
}

TEST_F(Download, TwoDownloadsDoNotMix) {
  fs::create_directories(folder);
  const int other = open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  ASSERT_EQ(flock(other, LOCK_EX | LOCK_NB), 0);
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); });
  const Status status = fetch(server);
  expectRefused(status);
  EXPECT_THAT(status.error().message, HasSubstr("another program"));
  close(other);
  ASSERT_TRUE(fetch(server).ok());
  expectFetched();
}

TEST_F(Download, SaysWhenTheFolderCannotBeMade) {
  test::writeBytes(temporary.path() / "data", {1}); // a file in the folder's place
  const HttpServer server([this](const HttpRequest& request) { return serve(file, request); });
  const Status status = fetch(server);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().fault, Fault::work);
  EXPECT_THAT(status.error().message, HasSubstr(folder.string()));
}

} // namespace
} // namespace latent
