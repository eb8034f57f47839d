#include "plan.h"

#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "errors.h"
#include "guards/guards.h"

namespace sam {
namespace {

bool makesTensors(const c10::FunctionSchema& schema) {
  bool hasPinMemory = false;
  bool takesTensors = false;
  for (const auto& argument : schema.arguments()) {
    hasPinMemory = hasPinMemory || argument.name() == "pin_memory";
    takesTensors = takesTensors || argument.type()->kind() == c10::TypeKind::TensorType;
  }
  return hasPinMemory && (!takesTensors || schema.name().ends_with("_like"));
}

// The real type tells extents, of which LibTorch has fewer, from other integers; else it says more than
// decode() asks.
const c10::Type* decodedAs(const c10::Argument& argument) {
  const bool isExtent = argument.real_type()->str().find("SymInt") != std::string::npos;
  return (isExtent ? argument.real_type() : argument.type()).get();
}

}  // namespace

Plan::Plan(c10::OperatorHandle handle) : op(std::move(handle)) {
  const auto& schema = op.schema();
  name = schema.name().substr(schema.name().find("::") + 2);
  for (const auto& argument : schema.arguments()) {
    const auto& fallback = argument.default_value();
    args.push_back(
        {argument.name(), decodedAs(argument), argument.N().value_or(0), fallback ? &*fallback : nullptr});
    writes = writes || (argument.alias_info() != nullptr && argument.alias_info()->isWrite());
  }
  isFactory = makesTensors(schema);
  for (const auto& ret : schema.returns()) {
    Return out{-1, ret.alias_info() != nullptr};
    if (out.mayAlias && ret.alias_info()->isWrite()) {
      for (size_t i = 0; i < args.size(); ++i) {
        const auto* other = schema.arguments()[i].alias_info();
        if (other != nullptr && other->isWrite() && other->beforeSets() == ret.alias_info()->beforeSets()) {
          out.argument = static_cast<int>(i);
        }
      }
    }
    returns.push_back(out);
  }
  findGuard(*this);
  if (guard == nullptr) findUnboxed(*this);
}

namespace {

class Plans {
 public:
  std::vector<size_t> overloads(const std::string& name) {
    const std::unique_lock lock(mutex_);
    if (auto found = byName_.find(name); found != byName_.end()) return found->second;
    std::vector<size_t> out;
    for (const auto& op : c10::Dispatcher::singleton().getAllOpNames()) {
      if (op.name != name) continue;
      if (auto handle = c10::Dispatcher::singleton().findSchema(op)) {
        out.push_back(plans_.size());
        plans_.push_back(std::make_unique<Plan>(*handle));
      }
    }
    if (!out.empty()) byName_.emplace(name, out);
    return out;
  }
  const Plan& at(double index) {
    const std::shared_lock lock(mutex_);
    if (!(index >= 0) || index >= static_cast<double>(plans_.size()))
      badArgument("[call] expected an operator's number");
    return *plans_[static_cast<size_t>(index)];
  }
  void forgetNames() {
    const std::unique_lock lock(mutex_);
    byName_.clear();
  }

 private:
  std::shared_mutex mutex_;
  std::vector<std::unique_ptr<Plan>> plans_;
  std::unordered_map<std::string, std::vector<size_t>> byName_;
};

Plans& plans() {
  static Plans* const instance = new Plans();  // leaked on purpose: operators may be called while statics die
  return *instance;
}

}  // namespace

std::vector<size_t> plansOf(const std::string& name) { return plans().overloads(name); }
const Plan& planAt(double number) { return plans().at(number); }
void forgetPlanNames() { plans().forgetNames(); }

}  // namespace sam
