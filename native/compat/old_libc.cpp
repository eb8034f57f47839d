// Lets an addon that was linked on a new Linux run on glibc 2.28 and GCC 8's libstdc++, which is what
// LibTorch and Node ask for.
//
// The functions below got a new symbol version when they moved (dlopen, pthread_once: into libc.so in 2.34)
// or dropped an old habit (pow: no more matherr, in 2.29). A new linker picks the new version, and an old
// loader then refuses the file. Every glibc still has the old version too. CMakeLists.txt passes --wrap for
// each of these names, so calls come here and go on to the old one. scripts/prebuild.mjs fails when a file
// asks for more: add the symbol that it names, here and in CMakeLists.txt.
#include <dlfcn.h>
#include <pthread.h>

#include <condition_variable>
#include <mutex>

// The oldest version that glibc has on this processor.
#if defined(__x86_64__)
#define BASE "GLIBC_2.2.5"
#else
#define BASE "GLIBC_2.17"
#endif

// OLD(double, pow, BASE, (double x, double y), (x, y)) sends pow to pow@GLIBC_2.2.5.
#define OLD(Result, name, version, parameters, arguments)  \
  extern "C" {                                             \
  Result sam_old_##name parameters;                        \
  Result __wrap_##name parameters;                         \
  }                                                        \
  __asm__(".symver sam_old_" #name "," #name "@" version); \
  Result __wrap_##name parameters { return sam_old_##name arguments; }

// OLD_AS(long, __isoc23_strtol, "strtol", ...) sends the first name to the second.
#define OLD_AS(Result, name, old, parameters, arguments) \
  extern "C" {                                           \
  Result sam_old_##name parameters;                      \
  Result __wrap_##name parameters;                       \
  }                                                      \
  __asm__(".symver sam_old_" #name "," old "@" BASE);    \
  Result __wrap_##name parameters { return sam_old_##name arguments; }

OLD(double, pow, BASE, (double x, double y), (x, y))
OLD(double, exp, BASE, (double x), (x))
OLD(double, exp2, BASE, (double x), (x))
OLD(double, log, BASE, (double x), (x))
OLD(double, log2, BASE, (double x), (x))

OLD(void*, dlopen, BASE, (const char* file, int mode), (file, mode))
OLD(void*, dlsym, BASE, (void* library, const char* name), (library, name))
OLD(char*, dlerror, BASE, (), ())
OLD(int, dladdr, BASE, (const void* address, Dl_info* info), (address, info))

OLD(int, pthread_once, BASE, (pthread_once_t * once, void (*work)()), (once, work))
OLD(int, pthread_rwlock_rdlock, BASE, (pthread_rwlock_t * lock), (lock))
OLD(int, pthread_rwlock_wrlock, BASE, (pthread_rwlock_t * lock), (lock))
OLD(int, pthread_rwlock_unlock, BASE, (pthread_rwlock_t * lock), (lock))

// Since glibc 2.38 its headers send strtol and its kin, std::stoi with them, to new names that also read
// "0b101".
OLD_AS(long, __isoc23_strtol, "strtol", (const char* text, char** end, int base), (text, end, base))
OLD_AS(unsigned long, __isoc23_strtoul, "strtoul", (const char* text, char** end, int base),
       (text, end, base))
OLD_AS(long long, __isoc23_strtoll, "strtoll", (const char* text, char** end, int base), (text, end, base))
OLD_AS(unsigned long long, __isoc23_strtoull, "strtoull", (const char* text, char** end, int base),
       (text, end, base))

// std::condition_variable::wait became noexcept in GCC 12's libstdc++, under a new version.
OLD(void, _ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE, "GLIBCXX_3.4.11",
    (std::condition_variable * self, std::unique_lock<std::mutex>& lock), (self, lock))

// glibc 2.32 tells libstdc++ here whether a reference count may be counted without atomics. Node has threads,
// so it may not.
extern "C" {
extern char __libc_single_threaded;
char __libc_single_threaded = 0;
}
