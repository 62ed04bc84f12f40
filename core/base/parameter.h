// Parameters of models and runs, described once: the form of the window, the flags of `latent`, the run
// record and every check of a value follow from the schema.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace latent {

enum class ParameterType { integer, real, flag, choice, integerList };

/// What a parameter may hold: integer, real, flag, choice (its id), list of integers (hidden layer sizes).
using ParameterValue = std::variant<int64_t, double, bool, std::string, std::vector<int64_t>>;

/// A parameter that matters only while another one, a choice or a flag ("true"), has one of these values.
struct ParameterCondition {
  std::string key; ///< "" = always
  std::vector<std::string> values;
};

struct ParameterSpec {
  std::string key;   ///< as on the command line and in run.json
  std::string label; ///< as in the form
  std::string group; ///< heading in the form: "Model", "Data", "Optimiser", "Run"
  ParameterType type = ParameterType::real;
  double minimum = 0; ///< inclusive; of each element for a list
  double maximum = 0;
  ParameterValue standard; ///< the default
  std::vector<std::string> choices;
  std::string unit;         ///< "" where there is none
  std::string help;         ///< one paragraph for a person
  std::string formula;      ///< plain text, "" where there is none
  bool live = false;        ///< may change while the run trains
  bool sweepable = false;   ///< the form accepts a list of values and queues one run for each
  bool logarithmic = false; ///< steps of the form's control multiply
  bool mayBeEmpty = false;  ///< a list without elements is allowed, written "none"
  ParameterCondition when;  ///< where it does not hold, the value is kept and ignored
};

using ParameterSchema = std::vector<ParameterSpec>;

const ParameterSpec* findParameter(const ParameterSchema& schema, std::string_view key);

class Parameters;
/// Whether the parameter's condition holds among these values, and those that it depends on matter, too.
bool matters(const ParameterSchema& schema, const ParameterSpec& spec, const Parameters& values);

/// Values by key. get<T> of an absent key or another type is a broken contract (std::logic_error).
class Parameters {
 public:
  void set(std::string key, ParameterValue value) {
    m_values.insert_or_assign(std::move(key), std::move(value));
  }
  bool has(const std::string& key) const { return m_values.contains(key); }
  const ParameterValue& at(const std::string& key) const;
  int64_t integer(const std::string& key) const;
  double real(const std::string& key) const; ///< an integer value is widened
  bool flag(const std::string& key) const;
  const std::string& choice(const std::string& key) const;
  const std::vector<int64_t>& list(const std::string& key) const;

  const std::map<std::string, ParameterValue>& all() const { return m_values; }
  bool operator==(const Parameters&) const = default;

 private:
  std::map<std::string, ParameterValue> m_values;
};

/// "0.001", "relu", "500,500", "true". Usage error names key, text, type and range.
Result<ParameterValue> parseParameter(const ParameterSpec& spec, std::string_view text);
/// How parseParameter reads it back to the same value (shortest form of a real).
std::string formatParameter(const ParameterValue& value);
/// Type, range and choice. Usage error names key, value and what is allowed.
Status checkParameter(const ParameterSpec& spec, const ParameterValue& value);

/// The given values over the schema's defaults. Unknown keys and values out of range are usage errors.
Result<Parameters> completeParameters(const ParameterSchema& schema, const Parameters& given);

Json parametersToJson(const Parameters& parameters);
/// Reads by the schema (an integer is accepted for a real). Keys the schema lacks are usage errors.
Result<Parameters> parametersFromJson(const ParameterSchema& schema, const Json& json);
/// One line of `latent models --json` holds these: key, type, min, max, default, unit, help, choices, live
/// ...
Json schemaToJson(const ParameterSchema& schema);

} // namespace latent
