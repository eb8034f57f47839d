#include "js_thread.h"

#include <ATen/ThreadLocalState.h>
#include <c10/core/StreamGuard.h>

#include <optional>
#include <utility>

#include "aten.h"
#include "device.h"
#include "errors.h"

namespace sam {
namespace {

// What a thread's results depend on: gradient mode, autocast, the current stream of each device.
class Surroundings {
 public:
  Surroundings() {
    if (!presentAccelerator()) return;
    for (c10::DeviceIndex i = 0; i < at::accelerator::deviceCount(); ++i) {
      streams_.push_back(at::accelerator::getCurrentStream(i));
    }
    device_ = at::accelerator::getDeviceIndex();
  }

  // Runs `fn` as if on the thread where this was made.
  void around(const std::function<void()>& fn) const {
    const at::ThreadLocalStateGuard state(state_);
    if (streams_.empty()) return fn();
    const c10::MultiStreamGuard streams(streams_);
    const c10::DeviceGuard device(c10::Device(streams_.front().device_type(), device_));
    fn();
  }

 private:
  at::ThreadLocalState state_;
  std::vector<c10::Stream> streams_;
  c10::DeviceIndex device_ = 0;
};

}  // namespace

JsThread::~JsThread() {
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  given_.notify_all();
  if (helper_.joinable()) helper_.join();
}

void JsThread::enter(const std::function<void()>& call) {
  if (isHere()) return call();
  const Surroundings mine;
  const std::function<void()> there = [&] { mine.around(call); };
  Request request;
  request.call = &there;
  std::unique_lock lock(mutex_);
  if (serving_ == 0) {
    throw Failure("E_DEVICE", "[backward] expected the JavaScript thread to wait for its callbacks",
                  "start backward passes with backward() or grad()");
  }
  requests_.push_back(&request);
  asked_.notify_all();
  for (;;) {
    request.wake.wait(lock, [&] { return request.done || request.work != nullptr; });
    if (request.work == nullptr) break;
    finish(*std::exchange(request.work, nullptr), lock);
  }
  lock.unlock();
  if (request.error) std::rethrow_exception(request.error);
}

// Runs work that the JS thread has handed over.
void JsThread::finish(Work& work, std::unique_lock<std::mutex>& lock) {
  lock.unlock();
  std::exception_ptr error;
  try {
    (*work.run)();
  } catch (...) {
    error = std::current_exception();
  }
  lock.lock();
  work.error = std::move(error);
  work.done = true;
  asked_.notify_all();
}

void JsThread::help() {
  std::unique_lock lock(mutex_);
  for (;;) {
    given_.wait(lock, [&] { return closed_ || helperWork_ != nullptr; });
    if (helperWork_ == nullptr) return;
    finish(*std::exchange(helperWork_, nullptr), lock);
  }
}

// Runs one request on the JS thread. Its JS error stays here.
void JsThread::answer(Request& request) {
  try {
    Napi::HandleScope scope(env_);
    (*request.call)();
  } catch (const Napi::Error& error) {
    const uint64_t id = nextError_++;
    std::string message = "a JavaScript callback threw";
    try {
      message = error.Message();
    } catch (...) {  // the environment ends
    }
    errors_.emplace(id, error);
    request.error = std::make_exception_ptr(CallbackError(id, std::move(message)));
  } catch (...) {
    request.error = std::current_exception();
  }
}

void JsThread::serve(const std::function<void()>& work, bool away) {
  if (!away) return work();
  const Surroundings mine;
  const std::function<void()> there = [&] { mine.around(work); };
  Work task;
  task.run = &there;
  std::unique_lock lock(mutex_);
  if (answering_.empty()) {
    if (!helper_.joinable()) helper_ = std::thread([this] { help(); });
    helperWork_ = &task;
    given_.notify_one();
  } else {
    answering_.back()->work = &task;
    answering_.back()->wake.notify_one();
  }
  ++serving_;
  for (;;) {
    asked_.wait(lock, [&] { return task.done || !requests_.empty(); });
    if (task.done) break;
    Request* request = requests_.front();
    requests_.pop_front();
    answering_.push_back(request);
    lock.unlock();
    answer(*request);
    lock.lock();
    answering_.pop_back();
    request->done = true;
    request->wake.notify_one();
  }
  --serving_;
  lock.unlock();
  if (task.error) rethrow(task.error);
  if (answering_.empty()) errors_.clear();
}

// A callback's error as the JS error that it was.
void JsThread::rethrow(const std::exception_ptr& error) {
  std::optional<Napi::Error> thrown;
  try {
    std::rethrow_exception(error);
  } catch (const CallbackError& mark) {
    const auto found = errors_.find(mark.id());
    if (found == errors_.end()) throw;
    thrown = std::move(found->second);
    errors_.erase(found);
  }
  if (answering_.empty()) errors_.clear();
  throw Napi::Error(*thrown);
}

}  // namespace sam
