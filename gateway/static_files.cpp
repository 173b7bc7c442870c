#include "gateway/static_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gateway/assets.h"

namespace rialto {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest = std::uintmax_t{64} << 20U;

struct Kind {
  std::string_view extension;
  std::string_view content_type;
};

constexpr auto kinds = std::to_array<Kind>({
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".txt", "text/plain; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".xml", "application/xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".svg", "image/svg+xml"},
    {".ico", "image/x-icon"},
    {".mp3", "audio/mpeg"},
    {".ogg", "audio/ogg"},
    {".wav", "audio/wav"},
    {".m4a", "audio/mp4"},
    {".mp4", "video/mp4"},
    {".webm", "video/webm"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".ttf", "font/ttf"},
    {".otf", "font/otf"},
    {".pdf", "application/pdf"},
    {".wasm", "application/wasm"},
});

std::string_view content_type_of(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  const auto found = std::ranges::find(kinds, extension, &Kind::extension);
  return found == kinds.end() ? "application/octet-stream" : found->content_type;
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// For a URL within an attribute: nothing but unreserved characters and slashes stays as it is.
std::string encoded(std::string_view path) {
  constexpr std::string_view plain = "-._~/";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string made;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != plain.npos) {
      made += c;
    } else {
      made += '%';
      made += digits[byte >> 4U];
      made += digits[byte & 15U];
    }
  }
  return made;
}

}  // namespace

Result<StaticFiles> StaticFiles::read(const std::vector<SiteApp>& apps) {
  StaticFiles files;
  for (const SiteApp& app : apps) {
    const fs::path folder(app.folder);
    // What comes first counts: the game's own files before those of all games.
    for (const auto& [from, begin] : {std::pair(folder / "static", app.name + "/"),
                                      std::pair(folder / "static" / app.name, app.name + "/"),
                                      std::pair(folder.parent_path() / "_static", std::string())}) {
      if (auto read = files.read_folder(from.string(), begin); !read) return read.error();
    }
  }
  return files;
}

Result<void> StaticFiles::read_folder(const std::string& folder, const std::string& begin) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return {};
  for (auto each = fs::recursive_directory_iterator(folder, error);
       !error && each != fs::recursive_directory_iterator(); each.increment(error)) {
    if (is_hidden(each->path())) {
      each.disable_recursion_pending();
      continue;
    }
    if (!each->is_regular_file(error)) continue;
    const std::string path =
        begin + fs::path(each->path()).lexically_relative(folder).generic_string();
    if (files_.contains(path)) continue;
    if (each->file_size(error) > largest) {
      return Error{ErrorKind::invalid,
                   each->path().string() + " is larger than 64 MiB, which static files may not be"};
    }
    std::ifstream in(each->path(), std::ios::binary);
    File file;
    file.bytes.assign(std::istreambuf_iterator<char>(in), {});
    if (!in.is_open() || in.bad()) {
      return Error{ErrorKind::unavailable, each->path().string() + " cannot be read"};
    }
    file.content_type = content_type_of(each->path());
    file.version = version_of(file.bytes);
    files_.emplace(path, std::move(file));
  }
  if (!error) return {};
  return Error{ErrorKind::unavailable, folder + " cannot be read: " + error.message()};
}

const StaticFiles::File* StaticFiles::find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

std::string StaticFiles::url(std::string_view prefix, std::string_view path) const {
  const File* file = find(path);
  if (!file) return {};
  return std::string(prefix) + "/static/" + encoded(path) + "?v=" + file->version;
}

}  // namespace rialto
