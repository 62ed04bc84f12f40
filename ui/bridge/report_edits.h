// What a person changes of a report, as functions of its value.
#pragma once

#include "core/run/report/report.h"
#include "ui/bridge/report_entry.h"

#include <memory>
#include <string>

namespace latent::ui {

int placeOf(const Report& report, const std::string& id); ///< of an item, from 0; -1 if absent

/// That field of the report, or of the item `id`; null for an unknown one.
const std::string* fieldOf(const Report& report, ReportField field, const std::string& id);
std::string* fieldOf(Report& report, ReportField field, const std::string& id);

/// At the end, with the caption that states its settings. Returns its id.
std::string append(Report& report, std::shared_ptr<const Figure> figure);
std::string append(Report& report, const Table& table);
/// The items of `more` at the end; its texts where there are none. Returns the id of the first.
std::string append(Report& report, Report more);
/// Both places are those of items.
void moveItem(Report& report, int from, int to);

/// The caption that an item gets when it is collected.
std::string templateCaption(const ReportItem& item);
/// The first item of `now` that is not as it was in `before`; "" where none is.
std::string changedItem(const Report& before, const Report& now);

} // namespace latent::ui
