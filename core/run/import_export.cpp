#include "core/run/import_export.h"

#include "core/io/files.h"
#include "core/io/safetensors.h"
#include "core/io/state_file.h"
#include "core/models/families.h"
#include "core/models/interchange/match_weights.h"
#include "core/models/interchange/state_dictionary.h"
#include "core/models/interchange/torchscript_archive.h"
#include "core/run/imported_run.h"
#include "core/run/new_run.h"
#include "core/run/run_writer.h"

#include <map>
#include <set>

namespace latent {
namespace {

namespace fs = std::filesystem;

/// The file's tensors in the layout of the model, as float32.
Result<std::shared_ptr<const Weights>> readFitting(const StateFile& file, const ModelSpec& spec) {
  const auto layout = weightLayout(spec);
  std::vector<OfferedTensor> offered;
  std::map<std::string, size_t> indices;
  for (size_t i = 0; i < file.tensors().size(); ++i) {
    const StateFile::Tensor& tensor = file.tensors()[i];
    offered.push_back({tensor.name, tensor.shape, tensor.type, tensor.floating});
    indices[tensor.name] = i;
  }
  if (const Status status = checkTensors(*layout, offered); !status) return status.error();

  auto weights = std::make_shared<Weights>();
  weights->step = file.step();
  weights->epoch = file.epoch();
  weights->layout = layout;
  for (const WeightEntry& entry : *layout) {
    const auto values = file.read(indices.at(entry.name));
    if (!values) return values.error();
    weights->values.insert(weights->values.end(), values->begin(), values->end());
  }
  return std::shared_ptr<const Weights>(std::move(weights));
}

std::vector<std::string> notesOn(const StateFile& file) {
  std::vector<std::string> notes;
  if (!file.wrapper().empty())
    notes.push_back("Took the dictionary \"" + file.wrapper() + "\" inside the file.");
  if (!file.dropped().empty()) notes.push_back("Dropped the prefix \"" + file.dropped() + "\" of all names.");
  std::set<std::string> types;
  for (const StateFile::Tensor& tensor : file.tensors())
    if (tensor.type != "float32") types.insert(tensor.type);
  std::string all;
  for (const std::string& type : types) all += (all.empty() ? "" : " and ") + type;
  if (!all.empty()) notes.push_back("Converted " + all + " to float32.");
  return notes;
}

/// The TorchScript archive that was imported, byte for byte.
Status exportArchive(const RunFolder& run, const Weights& weights, const fs::path& file) {
  if (file.extension() != ".pt")
    return usageError("The run " + run.path().string() +
                      " is a TorchScript module, which is no dictionary of tensors; export it to FILE.pt.");
  const auto archive = archiveFromValues(weights.values);
  if (!archive) return archive.error();
  return writeFileAtomically(file, *archive);
}

} // namespace

Result<ImportReport> importWeights(const fs::path& path, const RunConfig& config, const Dataset& data,
                                   const fs::path& out) {
  const FamilyInfo* family = findFamily(config.family);
  auto spec = makeModelSpec(config.family, data.shape, config.parameters);
  if (!spec) return spec.error();
  if (!family->trainable)
    return usageError("The family " + family->id +
                      " has no weights of its own; use --torchscript for a module.");
  const auto file = StateFile::open(path);
  if (!file) return file.error();
  const auto weights = readFitting(*file, *spec);
  if (!weights) {
    const std::string& what = weights.error().message;
    return Error{weights.error().fault, what.starts_with(path.string()) ? what : path.string() + ": " + what};
  }

  RunRecord record = newRecord(config, std::move(*spec), data);
  record.imported = path.filename().string();
  auto folder = writeImportedRun(out, std::move(record), **weights);
  if (!folder) return folder.error();
  return ImportReport{std::move(*folder), (*weights)->step, static_cast<int64_t>((*weights)->layout->size()),
                      static_cast<int64_t>((*weights)->values.size()), notesOn(*file)};
}

Status exportWeights(const RunFolder& run, std::optional<int64_t> step, const fs::path& file) {
  const std::string ending = file.extension().string();
  if (ending != ".safetensors" && ending != ".pt")
    return usageError("The ending of " + file.string() +
                      " names no format of weights; use .safetensors or .pt.");
  const auto weights = run.weights(step);
  if (!weights) return weights.error();
  if (!findFamily(run.record().spec.family)->trainable) return exportArchive(run, **weights, file);
  if (ending == ".safetensors") return writeWeights(file, **weights, weightsMetadata(run.record()));
  const auto bytes = toStateDictionary(**weights);
  if (!bytes) return bytes.error();
  return writeFileAtomically(file, *bytes);
}

} // namespace latent
