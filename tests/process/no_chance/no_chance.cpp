// Preloaded into a server: while the file that the environment names in RIALTO_NO_CHANCE is there,
// the system gives no random bytes.
#include <dlfcn.h>
#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

extern "C" ssize_t getrandom(void* buffer, std::size_t length, unsigned int flags) {
  const char* const file = std::getenv("RIALTO_NO_CHANCE");
  if (file != nullptr && ::access(file, F_OK) == 0) {
    errno = EAGAIN;
    return -1;
  }
  using Real = ssize_t(void*, std::size_t, unsigned int);
  return reinterpret_cast<Real*>(::dlsym(RTLD_NEXT, "getrandom"))(buffer, length, flags);
}
