#include "app/cli/usage.h"

#include "core/io/lines.h"

#include <algorithm>
#include <limits>

namespace latent::cli {
namespace {

template<class T>
CLI::Validator numberIn(T least, T most, const std::string& range) {
  return CLI::Validator(
      [=](std::string& text) {
        T value{};
        const bool fits = parseNumber(text, value) && value >= least && value <= most;
        return fits ? std::string() : "'" + text + "' is not " + range;
      },
      "");
}

/// "--out" of "--out: 1 required TEXT missing" and of "--out is required".
std::string nameIn(const std::string& message) {
  return message.substr(0, message.find_first_of(": "));
}

/// What stood on the command line that nothing takes.
std::string sentenceOfExtras(const CLI::App& command) {
  const std::vector<std::string> rest = command.remaining();
  const std::string word = rest.empty() ? "that" : rest.front();
  return word.starts_with("-") ? "There is no option " + word : "There is no place for '" + word + "'";
}

std::string sentenceOf(const CLI::App& command, const CLI::ParseError& error) {
  std::string said = error.what();
  const std::string name = nameIn(said);
  const CLI::Option* option = command.get_option_no_throw(name);
  if (dynamic_cast<const CLI::ExtrasError*>(&error)) return sentenceOfExtras(command);
  if (dynamic_cast<const CLI::RequiredError*>(&error))
    return (name == "run" ? "The run folder" : name.starts_with("-") ? name : "The " + name) + " is missing";
  if (dynamic_cast<const CLI::ExcludesError*>(&error))
    return name + " cannot be given together with " + said.substr(said.rfind(' ') + 1);
  if (dynamic_cast<const CLI::RequiresError*>(&error))
    return name + " goes only with " + said.substr(said.rfind(' ') + 1);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) && option) {
    if (name == "run")
      return option->count() == 0 ? "The run folder is missing" : "There are too many run folders";
    return name + (option->count() > 1 ? " was given more than once" : " has no value");
  }
  return said; // of a check above, or of a kind that these commands do not raise
}

/// "one of training, path" for a command that wants another word; "" for the others.
std::string kindsOf(const CLI::App& command) {
  std::string names;
  for (const CLI::App* kind : command.get_subcommands([](const CLI::App*) { return true; }))
    names += (names.empty() ? "one of " : ", ") + kind->get_name();
  return names;
}

} // namespace

CLI::Validator wholeNumber(int64_t least, int64_t most) {
  const bool open = most == std::numeric_limits<int64_t>::max();
  return numberIn(least, most,
                  "a whole number " +
                      (open ? "of " + std::to_string(least) + " or more"
                            : "from " + std::to_string(least) + " to " + std::to_string(most)));
}

CLI::Validator number(double least, double most) {
  return numberIn(least, most, "a number from " + formatNumber(least) + " to " + formatNumber(most));
}

CLI::Validator oneOf(std::vector<std::string> words) {
  std::string known;
  for (const std::string& word : words)
    known += (known.empty() ? "" : word == words.back() ? " or " : ", ") + word;
  return CLI::Validator(
      [words = std::move(words), known](std::string& text) {
        return std::ranges::find(words, text) != words.end() ? std::string()
                                                             : "'" + text + "' is not " + known;
      },
      "");
}

CLI::Validator named() {
  return CLI::Validator(
      [](std::string& text) { return text.empty() ? "an empty name was given" : std::string(); }, "");
}

Error usageErrorOf(const CLI::App& program, const CLI::ParseError& error, int argc, char** argv) {
  const auto commands = program.get_subcommands();
  if (!commands.empty()) {
    const CLI::App* command = commands.front();
    std::string words = command->get_name();
    while (!command->get_subcommands().empty()) {
      command = command->get_subcommands().front();
      words += " " + command->get_name();
    }
    const std::string kinds = kindsOf(*command);
    return usageError((kinds.empty() ? sentenceOf(*command, error) : "latent " + words + " needs " + kinds) +
                      "; see latent " + words + " --help.");
  }
  if (argc < 2) return usageError("A command is missing, such as latent train; see latent --help.");
  const std::string word = argv[1];
  return usageError((word.starts_with("-") ? "There is no option " : "There is no command ") + word +
                    "; see latent --help.");
}

} // namespace latent::cli
