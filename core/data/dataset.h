// A data set: two splits of images that stay uint8 until a batch is made of them.
#pragma once

#include "core/base/image.h"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace latent {

/// One split. Immutable after it was built, so any thread may read it.
class Split {
 public:
  virtual ~Split() = default;

  virtual int64_t size() const = 0;
  virtual ImageShape shape() const = 0;

  /// Copies images (CHW, 0..255) one after the other to `out`, which holds indices.size() * shape().pixels()
  /// bytes. Indices are in [0, size()); anything else is a broken contract.
  virtual void read(std::span<const int64_t> indices, uint8_t* out) const = 0;

  /// All images one after the other where they are held in memory; empty for generated splits (`shapes`).
  virtual std::span<const uint8_t> resident() const { return {}; }

  /// Class of image i, -1 where unknown.
  virtual int64_t label(int64_t i) const = 0;

  /// File the image came from, relative to Dataset::path; "" where images have none of their own.
  virtual std::string file(int64_t) const { return {}; }

  /// Values of the generating factors of image i in the order of Dataset::factors; empty where unknown.
  virtual std::vector<float> factors(int64_t) const { return {}; }
};

/// What metadata says of the images of one split, in its order. Exactly one of the two holds a value an
/// image.
struct ColumnValues {
  std::vector<std::string> texts; ///< "" = unknown
  std::vector<double> numbers;    ///< NaN = unknown
};

/// One column of metadata.csv. It holds numbers if every value given is one.
struct MetadataColumn {
  std::string name;
  bool numeric = false;
  ColumnValues train;
  ColumnValues test;
};

struct Dataset {
  std::string id;   ///< "mnist", "fashion-mnist", "cifar10", "digits", "shapes", or a path with its options
  std::string name; ///< for people: "MNIST"
  std::string path; ///< folder or file it was read from, "" for generated ones
  ImageShape shape;
  std::vector<std::string> classes;             ///< class names, by label
  std::vector<std::string> factors;             ///< names of the generating factors
  std::vector<MetadataColumn> columns;          ///< what images can be coloured by besides their class
  std::map<std::string, std::string> checksums; ///< file name -> SHA-256 of its decompressed payload
  std::vector<std::string> warnings;            ///< sentences: what was left out of the data, and why
  bool verified = false;                        ///< the payloads are the published ones
  std::shared_ptr<const Split> train;
  std::shared_ptr<const Split> test;
};

/// Image i of a split as floats in [0,1].
Image imageAt(const Split& split, int64_t i);

} // namespace latent
