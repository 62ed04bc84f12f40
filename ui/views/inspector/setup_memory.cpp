#include "ui/views/inspector/setup_memory.h"

#include "ui/widgets/parameter_control.h"

namespace latent::ui {

std::optional<QString> rememberedText(const SetupMemory& memory, const std::string& family,
                                      const std::string& key) {
  const auto texts = memory.texts.find(family);
  if (texts == memory.texts.end()) return std::nullopt;
  const auto text = texts->second.find(key);
  return text == texts->second.end() ? std::nullopt : std::optional(text->second);
}

FormTexts freshTexts(const ParameterSchema& schema) {
  FormTexts texts;
  for (const ParameterSpec& spec : schema) texts[spec.key] = shownValue(spec.standard);
  return texts;
}

Json setupToJson(const SetupMemory& memory) {
  Json json{{"families", memory.families}, {"dataset", memory.dataset}, {"texts", Json::object()}};
  for (const auto& [family, texts] : memory.texts)
    for (const auto& [key, text] : texts) json["texts"][family][key] = text.toStdString();
  return json;
}

SetupMemory setupFromJson(const Json& json) {
  SetupMemory memory;
  if (!json.is_object()) return memory;
  for (const Json& id : json.value("families", Json::array()))
    if (id.is_string()) memory.families.push_back(id.get<std::string>());
  if (const auto dataset = json.find("dataset"); dataset != json.end() && dataset->is_string())
    memory.dataset = dataset->get<std::string>();
  const auto texts = json.find("texts");
  if (texts == json.end() || !texts->is_object()) return memory;
  for (const auto& [family, entries] : texts->items()) {
    if (!entries.is_object()) continue;
    for (const auto& [key, text] : entries.items())
      if (text.is_string()) memory.texts[family][key] = QString::fromStdString(text.get<std::string>());
  }
  return memory;
}

} // namespace latent::ui
