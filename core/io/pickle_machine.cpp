#include "core/io/pickle_machine.h"

#include "core/io/pickle_classes.h"
#include "core/io/printable.h"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace latent::pickle {
namespace {

constexpr size_t maximumValues = size_t{1} << 20; ///< a tensor takes about twelve

// Opcodes by their names in Python's pickletools.
enum Opcode : uint8_t {
  mark = '(',
  stop = '.',
  pop = '0',
  popMark = '1',
  binFloat = 'G',
  binInt = 'J',
  binInt1 = 'K',
  binInt2 = 'M',
  none = 'N',
  binPersId = 'Q',
  reduce = 'R',
  binUnicode = 'X',
  append = 'a',
  build = 'b',
  global = 'c',
  dict = 'd',
  appends = 'e',
  binGet = 'h',
  longBinGet = 'j',
  listFromMark = 'l',
  binPut = 'q',
  longBinPut = 'r',
  setItem = 's',
  tuple = 't',
  setItems = 'u',
  emptyDict = '}',
  emptyList = ']',
  emptyTuple = ')',
  proto = 0x80,
  tuple1 = 0x85,
  tuple2 = 0x86,
  tuple3 = 0x87,
  newTrue = 0x88,
  newFalse = 0x89,
  long1 = 0x8a,
  shortBinUnicode = 0x8c,
  binUnicode8 = 0x8d,
  stackGlobal = 0x93,
  memoize = 0x94,
  frame = 0x95
};

class Machine {
 public:
  explicit Machine(std::span<const std::byte> bytes) : m_bytes(bytes) {
    m_none = make({Kind::none});
    m_false = make({Kind::boolean, 0});
    m_true = make({Kind::boolean, 1});
    m_emptyTuple = make({Kind::tuple});
  }

  Program run() {
    while (!m_stopped) step();
    const Ref root = take();
    if (!m_stack.empty() || !m_marks.empty()) fail("values are left over");
    return {std::move(m_values), root};
  }

 private:
  void step() {
    m_at = m_next;
    const auto opcode = static_cast<uint8_t>(number(1));
    switch (opcode) {
    case proto:
      if (const uint64_t version = number(1); version < 2 || version > 5)
        fail("protocol " + std::to_string(version) + " is not read, only 2 to 5");
      return;
    case frame:
      number(8);
      return;
    case stop:
      m_stopped = true;
      return;
    case none:
      return push(m_none);
    case newTrue:
      return push(m_true);
    case newFalse:
      return push(m_false);
    case binInt:
      return pushInteger(static_cast<int32_t>(number(4)));
    case binInt1:
      return pushInteger(static_cast<int64_t>(number(1)));
    case binInt2:
      return pushInteger(static_cast<int64_t>(number(2)));
    case long1:
      return pushInteger(longInteger());
    case binFloat: // no tensor's place depends on one
      number(8);
      return push(make({Kind::real}));
    case binUnicode:
      return pushText(number(4));
    case shortBinUnicode:
      return pushText(number(1));
    case binUnicode8:
      return pushText(number(8));
    case emptyTuple:
      return push(m_emptyTuple);
    case emptyList:
      return push(make({Kind::list}));
    case emptyDict:
      return push(make({Kind::dictionary}));
    case tuple1:
    case tuple2:
    case tuple3:
      return push(make({Kind::tuple, 0, {}, takeLast(opcode - tuple1 + 1U)}));
    default:
      return stepOfStack(opcode);
    }
  }

  void stepOfStack(uint8_t opcode) {
    switch (opcode) {
    case mark:
      m_marks.push_back(m_stack.size());
      return;
    case pop:
      take();
      return;
    case popMark:
      takeMarked();
      return;
    case tuple:
      return push(make({Kind::tuple, 0, {}, takeMarked()}));
    case listFromMark:
      return push(make({Kind::list, 0, {}, takeMarked()}));
    case dict: {
      const Ref made = make({Kind::dictionary});
      extend(made, takeMarked());
      return push(made);
    }
    case append:
    case appends: {
      const auto items = opcode == append ? takeLast(1) : takeMarked();
      if (m_values[top()].kind != Kind::list) fail("elements are added to what is no list");
      extend(top(), items);
      return;
    }
    case setItem:
    case setItems: {
      const auto items = opcode == setItem ? takeLast(2) : takeMarked();
      if (m_values[top()].kind != Kind::dictionary) fail("entries are added to what is no dictionary");
      extend(top(), items);
      return;
    }
    case binPut:
      m_memo[number(1)] = top();
      return;
    case longBinPut:
      m_memo[number(4)] = top();
      return;
    case memoize:
      m_memo[m_memo.size()] = top();
      return;
    case binGet:
      return push(remembered(number(1)));
    case longBinGet:
      return push(remembered(number(4)));
    case global: {
      const std::string module = line();
      return pushGlobal(module + "." + line());
    }
    case stackGlobal: {
      const auto names = takeLast(2);
      return pushGlobal(text(names[0]) + "." + text(names[1]));
    }
    case binPersId:
      return push(storage(take()));
    case reduce: {
      const auto call = takeLast(2);
      return push(called(call[0], call[1]));
    }
    case build: // an OrderedDict of PyTorch has version numbers beside its entries
      take();
      if (m_values[top()].kind != Kind::dictionary)
        fail("the state of an object is set, which is not loaded");
      return;
    default: {
      char name[8];
      std::snprintf(name, sizeof name, "0x%02x", opcode);
      fail(std::string("the opcode ") + name + " is not one that a dictionary of tensors needs");
    }
    }
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Refused("byte " + std::to_string(m_at) + ": " + what);
  }

  // Input.
  std::span<const std::byte> bytes(uint64_t count) {
    if (m_bytes.size() - m_next < count) fail("the pickled part ends too early");
    const auto part = m_bytes.subspan(m_next, count);
    m_next += count;
    return part;
  }
  uint64_t number(size_t width) {
    const auto part = bytes(width);
    uint64_t value = 0;
    for (size_t i = width; i-- > 0;) value = value << 8 | std::to_integer<uint64_t>(part[i]);
    return value;
  }
  int64_t longInteger() {
    const uint64_t width = number(1);
    if (width > 8) fail("a number is longer than 64 bits");
    if (width == 0) return 0;
    const auto value = static_cast<int64_t>(number(width) << (64 - 8 * width));
    return value >> (64 - 8 * width); // two's complement of that width
  }
  std::string line() {
    const auto rest = m_bytes.subspan(m_next);
    const auto end = std::find(rest.begin(), rest.end(), std::byte{'\n'});
    if (end == rest.end()) fail("the name of a class has no end");
    const auto part = bytes(static_cast<size_t>(end - rest.begin()) + 1);
    return {reinterpret_cast<const char*>(part.data()), part.size() - 1};
  }

  // Values.
  Ref make(Value value) {
    if (m_values.size() == maximumValues)
      fail("it holds more than " + std::to_string(maximumValues) + " values; save model.state_dict() alone");
    m_values.push_back(std::move(value));
    return static_cast<Ref>(m_values.size() - 1);
  }
  void push(Ref ref) { m_stack.push_back(ref); }
  void pushInteger(int64_t value) { push(make({Kind::integer, value})); }
  void pushText(uint64_t length) {
    const auto part = bytes(length);
    push(make({Kind::text, 0, {reinterpret_cast<const char*>(part.data()), part.size()}}));
  }
  void pushGlobal(const std::string& name) {
    if (!isKnownClass(name))
      fail("it names " + printable(name) +
           ", which is not loaded because it could run code; save the weights alone: "
           "torch.save(model.state_dict(), "
           "FILE)");
    push(make({Kind::global, 0, name}));
  }
  const std::string& text(Ref ref) const {
    if (m_values[ref].kind != Kind::text)
      fail(std::string("a text is needed, not ") + nameOf(m_values[ref].kind));
    return m_values[ref].text;
  }
  Ref remembered(uint64_t slot) const {
    const auto found = m_memo.find(slot);
    if (found == m_memo.end()) fail("a value is asked for that was never kept");
    return found->second;
  }
  void extend(Ref container, const std::vector<Ref>& items) {
    if (m_values[container].kind == Kind::dictionary && items.size() % 2 != 0) fail("a key has no value");
    auto& all = m_values[container].items;
    all.insert(all.end(), items.begin(), items.end());
  }

  // Stack. What lies below the newest mark is out of reach.
  size_t floor() const { return m_marks.empty() ? 0 : m_marks.back(); }
  Ref top() const {
    if (m_stack.size() <= floor()) fail("a value is missing");
    return m_stack.back();
  }
  Ref take() {
    const Ref ref = top();
    m_stack.pop_back();
    return ref;
  }
  std::vector<Ref> takeFrom(size_t begin) {
    std::vector<Ref> items(m_stack.begin() + static_cast<std::ptrdiff_t>(begin), m_stack.end());
    m_stack.resize(begin);
    return items;
  }
  std::vector<Ref> takeLast(size_t count) {
    if (m_stack.size() - floor() < count) fail("a value is missing");
    return takeFrom(m_stack.size() - count);
  }
  std::vector<Ref> takeMarked() {
    if (m_marks.empty()) fail("a mark is missing");
    const size_t begin = m_marks.back();
    m_marks.pop_back();
    return takeFrom(begin);
  }

  // The few calls that make tensors.
  Ref storage(Ref id) {
    // ('storage', class, key, device, elements)
    const Value& tuple = m_values[id];
    if (tuple.kind != Kind::tuple || tuple.items.size() != 5 || text(tuple.items[0]) != "storage")
      fail("a reference to a storage is damaged");
    const Value &type = m_values[tuple.items[1]], &elements = m_values[tuple.items[4]];
    if (type.kind != Kind::global || !storageTypeOf(type.text) || elements.kind != Kind::integer)
      fail("a reference to a storage is damaged");
    return make({Kind::storage, elements.integer, text(tuple.items[2]), {tuple.items[1]}});
  }
  Ref called(Ref function, Ref arguments) {
    if (m_values[function].kind != Kind::global || m_values[arguments].kind != Kind::tuple)
      fail("something is called that is no class");
    const std::string& name = m_values[function].text;
    const std::vector<Ref> items = m_values[arguments].items;
    if (name == orderedDict && items.empty()) return make({Kind::dictionary});
    if (name == rebuildTensor) return make({Kind::tensor, 0, {}, items});
    if (name == rebuildParameter && !items.empty() && m_values[items[0]].kind == Kind::tensor)
      return items[0];
    fail("the call of " + name + " is damaged");
  }

  std::span<const std::byte> m_bytes;
  size_t m_at = 0, m_next = 0; ///< of this opcode and behind what was read
  bool m_stopped = false;
  std::vector<Value> m_values;
  Ref m_none = 0, m_false = 0, m_true = 0, m_emptyTuple = 0;
  std::vector<Ref> m_stack;
  std::vector<size_t> m_marks;
  std::unordered_map<uint64_t, Ref> m_memo;
};

} // namespace

const char* nameOf(Kind kind) {
  switch (kind) {
  case Kind::none:
    return "None";
  case Kind::boolean:
    return "a boolean";
  case Kind::integer:
    return "a whole number";
  case Kind::real:
    return "a number";
  case Kind::text:
    return "a text";
  case Kind::tuple:
    return "a tuple";
  case Kind::list:
    return "a list";
  case Kind::dictionary:
    return "a dictionary";
  case Kind::global:
    return "a class";
  case Kind::storage:
    return "a storage";
  case Kind::tensor:
    return "a tensor";
  }
  return "";
}

Program run(std::span<const std::byte> bytes) {
  return Machine(bytes).run();
}

} // namespace latent::pickle
