#include "core/models/interchange/torchscript_model.h"

#include "core/models/interchange/torchscript_archive.h"
#include "core/models/objectives.h"
#include "core/models/schema.h"

namespace latent {
namespace {

constexpr int maximumChannels = 3;

/// [1, C, 1, 1] of `key`1, `key`2 ...
torch::Tensor byChannel(const ModelSpec& spec, const std::string& key, const torch::Device& device) {
  std::vector<float> values;
  for (int c = 1; c <= spec.shape.channels; ++c)
    values.push_back(static_cast<float>(spec.parameters.real(key + std::to_string(c))));
  if (device.is_meta()) return {};
  return torch::tensor(values).view({1, -1, 1, 1}).to(device);
}

ParameterSpec real(const std::string& key, const std::string& label, double minimum, double standard,
                   const std::string& help) {
  return {.key = key,
          .label = label,
          .group = "Module",
          .minimum = minimum,
          .maximum = 1e6,
          .standard = standard,
          .help = help};
}

ParameterSpec whole(const std::string& key, const std::string& label, double maximum,
                    const std::string& help) {
  return {.key = key,
          .label = label,
          .group = "Module",
          .type = ParameterType::integer,
          .minimum = 0,
          .maximum = maximum,
          .standard = int64_t{0},
          .help = help};
}

ParameterSpec flag(const std::string& key, const std::string& label, const std::string& help) {
  return {.key = key,
          .label = label,
          .group = "Module",
          .type = ParameterType::flag,
          .standard = false,
          .help = help};
}

ParameterSchema moduleSchema() {
  ParameterSchema schema{
      whole("latent", "Latent size", 1e6, "Length of z that the module's encode gives."),
      whole("archive_bytes", "Archive", static_cast<double>(maximumArchive),
            "Bytes of the TorchScript archive."),
      whole("archive_crc", "Checksum", 4294967295.0, "CRC-32 of the archive."),
      real("low", "Black", -1e6, 0, "What the module takes for black: 0 or -1."),
      real("high", "White", -1e6, 1, "What the module takes for white: 1 or 255."),
      flag("bgr", "Blue first", "The module's colour channels are blue, green, red."),
      flag("logits", "Logits", "decode gives logits, which the logistic function turns into pixels.")};
  for (int c = 1; c <= maximumChannels; ++c) {
    const std::string number = std::to_string(c);
    schema.push_back(real("mean" + number, "Mean " + number, -1e6, 0, "Taken off channel " + number + "."));
    schema.push_back(
        real("std" + number, "Deviation " + number, 1e-6, 1, "Divides channel " + number + " after that."));
  }
  return schema;
}

Status checkSpec(const ModelSpec& spec) {
  if (spec.shape.channels > maximumChannels)
    return usageError("A TorchScript module is shown images of at most 3 channels.");
  if (spec.parameters.real("low") >= spec.parameters.real("high"))
    return usageError("low, high: white must be more than black.");
  return done();
}

} // namespace

TorchScriptModel::TorchScriptModel(const ModelSpec& spec, const torch::Device& device, bool posterior)
    : m_shape(spec.shape),
      m_latent(spec.parameters.integer("latent")),
      m_checksum(spec.parameters.integer("archive_crc")),
      m_posterior(posterior),
      m_bgr(spec.parameters.flag("bgr")),
      m_logits(spec.parameters.flag("logits")),
      m_low(spec.parameters.real("low")),
      m_high(spec.parameters.real("high")),
      m_mean(byChannel(spec, "mean", device)),
      m_std(byChannel(spec, "std", device)) {
  m_archive = register_buffer("archive", torch::empty({spec.parameters.integer("archive_bytes")},
                                                      torch::TensorOptions().device(device)));
}

std::vector<std::string> TorchScriptModel::terms() const {
  return m_posterior ? std::vector<std::string>{"loss", "recon", "kl"}
                     : std::vector<std::string>{"loss", "recon"};
}

TorchScriptModule& TorchScriptModel::module() {
  if (m_module) return *m_module;
  const torch::Tensor values = m_archive.cpu();
  const auto archive = archiveFromValues({values.data_ptr<float>(), static_cast<size_t>(values.numel())});
  if (!archive) throw TorchScriptFault(archive.error().message);
  if (archiveChecksum(*archive) != m_checksum)
    throw TorchScriptFault("The weights are damaged: the TorchScript archive contradicts its checksum.");
  return m_module.emplace(*archive, m_archive.device());
}

Posterior TorchScriptModel::encode(const torch::Tensor& x) {
  torch::Tensor input = (x * (m_high - m_low) + m_low - m_mean) / m_std;
  if (m_bgr) input = input.flip(1);
  Posterior q = module().encode(input);
  if (q.mu.size(1) != m_latent || q.logVar.defined() < m_posterior)
    throw TorchScriptFault("the method encode gives another number of latents than when it was imported");
  if (!m_posterior) q.logVar = torch::Tensor();
  return q;
}

torch::Tensor TorchScriptModel::decode(const torch::Tensor& z) {
  torch::Tensor output = module().decode(z, m_shape);
  if (m_bgr) output = output.flip(1);
  if (m_logits) return output.sigmoid();
  return ((output * m_std + m_mean - m_low) / (m_high - m_low)).clamp(0, 1);
}

std::vector<torch::Tensor> TorchScriptModel::objective(const torch::Tensor& x, ObjectiveContext& context) {
  const Posterior q = encode(x);
  torch::Tensor z = q.mu;
  if (m_posterior) z = reparameterise(q.mu, q.logVar, torch::empty_like(q.mu).normal_(0, 1, context.noise));
  // Clamped, so that a pixel of exactly 0 or 1 costs at most 16 nats.
  const torch::Tensor logits = decode(z).clamp(1e-7, 1 - 1e-7).logit();
  const torch::Tensor recon = bernoulliNll(logits.flatten(1), x.flatten(1)).mean();
  if (!m_posterior) return {recon, recon};
  const torch::Tensor divergence = kl(q.mu, q.logVar).mean();
  return {recon + divergence, recon, divergence};
}

ModelFamily torchScriptFamily(bool posterior) {
  FamilyInfo info;
  info.id = posterior ? "torchscript-vae" : "torchscript";
  info.name = posterior ? "TorchScript module with a posterior" : "TorchScript module";
  info.shortName = "Module";
  info.summary =
      "Somebody else's module, opened to be looked at: it encodes and decodes, and cannot be trained here.";
  info.objective = posterior ? "recon + KL" : "recon";
  info.schema = joined({moduleSchema(), pixelSchema()});
  info.hasPrior = posterior;
  info.trainable = false;
  return {std::move(info),
          [posterior](const ModelSpec& spec, const torch::Device& device) {
            return std::make_shared<TorchScriptModel>(spec, device, posterior);
          },
          checkSpec};
}

} // namespace latent
