// The only file of this folder that needs OpenCV.
#include "core/explore/support.h"

#ifdef LATENT_OPENCV
#include <opencv2/core.hpp>
#endif

namespace latent {

#ifdef LATENT_OPENCV

namespace {

/// An eigenvector's sign is arbitrary. The largest coefficient is made positive, so that new weights of a run
/// do not turn the plane over.
std::vector<float> direction(const cv::Mat& row) {
  std::vector<float> values(row.begin<float>(), row.end<float>());
  size_t largest = 0;
  for (size_t j = 1; j < values.size(); ++j)
    if (std::abs(values[j]) > std::abs(values[largest])) largest = j;
  if (values[largest] < 0)
    for (float& value : values) value = -value;
  return values;
}

} // namespace

Result<MainDirections> mainDirections(const Encoded& points) {
  if (points.latent < 2)
    return usageError("Main directions need at least two latents; this model has " +
                      std::to_string(points.latent) + ".");
  if (points.count < 2) return usageError("Main directions need at least two encoded images.");
  // OpenCV reads the codes and does not change them.
  const cv::Mat codes(static_cast<int>(points.count), points.latent, CV_32F,
                      const_cast<float*>(points.mu.data()));
  try {
    const cv::PCA pca(codes, cv::Mat(), cv::PCA::DATA_AS_ROW, 2);
    if (pca.eigenvectors.rows < 2)
      return workError("The main directions of these codes could not be computed.");
    return MainDirections{{pca.mean.begin<float>(), pca.mean.end<float>()},
                          direction(pca.eigenvectors.row(0)),
                          direction(pca.eigenvectors.row(1))};
  } catch (const cv::Exception& exception) {
    return workError("The main directions of these codes could not be computed: " + exception.err + ".");
  }
}

#else

Result<MainDirections> mainDirections(const Encoded&) {
  return usageError(
      "This build has no OpenCV, which computes main directions; install libopencv-dev and build anew.");
}

#endif

} // namespace latent
