// The classifier of a data set: trained once on this machine, then read from the user's cache.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/measure/classifier.h"

#include <filesystem>
#include <memory>

namespace latent {

/// $XDG_CACHE_HOME or ~/.cache, then latent-explorer/classifiers.
std::filesystem::path classifierFolder();

/// The file of a data set's classifier in such a folder: its name is made of the payloads' checksums, the
/// labels and kClassifierVersion, so that other data is never taken for it.
std::filesystem::path classifierFile(const std::filesystem::path& folder, const Dataset& data);

/// One that was trained before. Input error where there is none, or the file is damaged.
Result<std::shared_ptr<const Classifier>> cachedClassifier(const Dataset& data,
                                                           const std::filesystem::path& folder);

/// The cached one, or one that is trained and written (atomically). A damaged file is replaced; one that
/// cannot be written only costs the next training. Errors as of Classifier::train.
Result<std::shared_ptr<const Classifier>>
classifierOf(const Dataset& data, const std::filesystem::path& folder, JobControl& control);

} // namespace latent
