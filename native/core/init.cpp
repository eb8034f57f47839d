// The core's list of rooms. Each native file has one init function, named here and nowhere else.
#include "addon.h"
#include "errors.h"

namespace sam {

void initWire(Napi::Env, Napi::Object);
void initOperators(Napi::Env, Napi::Object);
void initTensor(Napi::Env, Napi::Object);
void initTensorFacts(Napi::Env, Napi::Object);
void initDataAccess(Napi::Env, Napi::Object);
void initIndex(Napi::Env, Napi::Object);
void initAutograd(Napi::Env, Napi::Object);
void initHooks(Napi::Env, Napi::Object);
void initForwardAd(Napi::Env, Napi::Object);
void initFunctionNode(Napi::Env, Napi::Object);
void initEngine(Napi::Env, Napi::Object);
void leaveThread(napi_env env);  // engine.cpp
void initRandom(Napi::Env, Napi::Object);
void initContext(Napi::Env, Napi::Object);
void initDevice(Napi::Env, Napi::Object);
void initStreams(Napi::Env, Napi::Object);
void initCudaPart(Napi::Env, Napi::Object);
void initGraphs(Napi::Env, Napi::Object);
void initTape(Napi::Env, Napi::Object);
void initMemory(Napi::Env, Napi::Object);
void initLayers(Napi::Env, Napi::Object);
void initData(Napi::Env, Napi::Object);
void initImageBatch(Napi::Env, Napi::Object);
void initMasters(Napi::Env, Napi::Object);
void initParamList(Napi::Env, Napi::Object);
void initParamVector(Napi::Env, Napi::Object);
void initGradScaler(Napi::Env, Napi::Object);
void initPerturbation(Napi::Env, Napi::Object);
void initClip(Napi::Env, Napi::Object);
void initOptimizerState(Napi::Env, Napi::Object);
void initSgd(Napi::Env, Napi::Object);
void initAdam(Napi::Env, Napi::Object);
void initRmsprop(Napi::Env, Napi::Object);
void initAdagrad(Napi::Env, Napi::Object);
void initJitModule(Napi::Env, Napi::Object);
void initJitArchive(Napi::Env, Napi::Object);

Addon& addon(napi_env env) {
  void* data = nullptr;
  napi_get_instance_data(env, &data);
  return *static_cast<Addon*>(data);
}

namespace {

// setErrorFactory((code, message, help) => Error): how a Failure becomes a JS error
Napi::Value setErrorFactory(const Napi::CallbackInfo& info) {
  if (!info[0].IsFunction()) badArgument("[setErrorFactory] expected a function");
  addon(info.Env()).errorFactory = Napi::Persistent(info[0].As<Napi::Function>());
  return info.Env().Undefined();
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
  auto owned = std::make_unique<Addon>(env);
  napi_set_instance_data(
      env, owned.release(),
      [](napi_env ended, void* data, void*) {
        leaveThread(ended);
        delete static_cast<Addon*>(data);
      },
      nullptr);
  define<setErrorFactory>(exports, "setErrorFactory");
  initWire(env, exports);
  initOperators(env, exports);
  initTensor(env, exports);
  initTensorFacts(env, exports);
  initDataAccess(env, exports);
  initIndex(env, exports);
  initAutograd(env, exports);
  initCallbacks(env, exports);
  initHooks(env, exports);
  initForwardAd(env, exports);
  initFunctionNode(env, exports);
  initEngine(env, exports);
  initRandom(env, exports);
  initContext(env, exports);
  initDevice(env, exports);
  initStreams(env, exports);
  initCudaPart(env, exports);
  initGraphs(env, exports);
  initTape(env, exports);
  initMemory(env, exports);
  initLayers(env, exports);
  initData(env, exports);
  initImageBatch(env, exports);
  initMasters(env, exports);
  initParamList(env, exports);
  initParamVector(env, exports);
  initGradScaler(env, exports);
  initPerturbation(env, exports);
  initClip(env, exports);
  initOptimizerState(env, exports);
  initSgd(env, exports);
  initAdam(env, exports);
  initRmsprop(env, exports);
  initAdagrad(env, exports);
  initJitModule(env, exports);
  initJitArchive(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(sam_torch, init)

}  // namespace sam
