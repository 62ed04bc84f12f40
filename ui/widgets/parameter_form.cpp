#include "ui/widgets/parameter_form.h"

#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/parameter_control.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace latent::ui {
namespace {

QString words(const std::string& text) {
  return QString::fromStdString(text);
}

/// Rich text, because Qt wraps only that.
QString wrapped(const QString& text) {
  return QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped());
}

QString helpParagraph(const ParameterSpec& spec) {
  QString text = words(spec.help);
  const QString range = rangeText(spec);
  if (!range.isEmpty()) text += ParameterForm::tr(" Range %1.").arg(range);
  text += ParameterForm::tr(" Default %1.").arg(shownValue(spec.standard));
  if (spec.sweepable && spec.type == ParameterType::integerList)
    text += ParameterForm::tr(" Several, separated by semicolons, queue one run each.");
  else if (spec.sweepable)
    text += ParameterForm::tr(" Several values queue one run each.");
  return text.trimmed();
}

QStringList groupsOf(const ParameterSchema& schema) {
  QStringList groups;
  for (const ParameterSpec& spec : schema)
    if (!groups.contains(words(spec.group))) groups << words(spec.group);
  return groups;
}

/// Every draft with every value; none of the values leaves the drafts as they are.
std::vector<Parameters> crossed(const std::vector<Parameters>& drafts, const std::string& key,
                                const std::vector<ParameterValue>& values) {
  if (values.empty()) return drafts;
  std::vector<Parameters> longer;
  for (const Parameters& draft : drafts) {
    for (const ParameterValue& value : values) {
      longer.push_back(draft);
      longer.back().set(key, value);
    }
  }
  return longer;
}

/// The field must not change its width while one types; a row out of sight takes no room.
void keepPlace(QWidget& widget, bool keep) {
  QSizePolicy policy = widget.sizePolicy();
  policy.setRetainSizeWhenHidden(keep);
  widget.setSizePolicy(policy);
}

} // namespace

struct ParameterForm::Row {
  ParameterControl* control = nullptr;
  QLabel* label = nullptr;
  QLabel* live = nullptr;
  QLabel* unit = nullptr;
  QLabel* error = nullptr;
  QToolButton* reset = nullptr;
  bool matters = true;
  std::vector<ParameterValue> committed; ///< what liveValueChanged has told so far
};

ParameterForm::ParameterForm(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
  m_layout->setContentsMargins(0, 0, 0, 0);
  m_layout->setSpacing(8);
}

ParameterForm::~ParameterForm() {
  clear();
}

void ParameterForm::clear() {
  // A field that dies with the focus still tells that editing finished; nobody may listen by then.
  for (const auto& row : m_rows) row->control->disconnect(this);
  m_rows.clear();
  m_headings.clear();
  delete m_content; // deletes the controls of the old schema
  m_content = nullptr;
}

void ParameterForm::setSchema(const ParameterSchema& schema) {
  std::map<std::string, std::pair<ParameterSpec, QString>> known;
  for (const auto& row : m_rows)
    known.emplace(row->control->spec().key, std::pair(row->control->spec(), row->control->text()));
  m_schema = schema;
  build();
  for (const auto& row : m_rows) {
    const auto kept = known.find(row->control->spec().key);
    if (kept == known.end() || kept->second.first.type != row->control->spec().type) continue;
    row->control->setText(kept->second.second);
    row->committed = row->control->values();
  }
  refreshSight();
}

void ParameterForm::setValues(const Parameters& values) {
  for (const auto& row : m_rows) {
    if (!values.has(row->control->spec().key)) continue;
    row->control->setValues({values.at(row->control->spec().key)});
    row->committed = row->control->values();
  }
  refreshSight();
}

std::map<std::string, QString> ParameterForm::texts() const {
  std::map<std::string, QString> texts;
  for (const auto& row : m_rows) texts[row->control->spec().key] = row->control->text();
  return texts;
}

void ParameterForm::setTexts(const std::map<std::string, QString>& texts) {
  for (const auto& row : m_rows) {
    const auto text = texts.find(row->control->spec().key);
    if (text == texts.end()) continue;
    row->control->setText(text->second);
    row->committed = row->control->values();
  }
  refreshSight();
}

void ParameterForm::setLiveOnly(bool liveOnly) {
  m_liveOnly = liveOnly;
  for (const auto& row : m_rows) refresh(*row);
}

void ParameterForm::setLiveEditable(bool editable) {
  if (editable == m_liveEditable) return;
  m_liveEditable = editable;
  for (const auto& row : m_rows) refresh(*row);
}

void ParameterForm::build() {
  clear();
  m_content = new QWidget(this);
  auto* cells = new QGridLayout(m_content); // one for all groups, so that all fields are equally wide
  cells->setContentsMargins(0, 0, 0, 0);
  cells->setHorizontalSpacing(8);
  cells->setVerticalSpacing(4);
  cells->setColumnMinimumWidth(0, 112);
  cells->setColumnStretch(1, 1);
  int line = 0;
  for (const QString& group : groupsOf(m_schema)) {
    if (!group.isEmpty()) {
      if (line > 0) cells->setRowMinimumHeight(line++, 8);
      auto* heading = new QLabel(group, m_content);
      setRole(heading, "heading");
      cells->addWidget(heading, line++, 0, 1, 3);
      m_headings.emplace_back(heading, group.toStdString());
    }
    for (const ParameterSpec& spec : m_schema) {
      if (words(spec.group) != group) continue;
      addRow(spec, cells, line);
      line += 2; // the control and its error
    }
  }
  cells->setRowStretch(line, 1);
  m_layout->addWidget(m_content);
  // The rows of a new schema are the newest widgets of the window: Tab must find them here all the same.
  QWidget* previous = previousInFocusChain();
  for (const auto& row : m_rows) {
    setTabOrder(previous, row->control->editor());
    previous = row->control->editor();
  }
  refreshSight();
}

/// With several values of a choice (a sweep) a parameter is needed if any of them needs it.
void ParameterForm::refreshSight() {
  std::vector<Parameters> drafts(1);
  for (const auto& row : m_rows) {
    const ParameterSpec& spec = row->control->spec();
    const bool decides =
        std::ranges::any_of(m_schema, [&](const ParameterSpec& other) { return other.when.key == spec.key; });
    if (decides) drafts = crossed(drafts, spec.key, row->control->values());
  }
  std::set<std::string> seen;
  for (const auto& row : m_rows) {
    const ParameterSpec& spec = row->control->spec();
    row->matters = std::ranges::any_of(
        drafts, [&](const Parameters& draft) { return latent::matters(m_schema, spec, draft); });
    if (row->matters) seen.insert(spec.group);
    refresh(*row);
  }
  for (const auto& [heading, group] : m_headings) heading->setVisible(seen.contains(group));
}

void ParameterForm::addRow(const ParameterSpec& spec, QGridLayout* cells, int line) {
  m_rows.push_back(std::make_unique<Row>());
  Row& row = *m_rows.back();
  row.control = ParameterControl::make(spec, m_content);
  row.committed = row.control->values();

  QWidget* editor = row.control->editor();
  editor->setObjectName(words(spec.key));
  editor->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  editor->setMinimumWidth(64);
  editor->setAccessibleName(spec.unit.empty()
                                ? words(spec.label)
                                : QStringLiteral("%1, %2").arg(words(spec.label), words(spec.unit)));
  editor->installEventFilter(this);
  setHelp(editor, {words(spec.label), helpParagraph(spec), words(spec.formula)});

  row.label = new QLabel(words(spec.label), m_content);
  row.label->setBuddy(editor);
  row.label->setMinimumHeight(controlHeight);
  row.label->setWordWrap(true);
  setHelp(row.label, {words(spec.label), helpParagraph(spec), words(spec.formula)});
  row.live = new QLabel(tr("live"), m_content);
  setRole(row.live, "live");
  row.unit = new QLabel(m_content);
  setRole(row.unit, "caption");
  row.error = new QLabel(m_content);
  row.error->setWordWrap(true);
  setRole(row.error, "error");

  row.reset = new QToolButton(m_content);
  row.reset->setIcon(themedIcon(QStringLiteral("reset")));
  row.reset->setFocusPolicy(Qt::NoFocus); // Tab goes from value to value; the keyboard retypes
  row.reset->setAccessibleName(tr("Reset %1").arg(words(spec.label)));

  auto* name = new QHBoxLayout;
  name->setSpacing(4);
  name->addWidget(row.label, 1);
  name->addWidget(row.unit);
  name->addWidget(row.live);
  cells->addLayout(name, line, 0);
  cells->addWidget(editor, line, 1);
  cells->addWidget(row.reset, line, 2);
  cells->addWidget(row.error, line + 1, 1, 1, 2);

  Row* same = &row;
  connect(row.control, &ParameterControl::edited, this, [this, same] {
    refreshSight();
    emit edited();
  });
  connect(row.control, &ParameterControl::committed, this, [this, same] { commit(*same); });
  connect(row.reset, &QToolButton::clicked, this, [this, same] {
    same->control->setValues({baselineOf(same->control->spec())});
    refreshSight();
    emit edited();
    commit(*same);
  });
}

void ParameterForm::refresh(Row& row) {
  const ParameterSpec& spec = row.control->spec();
  QWidget* editor = row.control->editor();
  const bool editable = !m_liveOnly || (spec.live && m_liveEditable);
  row.control->setSingle(m_liveOnly);
  editor->setEnabled(editable);
  row.label->setEnabled(editable);
  for (QWidget* part : std::initializer_list<QWidget*>{editor, row.label}) part->setVisible(row.matters);
  const std::vector<ParameterValue> values = row.control->values();
  const ParameterValue baseline = baselineOf(spec);
  const bool differs = values.size() != 1 || values.front() != baseline;
  const bool told = m_baseline.has(spec.key) && differs;
  row.live->setText(told ? tr("was %1").arg(shownValue(baseline)) : tr("live"));
  row.live->setVisible(row.matters && (told || (m_liveOnly && spec.live)));
  QString error = editable && row.matters ? row.control->error() : QString();
  if (error.isEmpty() && editable && row.matters && words(spec.key) == m_refusedKey) error = m_refusal;
  row.error->setText(error);
  row.error->setVisible(!error.isEmpty());
  if (editor->property("invalid").toBool() != !error.isEmpty()) {
    editor->setProperty("invalid", !error.isEmpty());
    editor->style()->unpolish(editor); // the red border is a rule on this property
    editor->style()->polish(editor);
  }
  const QString several = tr("\u00d7%1").arg(values.size());
  row.unit->setText(values.size() > 1 ? several : words(spec.unit));
  row.unit->setVisible(row.matters && !row.unit->text().isEmpty());
  keepPlace(*row.reset, row.matters);
  row.reset->setVisible(row.matters && editable && differs);
  row.reset->setToolTip(tr("Reset to %1").arg(shownValue(baseline)));

  const QString fixed = spec.live
                            ? tr("This value may change while the run trains.")
                            : tr("This value is fixed for an existing run; the next run can have another.");
  editor->setAccessibleDescription(!editable ? fixed : error.isEmpty() ? helpParagraph(spec) : error);
  const QString tip = wrapped(!editable ? fixed : helpParagraph(spec));
  editor->setToolTip(tip);
  row.label->setToolTip(tip);
}

ParameterValue ParameterForm::baselineOf(const ParameterSpec& spec) const {
  return m_baseline.has(spec.key) ? m_baseline.at(spec.key) : spec.standard;
}

void ParameterForm::setBaseline(const Parameters& values) {
  m_baseline = values;
  for (const auto& row : m_rows) refresh(*row);
}

void ParameterForm::commit(Row& row) {
  const std::vector<ParameterValue> values = row.control->values();
  if (!m_liveOnly || !row.control->spec().live || values.size() != 1 || values == row.committed) return;
  row.committed = values;
  emit liveValueChanged(words(row.control->spec().key), values.front());
}

void ParameterForm::setRefusal(const QString& key, const QString& sentence) {
  if (key == m_refusedKey && sentence == m_refusal) return;
  const QString before = std::exchange(m_refusedKey, key);
  m_refusal = sentence;
  for (const QString& changed : {before, key})
    if (Row* row = find(changed)) refresh(*row);
}

bool ParameterForm::valid() const {
  return firstError().isEmpty();
}

QString ParameterForm::firstError() const {
  for (const auto& row : m_rows) {
    const QString error = row->matters ? row->control->error() : QString();
    if (!error.isEmpty()) return QStringLiteral("%1: %2").arg(words(row->control->spec().label), error);
  }
  return {};
}

std::vector<Parameters> ParameterForm::drafts() const {
  if (!valid()) return {};
  std::vector<Parameters> drafts(1);
  for (const ParameterSpec& spec : m_schema) {
    const Row& row = *find(words(spec.key));
    const std::vector<ParameterValue> values =
        row.matters ? row.control->values() : std::vector{spec.standard};
    drafts = crossed(drafts, spec.key, values);
  }
  // A list of a parameter that matters with some of the drafts only must not repeat the others.
  std::vector<Parameters> different;
  for (Parameters& draft : drafts) {
    const Parameters asTyped = draft;
    for (const ParameterSpec& spec : m_schema)
      if (!latent::matters(m_schema, spec, asTyped)) draft.set(spec.key, spec.standard);
    if (std::ranges::find(different, draft) == different.end()) different.push_back(std::move(draft));
  }
  return different;
}

Parameters ParameterForm::first() const {
  Parameters parameters;
  for (const auto& row : m_rows) {
    const std::vector<ParameterValue> values = row->control->values();
    parameters.set(row->control->spec().key, values.empty() ? row->control->spec().standard : values.front());
  }
  return parameters;
}

QWidget* ParameterForm::control(const QString& key) const {
  const Row* row = find(key);
  return row ? row->control->editor() : nullptr;
}

ParameterForm::Row* ParameterForm::find(const QString& key) const {
  const auto found =
      std::ranges::find_if(m_rows, [&](const auto& row) { return words(row->control->spec().key) == key; });
  return found == m_rows.end() ? nullptr : found->get();
}

bool ParameterForm::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusIn) emit helpWanted(watched->objectName());
  return QWidget::eventFilter(watched, event);
}

} // namespace latent::ui
