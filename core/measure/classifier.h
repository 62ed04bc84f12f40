// A small convolutional network that reads the class of an image: a judge that knows no latent space. No
// torch in this header.
#pragma once

#include "core/base/image.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/base/weights.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace latent {

/// Grows whenever training or the network changes, so that older classifiers are not taken for this one.
constexpr int kClassifierVersion = 1;

/// What a classifier is and how well it knows the data set that it was trained on.
struct ClassifierInfo {
  ImageShape shape;
  int64_t classes = 0;
  double testAccuracy = 0; ///< share of the test images read as what they are labelled
  int64_t testImages = 0;  ///< labelled test images that were read for it, at most 10,000
  bool operator==(const ClassifierInfo&) const = default;
};

struct Readings {
  std::vector<int> labels;          ///< [n] the likeliest class
  std::vector<float> probabilities; ///< [n, classes]
};

/// Any thread may call classify().
class Classifier {
 public:
  /// Trains on the labelled images of the training split and tests on those of the test split: 120,000 images
  /// in batches of 100, each at most ten times, Adam with a rate that falls from 0.002 to 0. Some 10 s of
  /// processor time for MNIST. Equal data sets give equal bits on one machine. Usage error where fewer than
  /// two classes are labelled; Fault::interrupted after a cancel.
  static Result<Classifier> train(const Dataset& data, JobControl& control);

  /// One that was trained before. Input error where the weights are not those of such a network.
  static Result<Classifier> fromWeights(const ClassifierInfo& info, const Weights& weights);

  Classifier(Classifier&&) noexcept;
  Classifier& operator=(Classifier&&) noexcept;
  ~Classifier();

  const ClassifierInfo& info() const;
  Weights weights() const; ///< a copy, step 0

  /// images: [n, C, H, W] in [0,1], of info().shape. Computed in chunks of 100.
  Readings classify(std::span<const float> images, int64_t n) const;

 private:
  struct Impl;
  explicit Classifier(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent
