#include "tests/gateway/faults/faults.h"

#include <openssl/hmac.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <limits>

namespace rialto::test::faults {
namespace {

constexpr std::size_t never = std::numeric_limits<std::size_t>::max();
std::atomic<std::size_t> left{never};
std::atomic<bool> fault_happened{false};
std::atomic<std::size_t> send_limit{0};
std::atomic<std::size_t> send_count{0};
std::atomic<std::size_t> signature_count{0};
thread_local bool is_the_test = false;

// Is this the call that must fail?
bool fails(int error) {
  if (is_the_test) return false;
  std::size_t now = left.load();
  while (now != never && now != 0 && !left.compare_exchange_weak(now, now - 1)) continue;
  if (now != 0) return false;
  left = never;
  fault_happened = true;
  errno = error;
  return true;
}

}  // namespace

void arm(std::size_t calls) {
  is_the_test = true;
  fault_happened = false;
  left = calls;
}

bool happened() { return fault_happened; }

void disarm() { left = never; }

void limit_sends(std::size_t bytes) {
  is_the_test = true;
  send_limit = bytes;
}

std::size_t sends() {
  is_the_test = true;
  return send_count;
}

std::size_t signatures() { return signature_count; }

}  // namespace rialto::test::faults

using rialto::test::faults::fails;
namespace faults = rialto::test::faults;

extern "C" {

ssize_t __real_recv(int, void*, size_t, int);
ssize_t __real_recvmsg(int, msghdr*, int);
ssize_t __real_send(int, const void*, size_t, int);
ssize_t __real_sendmsg(int, const msghdr*, int);
int __real_accept4(int, sockaddr*, socklen_t*, int);
int __real_shutdown(int, int);
int __real_epoll_ctl(int, int, int, epoll_event*);

ssize_t __wrap_recv(int socket, void* bytes, size_t size, int flags) {
  return fails(ECONNRESET) ? -1 : __real_recv(socket, bytes, size, flags);
}

ssize_t __wrap_recvmsg(int socket, msghdr* message, int flags) {
  return fails(ECONNRESET) ? -1 : __real_recvmsg(socket, message, flags);
}

ssize_t __wrap_send(int socket, const void* bytes, size_t size, int flags) {
  if (fails(EPIPE)) return -1;
  if (!faults::is_the_test) {
    const std::size_t number = ++faults::send_count;
    const std::size_t limit = faults::send_limit;
    if (limit != 0 && number % 2 == 0) {
      errno = EAGAIN;
      return -1;
    }
    if (limit != 0) size = std::min(size, limit);
  }
  return __real_send(socket, bytes, size, flags);
}

ssize_t __wrap_sendmsg(int socket, const msghdr* message, int flags) {
  return fails(EPIPE) ? -1 : __real_sendmsg(socket, message, flags);
}

int __wrap_accept4(int socket, sockaddr* address, socklen_t* size, int flags) {
  return fails(EMFILE) ? -1 : __real_accept4(socket, address, size, flags);
}

int __wrap_shutdown(int socket, int how) {
  return fails(ENOTCONN) ? -1 : __real_shutdown(socket, how);
}

int __wrap_epoll_ctl(int epoll, int operation, int descriptor, epoll_event* event) {
  return fails(ENOMEM) ? -1 : __real_epoll_ctl(epoll, operation, descriptor, event);
}

unsigned char* __real_HMAC(const EVP_MD*, const void*, int, const unsigned char*, size_t,
                           unsigned char*, unsigned*);

unsigned char* __wrap_HMAC(const EVP_MD* digest, const void* key, int key_size,
                           const unsigned char* text, size_t size, unsigned char* made,
                           unsigned* made_size) {
  ++faults::signature_count;
  return __real_HMAC(digest, key, key_size, text, size, made, made_size);
}

}  // extern "C"
