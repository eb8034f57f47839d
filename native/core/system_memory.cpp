#include "system_memory.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <string>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace sam {
namespace {

// The first number in a file, and in the line of it that starts with `key` when there is one; -1 without
// ("max" too).
int64_t numberIn(const char* path, const char* key = nullptr) {
  std::ifstream file(path);
  std::string word;
  while (file >> word) {
    if (key != nullptr && word != key) continue;
    if (key != nullptr && !(file >> word)) break;
    return word.find_first_not_of("0123456789") == std::string::npos ? std::stoll(word.substr(0, 18)) : -1;
  }
  return -1;
}

constexpr int64_t kNone = int64_t{1} << 60;  // control groups without a limit say a number near 2^63

int64_t groupLimit() {
  for (const char* path : {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    const int64_t limit = numberIn(path);
    if (limit > 0 && limit < kNone) return limit;
  }
  return kNone;
}

// Pages of files count as used by the group but are given up for the asking.
int64_t groupLeft(int64_t limit) {
  if (limit == kNone) return kNone;
  for (const char* group : {"/sys/fs/cgroup/memory.", "/sys/fs/cgroup/memory/memory."}) {
    const std::string prefix = group;
    int64_t used = numberIn((prefix + "current").c_str());
    if (used < 0) used = numberIn((prefix + "usage_in_bytes").c_str());
    if (used < 0) continue;
    const int64_t files = std::max<int64_t>(0, numberIn((prefix + "stat").c_str(), "inactive_file"));
    return std::max<int64_t>(0, limit - used + files);
  }
  return kNone;
}

}  // namespace

int64_t totalMemory() {
#if defined(_SC_PHYS_PAGES) && defined(_SC_PAGESIZE)
  const int64_t physical = static_cast<int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
  return physical > 0 ? std::min(physical, groupLimit()) : 0;
#else
  return 0;
#endif
}

int64_t availableMemory() {
  const int64_t kilobytes = numberIn("/proc/meminfo", "MemAvailable:");
  return kilobytes < 0 ? 0 : std::min(kilobytes * 1024, groupLeft(groupLimit()));
}

}  // namespace sam
