#include "tape.h"

#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "errors.h"

namespace sam {
namespace {

thread_local Tape* current = nullptr;

constexpr const char* kNotFinite = "a gradient that was not finite";  // lib/tape.ts knows it

// Functions that leave nothing behind, or only names: what they tell is the same in every play, since shapes
// and modes are.
constexpr std::string_view kHarmless =
    " alias alive allocatedBytes autocastState cachedBytes dataPtr defaultDtype "
    "deterministicAlgorithms device directBackwards dispose disposeMany drainDeadCallbacks "
    "dtype elementSize factorCount flags gradEnabled gradFnName isAutocastEnabled isContiguous "
    "isCrowded isPerturbed layout liveTensors numThreads operator operatorNames optimizerSlots "
    "optimizerState "
    "peakBytes putString rearm "
    "reservedBytes resultString sameTensor setGradEnabled shape storageOffset strides sweep "
    "tapeEnd tapeNumberCount tapeRefuse tapeRollBack track vectorCount version ";

bool isHarmless(const std::string& name) {
  return kHarmless.find(" " + name + " ") != std::string_view::npos;
}

// As item(), which goes through the dispatcher.
double numberOf(const at::Tensor& tensor) {
  return tensor.scalar_type() == at::kFloat ? static_cast<double>(*tensor.const_data_ptr<float>())
                                            : tensor.item().toDouble();
}

const void* memoryOf(const at::Tensor& tensor) {
  return tensor.has_storage() ? tensor.const_data_ptr() : nullptr;
}

bool isPlain(const at::Tensor& tensor) {
  return tensor.is_cpu() && tensor.layout() == at::kStrided && !tensor.is_conj() && !tensor.is_neg();
}

}  // namespace

void TapeEntry::enter(const char* name) noexcept {
  tape_ = current;
  if (tape_ != nullptr) tape_->enter(name);
}
void TapeEntry::leave() noexcept { tape_->leave(); }

Tape::Kind::Kind(const at::Tensor& tensor)
    : sizes(tensor.sizes().vec()),
      strides(tensor.strides().vec()),
      dtype(tensor.scalar_type()),
      requiresGrad(tensor.requires_grad()),
      isInference(tensor.is_inference()) {}

bool Tape::Kind::matches(const at::Tensor& tensor) const {
  return tensor.scalar_type() == dtype && tensor.sizes() == at::IntArrayRef(sizes) && isPlain(tensor) &&
         tensor.strides() == at::IntArrayRef(strides) && tensor.requires_grad() == requiresGrad &&
         tensor.is_inference() == isInference;
}

bool Tape::Outside::isAsItWas() const { return memoryOf(tensor) == memory && kind.matches(tensor); }

Tape::Mode Tape::Mode::now() {
  return {c10::InferenceMode::is_enabled(), at::autocast::is_autocast_enabled(at::kCPU),
          at::autocast::get_autocast_dtype(at::kCPU)};
}

Tape* Tape::recording() noexcept {
  if (TapeEntry::open_.load(std::memory_order_relaxed) == 0) [[likely]]
    return nullptr;
  return current != nullptr && current->depth_ <= 1 ? current : nullptr;
}

Tape::~Tape() {
  if (isOpen()) end();
}

Tape::Tape(const Tensors& inputs) : mode_(Mode::now()) {
  for (const auto& input : inputs) {
    if (!isPlain(input)) {
      refuse("an input that is not a dense tensor on the CPU");
      continue;
    }
    inputs_.emplace_back(input);
    placeOf(input);
  }
}

// ------------------------------------------------------------------------------------------------ recording

void Tape::begin() noexcept {
  outer_ = std::exchange(current, this);
  TapeEntry::open_.fetch_add(1, std::memory_order_relaxed);
}

bool Tape::isOpen() const noexcept { return current == this; }

void Tape::end() noexcept {
  TapeEntry::open_.fetch_sub(1, std::memory_order_relaxed);
  current = std::exchange(outer_, nullptr);
}

void Tape::enter(const char* name) noexcept {
  if (depth_++ > 0) return;
  entered_ = name;
  isNoted_ = false;
}

void Tape::leave() noexcept {
  if (--depth_ > 0 || isNoted_ || isHarmless(entered_)) return;
  refuse(std::string(entered_) + "(), which has no form on a tape");
}

void Tape::noteWhileOpen(const at::Tensor& tensor) {
  if (current == nullptr || current->depth_ == 0 || !tensor.defined()) return;
  if (current->depth_ == 1 && isHarmless(current->entered_)) return;  // another name of a tensor
  current->ofHooks_.emplace(tensor.unsafeGetTensorImpl(), tensor.getIntrusivePtr());
}

void Tape::refuse(const std::string& what) {
  isNoted_ = true;
  if (refused_.empty()) refused_ = what;
}

int Tape::placeOf(const at::Tensor& tensor) {
  const int place = static_cast<int>(places_.size());
  places_.emplace_back();
  placeOf_[tensor.unsafeGetTensorImpl()] = place;
  seen_.emplace_back(tensor.getIntrusivePtr());
  return place;
}

Tape::Ref Tape::refOf(const at::Tensor& tensor) {
  if (!tensor.defined()) return {};
  const auto found = placeOf_.find(tensor.unsafeGetTensorImpl());
  if (found != placeOf_.end()) return {found->second, {}};
  if (!isPlain(tensor)) refuse("a tensor that is not a dense one on the CPU");
  const auto isSame = [&](const Outside& known) { return known.tensor.is_same(tensor); };
  if (std::none_of(outside_.begin(), outside_.end(), isSame)) {
    if (ofHooks_.count(tensor.unsafeGetTensorImpl()) != 0)
      refuse("a tensor that a hook was given or has made");
    outside_.push_back({tensor, Kind(tensor), memoryOf(tensor)});
  }
  return {-1, tensor};
}

void Tape::add(Play play, const Tensors& given, const Tensors& made, const char* name) {
  isNoted_ = true;
  if (!refused_.empty()) return;
  Step step{name != nullptr ? name : entered_, std::move(play), {}, {}, {}, c10::GradMode::is_enabled()};
  for (const auto& tensor : given) step.given.push_back(refOf(tensor));
  for (const auto& tensor : made) step.made.push_back(tensor.defined() ? placeOf(tensor) : -1);
  steps_.push_back(std::move(step));
}

Tape::Dial Tape::dial(const std::string& name, std::vector<double> now) {
  auto& found = dials_[name];
  if (found && found->size() != now.size()) refuse("two " + name + " of different sizes");
  if (!found) found = std::make_shared<std::vector<double>>(std::move(now));
  return found;
}

void Tape::addNumber(const at::Tensor& tensor, bool mustBeFinite) {
  const size_t index = numbers_.size();
  numbers_.push_back(tensor.item().toDouble());
  if (mustBeFinite && !std::isfinite(numbers_.back())) refuse(kNotFinite);
  add(
      [this, index, mustBeFinite](const Tensors& given, Tensors&) {
        numbers_[index] = numberOf(given[0]);
        numbersRead_ = index + 1;
        if (mustBeFinite && !std::isfinite(numbers_[index])) hasStopped_ = true;
      },
      {tensor});
}

void Tape::addCheck(std::function<bool()> holds, bool holdsNow) {
  if (!holdsNow) refuse(kNotFinite);
  add([this, holds = std::move(holds)](const Tensors&, Tensors&) { hasStopped_ = hasStopped_ || !holds(); });
}

void Tape::addRollBack(const at::Tensor& tensor, const at::Tensor& saved) {
  rollBacks_.push_back({refOf(tensor), refOf(saved)});
}

std::string Tape::close(const at::Tensor& result) {
  if (refused_.empty()) {
    result_ = refOf(result);
    if (result_.place < 0) refuse("a loss that the closure has not computed");
  }
  if (refused_.empty() && Mode::now() != mode_) refuse("a change of inference mode or autocast");
  placeOf_.clear();
  seen_.clear();
  ofHooks_.clear();
  if (!refused_.empty()) {
    steps_.clear();
    outside_.clear();
    rollBacks_.clear();
    return refused_;
  }
  findLastReads(result_);
  isReady_ = true;
  return {};
}

void Tape::findLastReads(const Ref& result) {
  std::vector<bool> isRead(places_.size(), false);
  const auto keep = [&](const Ref& ref) {
    if (ref.place >= 0) isRead[static_cast<size_t>(ref.place)] = true;
  };
  keep(result);
  for (const auto& entry : rollBacks_) {
    keep(entry.tensor);
    keep(entry.saved);
  }
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    const auto read = [&](int place) {
      if (place < 0 || isRead[static_cast<size_t>(place)]) return;
      isRead[static_cast<size_t>(place)] = true;
      step->last.push_back(place);
    };
    for (const auto& ref : step->given) read(ref.place);
    for (const int place : step->made) read(place);
  }
}

}  // namespace sam
