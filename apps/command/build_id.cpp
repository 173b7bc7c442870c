#include "apps/command/build_id.h"

#include <elf.h>
#include <link.h>

#include <cstdint>
#include <cstring>
#include <string_view>

namespace rialto::command {
namespace {

struct Search {
  std::uintptr_t address;
  std::string id;
};

std::string hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    const auto bits = static_cast<unsigned char>(byte);
    text += digits[bits >> 4U];
    text += digits[bits & 15U];
  }
  return text;
}

// Notes stand one after the other; names and contents are padded to words.
std::string build_id_in(std::string_view notes) {
  const auto padded = [](std::size_t size) { return (size + 3) & ~std::size_t{3}; };
  ElfW(Nhdr) note;
  while (notes.size() >= sizeof(note)) {
    std::memcpy(&note, notes.data(), sizeof(note));
    notes.remove_prefix(sizeof(note));
    const std::size_t name = padded(note.n_namesz);
    const std::size_t content = padded(note.n_descsz);
    if (name + content > notes.size()) return {};
    if (note.n_type == NT_GNU_BUILD_ID && notes.starts_with(ELF_NOTE_GNU)) {
      return hex(notes.substr(name, note.n_descsz));
    }
    notes.remove_prefix(name + content);
  }
  return {};
}

int look_into(dl_phdr_info* object, std::size_t, void* found) {
  auto& search = *static_cast<Search*>(found);
  bool is_there = false;
  std::string id;
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = object->dlpi_phdr[i];
    const std::uintptr_t begin = object->dlpi_addr + part.p_vaddr;
    const bool loaded = part.p_type == PT_LOAD;
    if (loaded && search.address >= begin && search.address < begin + part.p_memsz) is_there = true;
    if (part.p_type != PT_NOTE || !id.empty()) continue;
    id = build_id_in({reinterpret_cast<const char*>(begin), part.p_memsz});
  }
  if (is_there) search.id = std::move(id);
  return is_there ? 1 : 0;
}

}  // namespace

std::string build_id_of(const void* address) {
  Search search{reinterpret_cast<std::uintptr_t>(address), {}};
  ::dl_iterate_phdr(look_into, &search);
  return std::move(search.id);
}

}  // namespace rialto::command
