#include "core/base/parameter.h"

#include <gtest/gtest.h>

#include <limits>

namespace latent {
namespace {

ParameterSchema schema() {
  return {
      {.key = "latent",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 512,
       .standard = int64_t{20}},
      {.key = "rate", .type = ParameterType::real, .minimum = 1e-7, .maximum = 1, .standard = 1e-3},
      {.key = "fast", .type = ParameterType::flag, .standard = false},
      {.key = "activation",
       .type = ParameterType::choice,
       .standard = std::string("relu"),
       .choices = {"relu", "tanh"}},
      {.key = "hidden",
       .type = ParameterType::integerList,
       .minimum = 1,
       .maximum = 4096,
       .standard = std::vector<int64_t>{500}},
  };
}

const ParameterSpec& spec(const char* key) {
  static const ParameterSchema s = schema();
  return *findParameter(s, key);
}

TEST(Parameter, textBecomesTheValueAndBack) {
  const std::pair<const char*, const char*> cases[] = {{"latent", "512"},      {"rate", "0.001"},
                                                       {"rate", "1e-07"},      {"fast", "true"},
                                                       {"activation", "tanh"}, {"hidden", "500,20"}};
  for (const auto& [key, text] : cases) {
    const auto value = parseParameter(spec(key), text);
    ASSERT_TRUE(value) << key;
    EXPECT_EQ(formatParameter(*value), text);
  }
  EXPECT_EQ(std::get<std::vector<int64_t>>(*parseParameter(spec("hidden"), " 500 , 20 ")),
            (std::vector<int64_t>{500, 20}));
}

TEST(Parameter, wrongTextNamesKeyValueAndRange) {
  const std::pair<const char*, const char*> cases[] = {{"latent", "0"},
                                                       {"latent", "513"},
                                                       {"latent", "2.5"},
                                                       {"latent", ""},
                                                       {"latent", "99999999999999999999"},
                                                       {"rate", "nan"},
                                                       {"rate", "inf"},
                                                       {"rate", "2"},
                                                       {"rate", "0.1x"},
                                                       {"fast", "yes"},
                                                       {"hidden", ""},
                                                       {"hidden", "5,,6"},
                                                       {"hidden", "5,5000"},
                                                       {"hidden", "500,"},
                                                       {"activation", "sin"}};
  for (const auto& [key, text] : cases) {
    const auto value = parseParameter(spec(key), text);
    ASSERT_FALSE(value) << key << " " << text;
    EXPECT_EQ(value.error().fault, Fault::usage);
    EXPECT_NE(value.error().message.find(std::string("'") + key + "'"), std::string::npos);
  }
  EXPECT_NE(parseParameter(spec("latent"), "0").error().message.find("1 to 512"), std::string::npos);
}

TEST(Parameters, completionFillsDefaultsAndRefusesTheUnknown) {
  Parameters given;
  given.set("rate", int64_t{1});
  const auto complete = completeParameters(schema(), given);
  ASSERT_TRUE(complete);
  EXPECT_EQ(complete->integer("latent"), 20);
  EXPECT_EQ(std::get<double>(complete->at("rate")), 1.0);
  EXPECT_EQ(complete->list("hidden"), std::vector<int64_t>{500});

  given.set("betta", 4.0);
  const auto unknown = completeParameters(schema(), given);
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("'betta'"), std::string::npos);
  EXPECT_NE(unknown.error().message.find("latent"), std::string::npos);

  Parameters nan;
  nan.set("rate", std::numeric_limits<double>::quiet_NaN());
  EXPECT_FALSE(completeParameters(schema(), nan));
}

TEST(Parameters, surviveJson) {
  Parameters given;
  given.set("rate", 0.1);
  given.set("hidden", std::vector<int64_t>{500, 20});
  const Parameters all = *completeParameters(schema(), given);
  EXPECT_EQ(*parametersFromJson(schema(), Json::parse(parametersToJson(all).dump())), all);
  EXPECT_FALSE(parametersFromJson(schema(), Json::parse(R"({"latent": 0})")));
  EXPECT_FALSE(parametersFromJson(schema(), Json::parse(R"({"latent": null})")));
  EXPECT_FALSE(parametersFromJson(schema(), Json::parse(R"({"hidden": [1, "x"]})")));
  EXPECT_FALSE(parametersFromJson(schema(), Json::parse("[1]")));
  EXPECT_TRUE(parametersFromJson(schema(), Json::parse(R"({"rate": 1})")));
}

TEST(Parameters, askingForAnotherTypeIsABrokenContract) {
  const Parameters all = *completeParameters(schema(), {});
  EXPECT_THROW(all.integer("rate"), std::logic_error);
  EXPECT_THROW(all.real("none"), std::logic_error);
  EXPECT_EQ(all.real("latent"), 20.0);
}

TEST(Schema, jsonHasWhatTheCommandLinePromises) {
  for (const Json& entry : schemaToJson(schema()))
    for (const char* key : {"key", "type", "min", "max", "default", "unit", "help"})
      EXPECT_TRUE(entry.contains(key)) << entry.dump();
  EXPECT_EQ(schemaToJson(schema())[0]["max"].dump(), "512");
}

} // namespace
} // namespace latent
