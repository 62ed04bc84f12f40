#include "tests/core/fixtures/torchscript.h"

#include "core/models/evaluation.h"
#include "core/models/families.h"
#include "core/models/flat_model.h"
#include "core/models/interchange/torchscript_archive.h"
#include "tests/core/fixtures/tiny_dataset.h"

#include <caffe2/serialize/inline_container.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using fixtures::torchScript;
using testing::HasSubstr;

constexpr ImageShape shape{1, 8, 8};

std::string refused(const std::vector<std::byte>& archive) {
  const auto facts = inspectTorchScript(archive, shape, "m.pt");
  EXPECT_FALSE(facts);
  if (facts) return {};
  EXPECT_EQ(facts.error().fault, Fault::input);
  EXPECT_THAT(facts.error().message, testing::StartsWith("m.pt: "));
  EXPECT_EQ(facts.error().message.find('\n'), std::string::npos);
  return facts.error().message;
}

/// A model of such an archive with its weights written.
FlatModel modelOf(const std::vector<std::byte>& archive, const std::string& family, Parameters parameters) {
  parameters.set("archive_bytes", static_cast<int64_t>(archive.size()));
  parameters.set("archive_crc", archiveChecksum(archive));
  const auto spec = makeModelSpec(family, shape, parameters);
  if (!spec) throw std::logic_error(spec.error().message);
  FlatModel model(*spec, torch::kCPU, FlatModel::Gradients::none);
  model.write(weightsFromArchive(archive)->values);
  return model;
}

/// The same members as a PyTorch of that format version would write them.
std::vector<std::byte> ofVersion(const std::vector<std::byte>& archive, uint64_t version) {
  std::istringstream stream(std::string(reinterpret_cast<const char*>(archive.data()), archive.size()));
  caffe2::serialize::PyTorchStreamReader reader(&stream);
  std::vector<std::byte> bytes;
  caffe2::serialize::PyTorchStreamWriter writer([&](const void* data, size_t size) {
    const auto* first = static_cast<const std::byte*>(data);
    bytes.insert(bytes.end(), first, first + size);
    return size;
  });
  writer.setMinVersion(version);
  for (const std::string& name : reader.getAllRecords()) {
    if (name == "version") continue;
    const auto [data, size] = reader.getRecord(name);
    writer.writeRecord(name, data.get(), size);
  }
  writer.writeEndOfFile();
  return bytes;
}

TEST(TorchScript, FamiliesAreFoundButNotOffered) {
  for (const char* id : {"torchscript", "torchscript-vae"}) {
    ASSERT_TRUE(findFamily(id));
    EXPECT_FALSE(findFamily(id)->trainable);
    for (const FamilyInfo& info : families()) EXPECT_NE(info.id, id);
  }
}

TEST(TorchScript, AnArchiveIsWeightsAndBack) {
  const auto archive = torchScript(fixtures::exactMethods);
  const auto weights = weightsFromArchive(archive);
  EXPECT_EQ(weights->values.size(), archive.size());
  EXPECT_EQ(*archiveFromValues(weights->values), archive);
  auto values = weights->values;
  values[5] = 0.5F;
  EXPECT_FALSE(archiveFromValues(values));
  values[5] = 256;
  EXPECT_FALSE(archiveFromValues(values));
}

TEST(TorchScript, EncodesAndDecodesInTheModulesRange) {
  const torch::NoGradGuard noGrad;
  const auto archive = torchScript(fixtures::exactMethods);
  Parameters parameters;
  parameters.set("latent", int64_t{64});
  parameters.set("low", -1.0);
  parameters.set("high", 1.0);
  const FlatModel model = modelOf(archive, "torchscript", parameters);
  const torch::Tensor x = torch::linspace(0, 1, 128).view({2, 1, 8, 8});
  const Posterior q = model.model().encode(x);
  EXPECT_FALSE(q.logVar.defined());
  EXPECT_TRUE(torch::allclose(q.mu, (2 * x - 1).flatten(1).flip(1)));
  EXPECT_TRUE(torch::allclose(model.model().decode(q.mu), x, 1e-5, 1e-6));
  // Means and deviations of the channels cancel out, too.
  parameters.set("mean1", 0.2);
  parameters.set("std1", 4.0);
  const FlatModel shifted = modelOf(archive, "torchscript", parameters);
  EXPECT_TRUE(
      torch::allclose(shifted.model().encode(x).mu, ((2 * x - 1 - 0.2) / 4).flatten(1).flip(1), 1e-5, 1e-6));
  EXPECT_TRUE(torch::allclose(shifted.model().decode(shifted.model().encode(x).mu), x, 1e-5, 1e-6));
}

TEST(TorchScript, APosteriorIsEvaluatedAsThatOfAVae) {
  const auto archive = torchScript(fixtures::posteriorMethods);
  const auto facts = inspectTorchScript(archive, shape, "m.pt");
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_EQ(facts->latent, 2);
  EXPECT_TRUE(facts->posterior);
  Parameters parameters;
  parameters.set("latent", int64_t{2});
  parameters.set("logits", true);
  parameters.set("archive_bytes", static_cast<int64_t>(archive.size()));
  parameters.set("archive_crc", archiveChecksum(archive));
  const auto spec = makeModelSpec("torchscript-vae", shape, parameters);
  ASSERT_TRUE(spec);
  const auto data = fixtures::tinyDataset();
  const auto measures = evaluateSplit(*spec, *weightsFromArchive(archive), *data->test, 1, "cpu", nullptr);
  ASSERT_TRUE(measures) << measures.error().message;
  EXPECT_GT(measures->at("kl"), 0);
  EXPECT_NEAR(measures->at("elbo"), -measures->at("recon") - measures->at("kl"), 1e-6);
}

TEST(TorchScript, SaysWhatIsMissingOrOfAnotherShape) {
  const auto with = [](const std::string& encode, const std::string& decode) {
    return torchScript("def encode(self, x):\n    " + encode + "\ndef decode(self, z):\n    " + decode +
                       "\n");
  };
  const std::string flat = "return x.flatten(1)", images = "return z.view([-1, 1, 8, 8])";
  EXPECT_TRUE(inspectTorchScript(with(flat, images), shape, "m.pt"));
  EXPECT_THAT(refused(torchScript("def encode(self, x):\n    return x\n")),
              HasSubstr("the method decode is missing"));
  EXPECT_THAT(
      refused(torchScript("def encode(self, x, y):\n    return x\ndef decode(self, z):\n    return z\n")),
      HasSubstr("encode takes 2 arguments"));
  EXPECT_THAT(refused(with("return x", images)), HasSubstr("encode gives [2, 1, 8, 8]"));
  EXPECT_THAT(refused(with("return x.flatten(1), x.flatten(1)[:, 0:1]", images)), HasSubstr("logvar [2, 1]"));
  EXPECT_THAT(refused(with("return x.flatten(1), x, x", images)), HasSubstr("gives 3 values"));
  EXPECT_THAT(refused(with("return 3", images)), HasSubstr("encode gives no tensor"));
  EXPECT_THAT(refused(with(flat, "return z")),
              HasSubstr("decode gives [2, 64] for [2, 64] in place of images"));
  EXPECT_THAT(refused(with("return torch.matmul(x.flatten(1), self.w[0:3])", images)),
              HasSubstr("encode failed"));
  EXPECT_THAT(refused(with("return x.flatten(1) + torch.rand([1])", images)),
              HasSubstr("another result each time"));
  EXPECT_THAT(refused(with("assert x.size(0) > 99\n    return x.flatten(1)", images)),
              HasSubstr("encode failed"));
}

TEST(TorchScript, ArchivesThatCannotBeOpenedAreNamed) {
  const auto archive = torchScript(fixtures::exactMethods);
  EXPECT_THAT(refused({std::byte{1}, std::byte{2}}), HasSubstr("no TorchScript archive"));
  EXPECT_THAT(refused({archive.begin(), archive.begin() + 500}), HasSubstr("no TorchScript archive"));

  EXPECT_THAT(refused(ofVersion(archive, 1000)), HasSubstr("newer PyTorch"));
}

} // namespace
} // namespace latent
