// A MovieRequest carried out on a worker.
#pragma once

#include "core/run/movie/movies.h"
#include "ui/bridge/movie_request.h"

namespace latent::ui {

/// The runs of a request, opened, with the weights that it shows.
Result<std::vector<FigureSource>> movieSources(const FigureRequest& view);
/// `data` as for the movies of core/run/movie.
Result<MovieScript> makeScript(const MovieRequest& request, const std::vector<FigureSource>& sources,
                               const MovieData& data, JobControl& control);
MovieOptions movieOptions(const MovieRequest& request);

} // namespace latent::ui
