// A file of named tensors from PyTorch: safetensors, or what torch.save(model.state_dict()) writes.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace latent {

/// Names, shapes and types first, values when asked for, so that a file can be refused before anything is
/// made of it. The format follows from the content, not from the name.
class StateFile {
 public:
  /// Input errors: missing, damaged, PyTorch's format from before 1.6 (says how to convert it), TorchScript
  /// archives, pickled objects.
  static Result<StateFile> open(const std::filesystem::path& path);
  /// `path` is for messages.
  static Result<StateFile> parse(std::vector<std::byte> bytes, const std::filesystem::path& path);
  StateFile(StateFile&&) noexcept;
  StateFile& operator=(StateFile&&) noexcept;
  ~StateFile();

  struct Tensor {
    std::string name; ///< without the prefix that all names share, see dropped()
    std::string type; ///< "float32", "bfloat16", "int64" ...
    bool floating = false;
    std::vector<int64_t> shape;
  };
  const std::vector<Tensor>& tensors() const;
  /// Row-major, converted to float32; index into tensors(). Input error for damage and values that are no
  /// numbers.
  Result<std::vector<float>> read(size_t index) const;

  /// "module." of DistributedDataParallel where every name began with it, else "".
  const std::string& dropped() const;
  /// Key of the dictionary inside a checkpoint that was taken, else "".
  const std::string& wrapper() const;
  /// Optimiser updates and passes done, where a file of this program says so.
  int64_t step() const;
  double epoch() const;

 private:
  struct Impl;
  explicit StateFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent
