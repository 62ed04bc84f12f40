#include "ui/bridge/report_edits.h"

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

/// "plane-vae-mnist": what the figure's files are called.
std::string wishFor(const Figure& figure) {
  const Json& provenance = figure.provenance;
  std::string wish = "figure";
  if (provenance.contains("kind") && provenance["kind"].is_string()) wish = provenance["kind"];
  if (!provenance.contains("runs") || !provenance["runs"].is_array() || provenance["runs"].size() != 1)
    return wish;
  const Json& run = provenance["runs"].front();
  if (run.is_object() && run.contains("name") && run["name"].is_string())
    wish += "-" + run["name"].get<std::string>();
  return wish;
}

std::string append(Report& report, ReportItem item, const std::string& wish) {
  item.id = freshItemId(report, wish);
  return report.items.emplace_back(std::move(item)).id;
}

} // namespace

int placeOf(const Report& report, const std::string& id) {
  const auto item = std::ranges::find(report.items, id, &ReportItem::id);
  return item == report.items.end() ? -1 : static_cast<int>(item - report.items.begin());
}

const std::string* fieldOf(const Report& report, ReportField field, const std::string& id) {
  switch (field) {
  case ReportField::title:
    return &report.title;
  case ReportField::author:
    return &report.author;
  case ReportField::introduction:
    return &report.introduction;
  default:
    break;
  }
  const auto item = std::ranges::find(report.items, id, &ReportItem::id);
  if (item == report.items.end()) return nullptr;
  return field == ReportField::heading   ? &item->heading
         : field == ReportField::caption ? &item->caption
                                         : &item->notes;
}

std::string* fieldOf(Report& report, ReportField field, const std::string& id) {
  return const_cast<std::string*>(fieldOf(std::as_const(report), field, id));
}

std::string append(Report& report, std::shared_ptr<const Figure> figure) {
  ReportItem item;
  const std::string wish = wishFor(*figure);
  item.figure = std::move(figure);
  item.caption = templateCaption(item);
  return append(report, std::move(item), wish);
}

std::string append(Report& report, const Table& table) {
  ReportItem item;
  item.table = table;
  item.caption = templateCaption(item);
  return append(report, std::move(item), "table");
}

std::string append(Report& report, Report more) {
  if (report.title.empty()) report.title = std::move(more.title);
  if (report.author.empty()) report.author = std::move(more.author);
  if (report.introduction.empty()) report.introduction = std::move(more.introduction);
  std::string first;
  for (ReportItem& item : more.items) {
    const std::string wish = item.id;
    const std::string id = append(report, std::move(item), wish);
    if (first.empty()) first = id;
  }
  return first;
}

void moveItem(Report& report, int from, int to) {
  const auto first = report.items.begin();
  if (from < to)
    std::rotate(first + from, first + from + 1, first + to + 1);
  else
    std::rotate(first + to, first + from, first + from + 1);
}

std::string templateCaption(const ReportItem& item) {
  return item.figure ? captionOf(*item.figure) : item.table ? item.table->title : std::string();
}

std::string changedItem(const Report& before, const Report& now) {
  for (const ReportItem& item : now.items) {
    const auto was = std::ranges::find(before.items, item.id, &ReportItem::id);
    if (was == before.items.end() || was->caption != item.caption || was->heading != item.heading ||
        was->notes != item.notes)
      return item.id;
  }
  for (size_t i = 0; i < std::min(now.items.size(), before.items.size()); ++i)
    if (now.items[i].id != before.items[i].id && now.items.size() == before.items.size())
      return now.items[i].id;
  return {};
}

} // namespace latent::ui
