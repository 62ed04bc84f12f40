// What the figures of runs have in common.
#pragma once

#include "core/base/focus.h"
#include "core/base/json.h"
#include "core/base/latent_place.h"
#include "core/explore/viewer.h"
#include "core/run/figures.h"

#include <filesystem>
#include <string>
#include <vector>

namespace latent {

/// Everything needed to make the figure again (figure_again.h): {"program", "kind", "runs": [..], "view":
/// {..}, "drawn": {..}}. Steps are those of the sources; folders below the home folder begin with "~/", so
/// that a file that is passed on does not name its owner.
Json figureProvenance(const std::string& kind, const std::vector<FigureSource>& sources, Json view);

/// A path as provenance has it, and back.
std::string pathForFile(const std::filesystem::path& path);
std::filesystem::path pathFromFile(const std::string& text);

/// Focus as provenance has it: its run folders are written as those of the runs.
Json focusForFile(Focus focus);
Result<Focus> focusFromFile(const Json& json);

/// The step of the weights that a source shows, from the run's files.
int64_t stepShown(const FigureSource& source);

/// What a row of this run is measured by: "recon" for families without a prior, "ELBO" for the others. The
/// two are never ranked together.
std::string measureName(const RunRecord& record);

/// The runs' names, of several without the data set that all name; those that are equal get what tells them
/// apart: latent size, seed, step, folder.
std::vector<std::string> distinctNames(const std::vector<FigureSource>& sources);

/// A number as labels have it: up to `digits` significant ones, whatever the locale.
std::string labelNumber(double value, int digits = 3);

/// Usage error: "items: 70000 is not in 0 to 9999."
Status checkItems(const std::vector<int64_t>& items, const Split& split);

/// An input as provenance has it: {"split", "item"}, or an image of one's own with all its pixels.
Json subjectToJson(const Subject& subject);
/// The image of an input. Usage error: an item that is not there, no data set for one, an image of another
/// shape.
Result<Image> imageOf(const Subject& subject, const Dataset* data, const ImageShape& shape);
/// "12", or the file's name or "own" of an image that is not of the data set.
std::string subjectName(const Subject& subject);

/// {"input"}, or {"z", "name", "picture"}; null for a mean.
Json placeToJson(const LatentPlace& place);
/// What stands above a picture of the place.
std::string placeName(const LatentPlace& place);
/// Point of a place in source `i`, whose viewer this is; nothing for a mean. Usage error as by imageOf(), and
/// for a point of another number of latents.
Result<std::optional<LatentPoint>> pointOfPlace(const LatentPlace& place, size_t i, const Viewer& viewer,
                                                const Dataset* data, JobControl& control);

/// Images in rows and columns, to be laid out on a page.
struct ImageTable {
  ImageShape shape;
  std::vector<std::string> rowLabels, columnLabels; ///< one for each row and column
  std::vector<uint8_t> pixels;                      ///< [rows, columns, C, H, W]
};
/// Appends the table to the figure: where an image would be narrower than 5 mm in two thirds of the width,
/// the columns are broken into bands of equal length, one below the other.
void addImageTable(const ImageTable& table, Figure& figure);

} // namespace latent
