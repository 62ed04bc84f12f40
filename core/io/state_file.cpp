#include "core/io/state_file.h"

#include "core/io/files.h"
#include "core/io/lines.h"
#include "core/io/pickle.h"
#include "core/io/printable.h"
#include "core/io/safetensors.h"
#include "core/io/zip_archive.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace latent {

namespace fs = std::filesystem;

struct StateFile::Impl {
  std::string name; ///< of the file
  std::vector<Tensor> tensors;
  std::string dropped, wrapper;
  int64_t step = 0;
  double epoch = 0;

  // One of the two holds the values.
  NamedArrays arrays;
  std::vector<std::byte> bytes;
  std::vector<PickledTensor> pickled;
  std::string folder; ///< inside the archive, with its slash
  ZipArchive archive; ///< views of `bytes`

  Result<std::vector<float>> values(size_t index) const {
    if (pickled.empty()) return arrays.at(index).second.toFloats();
    const PickledTensor& tensor = pickled.at(index);
    const auto storage = archive.read(folder + "data/" + tensor.storage);
    if (!storage) return storage.error();
    const int64_t expected = tensor.storageElements * storageElementSize(tensor.type);
    if (static_cast<int64_t>(storage->size()) != expected)
      return inputError(name + ": the storage of \"" + printable(tensor.name) + "\" has " +
                        std::to_string(storage->size()) + " bytes where " + std::to_string(expected) +
                        " are needed; the file is damaged.");
    return gatherTensor(tensor, *storage);
  }
};

namespace {

constexpr int64_t maximumBytes = int64_t{8} << 30;
constexpr size_t maximumPickle = size_t{16} << 20;

std::string typeName(ElementType type) {
  switch (type) {
  case ElementType::f16:
    return "float16";
  case ElementType::bf16:
    return "bfloat16";
  case ElementType::f32:
    return "float32";
  case ElementType::f64:
    return "float64";
  case ElementType::u8:
    return "uint8";
  case ElementType::i32:
    return "int32";
  case ElementType::i64:
    return "int64";
  case ElementType::u64:
    return "uint64";
  case ElementType::boolean:
    return "bool";
  }
  return {};
}

bool isFloating(ElementType type) {
  return type == ElementType::f16 || type == ElementType::bf16 || type == ElementType::f32 ||
         type == ElementType::f64;
}

std::string_view textOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// torch.save before 1.6 began with a pickled magic number; still older files are tar archives.
bool isOldFormat(std::string_view text) {
  using namespace std::string_view_literals;
  constexpr auto magic = "\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"sv;
  return text.substr(0, 32).find(magic) != std::string_view::npos ||
         (text.size() > 262 && text.substr(257, 5) == "ustar"sv);
}

/// "NAME/" of the folder that all members of PyTorch's archives lie in.
std::string folderOf(const ZipArchive& archive) {
  for (const auto& [name, member] : archive.members()) {
    const size_t slash = name.find('/');
    if (slash != std::string::npos && name.substr(slash + 1) == "data.pkl") return name.substr(0, slash + 1);
  }
  return {};
}

bool isTorchScript(const ZipArchive& archive, const std::string& folder) {
  return std::ranges::any_of(archive.members(), [&](const auto& member) {
    return member.first.starts_with(folder + "code/") || member.first == folder + "constants.pkl";
  });
}

/// DistributedDataParallel and DataParallel put their own name before all others.
std::string sharedPrefix(const std::vector<StateFile::Tensor>& tensors) {
  constexpr std::string_view prefix = "module.";
  const bool all = std::ranges::all_of(tensors, [&](const auto& t) { return t.name.starts_with(prefix); });
  return all ? std::string(prefix) : std::string();
}

} // namespace

StateFile::StateFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {
  m_impl->dropped = sharedPrefix(m_impl->tensors);
  for (Tensor& tensor : m_impl->tensors) tensor.name.erase(0, m_impl->dropped.size());
}
StateFile::StateFile(StateFile&&) noexcept = default;
StateFile& StateFile::operator=(StateFile&&) noexcept = default;
StateFile::~StateFile() = default;

Result<StateFile> StateFile::open(const fs::path& path) {
  auto bytes = readFile(path, maximumBytes);
  if (!bytes) return bytes.error();
  return parse(std::move(*bytes), path);
}

Result<StateFile> StateFile::parse(std::vector<std::byte> bytes, const fs::path& path) {
  auto impl = std::make_unique<Impl>();
  impl->name = path.string();
  const auto refused = [&](const std::string& why) { return inputError(impl->name + " " + why); };
  if (isOldFormat(textOf(bytes)))
    return refused("is in the format that PyTorch wrote before version 1.6; convert it in Python with "
                   "torch.save(torch.load(\"" +
                   path.filename().string() + "\", map_location=\"cpu\"), \"new.pt\").");

  if (!ZipArchive::looksLikeOne(bytes)) {
    // Eight bytes of length, then a JSON object: anything else is not worth the reader's message.
    if (bytes.size() < 9 || bytes[8] != std::byte{'{'})
      return refused("is neither a safetensors file nor one that torch.save wrote.");
    auto content = parseSafetensors(bytes, impl->name);
    if (!content) return content.error();
    if (content->arrays.empty()) return refused("holds no tensors.");
    for (const auto& [name, array] : content->arrays)
      impl->tensors.push_back({name, typeName(array.type), isFloating(array.type), array.shape});
    impl->arrays = std::move(content->arrays);
    const auto& metadata = content->metadata;
    if (const auto step = metadata.find("step"); step != metadata.end())
      if (!parseNumber(step->second, impl->step) || impl->step < 0) impl->step = 0;
    if (const auto epoch = metadata.find("epoch"); epoch != metadata.end())
      if (!parseNumber(epoch->second, impl->epoch) || !(impl->epoch >= 0)) impl->epoch = 0;
    return StateFile(std::move(impl));
  }

  impl->bytes = std::move(bytes);
  auto archive = ZipArchive::parse(impl->bytes, impl->name);
  if (!archive) return archive.error();
  impl->archive = std::move(*archive);
  impl->folder = folderOf(impl->archive);
  if (impl->folder.empty())
    return refused("is a zip archive, but torch.save did not write it (no data.pkl).");
  if (isTorchScript(impl->archive, impl->folder))
    return refused("is a TorchScript archive; give it with --torchscript, or save model.state_dict().");
  if (impl->archive.members().contains(impl->folder + "byteorder")) {
    const auto order = impl->archive.read(impl->folder + "byteorder");
    if (!order) return order.error();
    if (textOf(*order) != "little") return refused("was written on a big-endian machine, which is not read.");
  }
  const auto pickled = impl->archive.read(impl->folder + "data.pkl");
  if (!pickled) return pickled.error();
  if (pickled->size() > maximumPickle)
    return refused("has a data.pkl of " + std::to_string(pickled->size()) + " bytes, more than the " +
                   std::to_string(maximumPickle) + " that are read; save model.state_dict() alone.");
  auto state = parsePickledState(*pickled, impl->name + ", data.pkl");
  if (!state) return state.error();
  for (const PickledTensor& tensor : state->tensors)
    impl->tensors.push_back(
        {tensor.name, storageTypeName(tensor.type), latent::isFloating(tensor.type), tensor.shape});
  impl->pickled = std::move(state->tensors);
  impl->wrapper = std::move(state->wrapper);
  return StateFile(std::move(impl));
}

const std::vector<StateFile::Tensor>& StateFile::tensors() const {
  return m_impl->tensors;
}

Result<std::vector<float>> StateFile::read(size_t index) const {
  auto values = m_impl->values(index);
  if (!values) return values;
  if (std::ranges::all_of(*values, [](float value) { return std::isfinite(value); })) return values;
  return inputError(m_impl->name + ": the tensor \"" + printable(m_impl->tensors.at(index).name) +
                    "\" holds values that are no finite float32 numbers.");
}

const std::string& StateFile::dropped() const {
  return m_impl->dropped;
}
const std::string& StateFile::wrapper() const {
  return m_impl->wrapper;
}
int64_t StateFile::step() const {
  return m_impl->step;
}
double StateFile::epoch() const {
  return m_impl->epoch;
}

} // namespace latent
