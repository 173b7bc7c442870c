#include "tests/bench/server_process.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

namespace rialto::bench {
namespace {

std::vector<char*> as_argv(const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  return argv;
}

bool read_line(int file, std::string& line) {
  line.clear();
  char byte = 0;
  while (::read(file, &byte, 1) == 1) {
    if (byte == '\n') return true;
    line.push_back(byte);
  }
  return false;
}

std::uint16_t port_in(const std::string& line) {
  const auto number = line.find("http://") == std::string::npos ? 0 : line.rfind(':') + 1;
  if (number >= line.size() || std::isdigit(static_cast<unsigned char>(line[number])) == 0)
    return 0;
  return static_cast<std::uint16_t>(std::strtoul(line.c_str() + number, nullptr, 10));
}

std::vector<pid_t> children_of(pid_t pid) {
  std::vector<pid_t> children;
  std::ifstream file("/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/children");
  for (pid_t child = 0; file >> child;) children.push_back(child);
  return children;
}

}  // namespace

void pin_to_core(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  ::sched_setaffinity(0, sizeof(cores), &cores);
}

Result<std::unique_ptr<ServerProcess>> ServerProcess::start(std::vector<std::string> arguments,
                                                            int core) {
  int input[2];
  int output[2];
  if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0) {
    return Error{ErrorKind::unavailable, std::strerror(errno)};
  }
  const pid_t pid = ::fork();
  if (pid < 0) return Error{ErrorKind::unavailable, std::strerror(errno)};
  if (pid == 0) {
    pin_to_core(core);
    ::dup2(input[0], STDIN_FILENO);
    ::dup2(output[1], STDOUT_FILENO);
    ::execv(arguments[0].c_str(), as_argv(arguments).data());
    std::_Exit(127);
  }
  ::close(input[0]);
  ::close(output[1]);
  std::unique_ptr<ServerProcess> server(new ServerProcess(pid, input[1], output[0]));
  for (std::string line; server->port_ == 0 && read_line(output[0], line);) {
    server->port_ = port_in(line);
  }
  if (server->port_ == 0) {
    return Error{ErrorKind::unavailable, arguments[0] + " ended before it listened"};
  }
  return server;
}

ServerProcess::~ServerProcess() { stop(); }

std::vector<pid_t> ServerProcess::processes() const {
  std::vector<pid_t> all{pid_};
  for (std::size_t next = 0; next < all.size(); ++next) {
    for (const pid_t child : children_of(all[next])) all.push_back(child);
  }
  return all;
}

std::uint64_t ServerProcess::resident() const {
  std::uint64_t bytes = 0;
  for (const pid_t pid : processes()) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
    std::uint64_t size = 0;
    std::uint64_t pages = 0;
    file >> size >> pages;
    bytes += pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  }
  return bytes;
}

double ServerProcess::processor_seconds() const {
  double ticks = 0;
  for (const pid_t pid : processes()) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::stringstream text;
    text << file.rdbuf();
    std::istringstream fields(text.str().substr(text.str().rfind(')') + 2));
    std::string field;
    for (int index = 0; index < 11; ++index) fields >> field;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    ticks += user + system;
  }
  return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

void ServerProcess::kill() {
  if (pid_ == 0) return;
  for (const pid_t pid : processes()) ::kill(pid, SIGKILL);
  await_end();
}

void ServerProcess::stop() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGTERM);
  await_end();
}

void ServerProcess::await_end() {
  ::close(input_);
  ::waitpid(pid_, nullptr, 0);
  char rest[256];
  while (::read(output_, rest, sizeof(rest)) > 0) {  // until its children are gone, too
  }
  ::close(output_);
  pid_ = 0;
}

Result<std::string> output_of(const std::vector<std::string>& arguments) {
  int output[2];
  if (::pipe2(output, O_CLOEXEC) != 0) return Error{ErrorKind::unavailable, std::strerror(errno)};
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(output[1], STDOUT_FILENO);
    ::execv(arguments[0].c_str(), as_argv(arguments).data());
    std::_Exit(127);
  }
  ::close(output[1]);
  std::string text;
  char bytes[65536];
  for (ssize_t size = 0; (size = ::read(output[0], bytes, sizeof(bytes))) > 0;) {
    text.append(bytes, static_cast<std::size_t>(size));
  }
  ::close(output[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  if (status != 0)
    return Error{ErrorKind::unavailable, arguments[0] + " " + arguments[1] + " failed"};
  return text;
}

}  // namespace rialto::bench
