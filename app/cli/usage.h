// What may stand on the command line, and one sentence of our own where something else does.
#pragma once

#include "core/base/result.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace latent::cli {

// Checks for add_option; their sentences follow the option's name: "--rows: 'x' is not a whole number ...".
CLI::Validator wholeNumber(int64_t least, int64_t most);
CLI::Validator number(double least, double most);
CLI::Validator oneOf(std::vector<std::string> words);
/// Of files and folders: an empty name, such as that of an unset variable, would mean the working folder.
CLI::Validator named();

/// The usage error for a command line that `program` refused.
Error usageErrorOf(const CLI::App& program, const CLI::ParseError& error, int argc, char** argv);

} // namespace latent::cli
