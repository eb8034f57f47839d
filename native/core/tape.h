#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "aten.h"
#include "errors.h"
#include "napi.h"
#include "tape_entry.h"

namespace sam {

// A step as JavaScript took it, to be taken again without JavaScript: which native functions ran, in which
// order, and which tensors went from one to the next. What they compute is computed anew; what JavaScript
// decided stays as it was. For small models, whose steps are otherwise mostly JavaScript.
//
// A native function that can be part of a tape notes itself with add() when recording() gives one. One that
// does not, and is not known to leave nothing behind, makes the tape refuse: nothing is ever left out in
// silence.
class Tape {
 public:
  using Tensors = std::vector<at::Tensor>;
  // Does once more what a function did: from these tensors to those that it made.
  using Play = std::function<void(const Tensors& given, Tensors& made)>;

  explicit Tape(const Tensors& inputs);
  ~Tape();
  Tape(const Tape&) = delete;
  Tape& operator=(const Tape&) = delete;

  // The tape that records on this thread. None inside of a function that was called by JavaScript which a
  // native function called (a hook in a backward pass): that will be called again.
  static Tape* recording() noexcept;

  // ---------------------------------------------------------------------------------------- while recording
  // `name` is for errors in a play, and lives on; by default the native function's.
  void add(Play play, const Tensors& given = {}, const Tensors& made = {}, const char* name = nullptr);
  // It has been seen to leave nothing behind that a play would have to do.
  void pass() noexcept { isNoted_ = true; }
  // What it cannot hold, for people: the first one counts.
  void refuse(const std::string& what);
  // A number of the host's that is read each time: JavaScript may turn it between two plays.
  using Dial = std::shared_ptr<std::vector<double>>;
  Dial dial(const std::string& name, std::vector<double> now);
  // A number that each play leaves for JavaScript.
  void addNumber(const at::Tensor& tensor, bool mustBeFinite);
  // A play stops where `holds` gives false. It must hold while it is recorded.
  void addCheck(std::function<bool()> holds, bool holdsNow);
  // How many there are by now.
  size_t numberCount() const noexcept { return numbers_.size(); }
  // Called for every tensor that JavaScript gets a name for. One that a hook was given or has made, and that
  // the step goes on with, would be that of the recording for ever: the tape refuses then.
  static void noteNamed(const at::Tensor& tensor) {
    if (TapeEntry::isAnyOpen()) [[unlikely]]
      noteWhileOpen(tensor);
  }
  // If a play is not finished, this tensor gets back what was saved of it.
  void addRollBack(const at::Tensor& tensor, const at::Tensor& saved);

  void begin() noexcept;
  bool isOpen() const noexcept;
  void end() noexcept;
  // `result` is what each play gives. Why it cannot be played, or nothing.
  std::string close(const at::Tensor& result);

  // ------------------------------------------------------------------------------------------------ playing
  enum class Fit { kYes, kOther, kStale };
  // kOther: inputs that differ from those it was recorded with, or another mode of the thread. kStale: a
  // tensor that it reads besides its inputs has other memory now, or takes part in autograd no longer.
  Fit fits(const Tensors& inputs) const;
  // Everything once more. `hasStopped()` afterwards: a number that must be finite was not, and what follows
  // has not happened.
  at::Tensor play(const Tensors& inputs);
  bool hasStopped() const noexcept { return hasStopped_; }
  // The error for what turned out to be another in a play than when it was recorded: it cannot go on, and
  // cannot be played any more.
  Failure changed(const std::string& what, const std::string& expected, const std::string& got);
  bool hasChanged() const noexcept { return hasChanged_; }
  const std::vector<double>& numbers() const noexcept { return numbers_; }
  size_t numbersRead() const noexcept { return numbersRead_; }
  void turn(const std::string& name, std::vector<double> values);

 private:
  friend class TapeEntry;
  // A tensor of the tape by its place, or (place -1) one from outside.
  struct Ref {
    int place = -1;
    at::Tensor fixed;
  };
  struct Step {
    const char* name;
    Play play;
    std::vector<Ref> given;
    std::vector<int> made;
    std::vector<int> last;  // places that nobody reads behind it
    bool recordsGraph;
  };
  struct RollBack {
    Ref tensor, saved;
  };
  // What a tensor was like when the tape was recorded.
  struct Kind {
    explicit Kind(const at::Tensor& tensor);
    bool matches(const at::Tensor& tensor) const;
    std::vector<int64_t> sizes, strides;
    at::ScalarType dtype;
    bool requiresGrad, isInference;
  };
  struct Outside {
    at::Tensor tensor;
    Kind kind;
    const void* memory;
    bool isAsItWas() const;
  };
  // The thread's modes that decide what a function does.
  struct Mode {
    static Mode now();
    bool operator==(const Mode& other) const = default;
    bool isInference, isAutocast;
    at::ScalarType autocastDtype;
  };

  void enter(const char* name) noexcept;
  void leave() noexcept;
  static void noteWhileOpen(const at::Tensor& tensor);
  Ref refOf(const at::Tensor& tensor);
  int placeOf(const at::Tensor& tensor);
  void findLastReads(const Ref& result);
  const at::Tensor& at(const Ref& ref) const { return ref.place < 0 ? ref.fixed : places_[ref.place]; }
  void rollBack() noexcept;

  std::vector<Step> steps_;
  std::vector<Kind> inputs_;
  std::vector<Outside> outside_;
  std::vector<RollBack> rollBacks_;
  Mode mode_;
  Ref result_;
  std::string refused_;
  std::map<std::string, Dial, std::less<>> dials_;

  // While recording: where each tensor is. The weak references keep an address from being used again.
  std::unordered_map<const at::TensorImpl*, int> placeOf_;
  std::vector<c10::weak_intrusive_ptr<at::TensorImpl>> seen_;
  std::unordered_map<const at::TensorImpl*, c10::weak_intrusive_ptr<at::TensorImpl>> ofHooks_;
  Tape* outer_ = nullptr;
  const char* entered_ = nullptr;
  int depth_ = 0;
  bool isNoted_ = false;

  // While playing.
  Tensors places_;
  std::vector<double> numbers_;
  size_t numbersRead_ = 0;
  bool isReady_ = false;
  bool hasStopped_ = false;
  bool hasChanged_ = false;
  bool isPlaying_ = false;
};

}  // namespace sam
