// Prints what the blocks of RocksDB's tables hold, uncompressed, for tests that search for bytes:
//   table_text FILE…      every version of every key, also what a later one hides or erases
#include <rocksdb/sst_dump_tool.h>
#include <unistd.h>

#include <cctype>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

namespace {

// A line is 'KEY' seq:N, type:N => VALUE, both in hex digits: of other words' letters nothing that
// somebody searches for can be made.
std::string decoded(const std::string& line) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const auto is_digit = [&](std::size_t at) {
      return std::isxdigit(static_cast<unsigned char>(line[at])) != 0;
    };
    if (!is_digit(i) || !is_digit(i + 1)) continue;
    bytes.push_back(static_cast<char>(std::stoi(line.substr(i++, 2), nullptr, 16)));
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  const int out = ::dup(STDOUT_FILENO);
  std::FILE* const hex = std::tmpfile();
  ::dup2(::fileno(hex), STDOUT_FILENO);
  for (int i = 1; i < argc; ++i) {
    const std::string file = std::string("--file=") + argv[i];
    const char* const words[] = {"table_text", file.c_str(), "--command=scan", "--output_hex"};
    if (rocksdb::SSTDumpTool().Run(4, words) != 0) return 1;
  }
  std::fflush(stdout);
  ::dup2(out, STDOUT_FILENO);
  std::ifstream lines("/proc/self/fd/" + std::to_string(::fileno(hex)));
  for (std::string line; std::getline(lines, line);) std::cout << decoded(line) << '\n';
}
