#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "napi.h"

namespace sam {

// A JS callback threw, and its error waits in the JsThread under this number. What travels through LibTorch's
// threads must not hold a JS value: it could be freed on any of them.
class CallbackError : public std::exception {
 public:
  CallbackError(uint64_t id, std::string message) : id_(id), message_(std::move(message)) {}
  uint64_t id() const noexcept { return id_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  uint64_t id_;
  std::string message_;
};

// The thread that may run one environment's JavaScript, and the ways from other threads to it.
//
// LibTorch runs backward nodes of a CUDA tensor on a thread of its own while whoever called backward() waits.
// So backward runs on a helper thread (serve) while the JS thread waits for calls (enter) and answers them.
// JavaScript that starts another backward inside such a call hands it to the very thread that made the call
// and is waiting: LibTorch then recognises it as nested, and a device's thread goes on working through its
// queue.
class JsThread {
 public:
  explicit JsThread(napi_env env) : env_(env), owner_(std::this_thread::get_id()) {}
  ~JsThread();
  JsThread(const JsThread&) = delete;
  JsThread& operator=(const JsThread&) = delete;

  // From any thread: runs `call` on the JS thread and waits for it. On another thread a JS error comes as a
  // CallbackError.
  void enter(const std::function<void()>& call);

  // On the JS thread: runs `work`, which may enter() from threads of LibTorch's. Without `away` it runs right
  // here: every callback then comes on this thread.
  void serve(const std::function<void()>& work, bool away);

  bool isHere() const noexcept { return std::this_thread::get_id() == owner_; }

 private:
  struct Work {
    const std::function<void()>* run = nullptr;
    std::exception_ptr error;
    bool done = false;
  };
  struct Request {
    const std::function<void()>* call = nullptr;
    std::exception_ptr error;
    bool done = false;
    Work* work = nullptr;  // a nested backward for the thread that waits
    std::condition_variable wake;
  };

  void answer(Request& request);
  void finish(Work& work, std::unique_lock<std::mutex>& lock);
  void help();
  void rethrow(const std::exception_ptr& error);

  const napi_env env_;
  const std::thread::id owner_;
  std::mutex mutex_;
  std::condition_variable asked_;  // for the JS thread: a request came, or work is done
  std::condition_variable given_;  // for the helper: there is work
  std::deque<Request*> requests_;
  std::vector<Request*> answering_;  // innermost last
  Work* helperWork_ = nullptr;
  int serving_ = 0;
  bool closed_ = false;
  std::thread helper_;
  std::unordered_map<uint64_t, Napi::Error> errors_;  // touched on the JS thread only
  uint64_t nextError_ = 1;
};

}  // namespace sam
