// A MovieRequest carried out on a worker.
#pragma once

#include "core/run/movie/movies.h"
#include "ui/bridge/movie_request.h"

namespace latent::ui {

/// `data` as for the movies of core/run/movie.
Result<MovieScript> makeScript(const MovieRequest& request, const std::vector<FigureSource>& sources,
                               const MovieData& data, JobControl& control);
MovieOptions movieOptions(const MovieRequest& request);

} // namespace latent::ui
