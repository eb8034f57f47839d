#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "errors.h"
#include "napi.h"

namespace sam {

// Words on the wire come as a tag and its payload; lib/wire.ts has the same numbers.
enum class Tag : int {
  Default = 0,  // argument left out
  None = 1,
  Tensor = 2,  // handle
  Number = 3,
  Bool = 4,
  BigInt = 5,  // the word's bits are an int64
  List = 6,    // count, then the items
  String = 7,  // place of a string
  Device = 8,  // type, index
  Generator = 9,
  Complex = 10,  // re, im
  Slice = 11,    // three items follow: start, stop, step
  Ellipsis = 12,
  Dict = 13,  // count, then that many keys, each with its value behind it
};

// The shared Float64Array through which operator arguments and results travel.
class Wire {
 public:
  void attach(const Napi::Value& array);
  const double* data() const noexcept { return data_; }
  size_t size() const noexcept { return size_; }

  // Strings have places of their own; JS says which, and uses a place again when it has run out
  // (lib/wire.ts).
  void putString(double place, std::string text);
  const std::string& string(double place) const;
  // Strings among the results: the index of one in this call's list.
  const std::string& resultString(double index) const;

  // Results: words are appended from the start.
  void begin() noexcept {
    used_ = 0;
    resultStrings_.clear();
  }
  void push(double word) {
    if (used_ >= size_)
      throw Failure("E_ARG", "[call] expected results that fit into " + std::to_string(size_) + " words");
    data_[used_++] = word;
  }
  void push(Tag tag, double word) {
    push(static_cast<double>(tag));
    push(word);
  }
  void pushInt(int64_t value);
  void pushString(std::string text);

 private:
  static constexpr size_t kPlaces = 1 << 12;
  double* data_ = nullptr;
  size_t size_ = 0;
  size_t used_ = 0;
  Napi::ObjectReference array_;
  std::vector<std::string> strings_ = std::vector<std::string>(kPlaces);
  std::vector<std::string> resultStrings_;
};

// Reads words with bounds checks.
class Reader {
 public:
  Reader(const Wire& wire, size_t words) : wire_(wire), end_(words < wire.size() ? words : wire.size()) {}
  bool done() const noexcept { return at_ >= end_; }
  double word() {
    if (at_ >= end_) badArgument("[call] expected more words on the wire");
    return wire_.data()[at_++];
  }
  Tag tag() { return static_cast<Tag>(static_cast<int>(word())); }
  Tag peek() const {
    return at_ < end_ ? static_cast<Tag>(static_cast<int>(wire_.data()[at_])) : Tag::Default;
  }
  int64_t bigint() {
    const double bits = word();
    int64_t value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }
  size_t count() {
    const double n = word();
    if (!(n >= 0) || n > static_cast<double>(end_)) badArgument("[call] expected a list that fits the wire");
    return static_cast<size_t>(n);
  }
  const std::string& string() { return wire_.string(word()); }
  void skip();  // one whole argument

 private:
  const Wire& wire_;
  size_t at_ = 0;
  size_t end_;
};

void initWire(Napi::Env env, Napi::Object exports);

}  // namespace sam
