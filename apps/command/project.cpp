#include "apps/command/project.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "apps/command/label_file.h"
#include "apps/command/near_word.h"
#include "apps/command/project_table.h"
#include "apps/command/project_words.h"

namespace rialto::command {
namespace {

constexpr std::int64_t most_participants = 100'000;

// What a config has under names of its own; everything else is the author's.
constexpr std::string_view config_keys[] = {"name",
                                            "display_name",
                                            "doc",
                                            "app_sequence",
                                            "num_demo_participants",
                                            "participation_fee",
                                            "real_world_currency_per_point"};

// One of the author's values. Nothing for what JSON has no word for.
std::optional<Value> author_value(const toml::node& node) {
  if (const auto* const text = node.as_string()) return Value(text->get());
  if (const auto* const truth = node.as_boolean()) return Value(truth->get());
  if (const auto* const whole = node.as_integer()) return Value(whole->get());
  if (const auto* const number = node.as_floating_point()) {
    return std::isfinite(number->get()) ? std::optional(Value(number->get())) : std::nullopt;
  }
  if (const toml::array* const array = node.as_array()) {
    Value list = Value::empty_list();
    for (const toml::node& each : *array) {
      std::optional<Value> item = author_value(each);
      if (!item) return std::nullopt;
      list.append(std::move(*item));
    }
    return list;
  }
  if (const toml::table* const table = node.as_table()) {
    Value object = Value::object();
    for (const toml::key* const key : keys_in_order(*table)) {
      std::optional<Value> member = author_value(*table->get(*key));
      if (!member) return std::nullopt;
      object.set(key->str(), std::move(*member));
    }
    return object;
  }
  return std::nullopt;
}

void read_fee(const ProjectTable& table, SessionConfig& config) {
  const std::optional<double> fee = table.number("participation_fee");
  if (!fee) return;
  const auto read = rialto::read_fee(Value(*fee));
  if (read) config.participation_fee = *read;
  if (!read) table.wrong("participation_fee", read.error().message);
}

void read_rate(const ProjectTable& table, SessionConfig& config) {
  const std::optional<double> rate = table.number("real_world_currency_per_point");
  if (!rate) return;
  const auto read = rialto::read_rate(Value(*rate));
  if (read) config.real_world_currency_per_point = *read;
  if (!read) table.wrong("real_world_currency_per_point", read.error().message);
}

// A long key of ours with a letter or two wrong: no author's value is meant by it. A short one may
// well be a word of the author's own.
std::optional<std::string> meant_key(std::string_view key) {
  std::vector<std::string> long_keys;
  for (const std::string_view each : config_keys) {
    if (each.size() > 4) long_keys.emplace_back(each);
  }
  return near_word(key, long_keys, 2);
}

// What configs and their defaults may both say.
void read_common(const ProjectTable& table, SessionConfig& config) {
  if (auto doc = table.text("doc")) config.doc = std::move(*doc);
  if (auto demo = table.whole("num_demo_participants", 1, most_participants)) {
    config.demo_participants = static_cast<int>(*demo);
  }
  read_fee(table, config);
  read_rate(table, config);
  for (const toml::key* const key : keys_in_order(table.content())) {
    if (std::ranges::find(config_keys, key->str()) != std::end(config_keys)) continue;
    if (const auto meant = meant_key(key->str())) {
      table.wrong(key->str(), "\"" + std::string(key->str()) +
                                  "\" is no key that Rialto knows; did you "
                                  "mean \"" +
                                  *meant + "\"? (a value of your own needs another name)");
      continue;
    }
    if (std::optional<Value> value = author_value(*table.content().get(*key))) {
      config.values.set(key->str(), std::move(*value));
    } else {
      table.wrong(key->str(), "\"" + std::string(key->str()) +
                                  "\" is no text, number, truth, list or table of these");
    }
  }
}

const LeftOut* find_left_out(const std::vector<LeftOut>& left_out, const std::string& app) {
  const auto found = std::ranges::find(left_out, app, &LeftOut::name);
  return found == left_out.end() ? nullptr : &*found;
}

void read_sequence(const ProjectTable& table, SessionConfig& config,
                   const std::vector<AnyApp>& apps, const std::vector<LeftOut>& left_out) {
  config.apps = table.texts("app_sequence").value_or(std::vector<std::string>());
  if (!table.has("app_sequence")) {
    table.wrong("app_sequence",
                "the config " + config.name + " has no app_sequence: write app_sequence = [\"…\"]");
  } else if (config.apps.empty() && table.content()["app_sequence"].is_array() &&
             table.content()["app_sequence"].as_array()->empty()) {
    table.wrong("app_sequence", "\"app_sequence\" names no app");
  }
  for (auto app = config.apps.begin(); app != config.apps.end(); ++app) {
    if (find_app(apps, *app) == nullptr && find_left_out(left_out, *app) == nullptr) {
      std::string names;
      for (const AnyApp& each : apps) names += (names.empty() ? "" : ", ") + each->name;
      table.wrong("app_sequence", "there is no app \"" + *app + "\"; there are: " + names);
    }
    if (std::find(config.apps.begin(), app, *app) != app) {
      table.wrong("app_sequence", "the app \"" + *app +
                                      "\" stands twice; for more of the same give it more rounds");
    }
  }
}

// Is the demo's number one that the apps can be played with?
void check_demo(const ProjectTable& table, const SessionConfig& config,
                const std::vector<AnyApp>& apps) {
  const auto known = [&](const std::string& app) { return find_app(apps, app) != nullptr; };
  if (config.demo_participants == 0 || !std::ranges::all_of(config.apps, known)) return;
  const auto fits =
      check_participants(config, apps, static_cast<std::uint32_t>(config.demo_participants));
  if (!fits) table.wrong("num_demo_participants", fits.error().message);
}

// Of an app that was left out no session can be made.
const LeftOut* missing_app(const SessionConfig& config, const std::vector<LeftOut>& left_out) {
  for (const std::string& app : config.apps) {
    if (const LeftOut* const found = find_left_out(left_out, app)) return found;
  }
  return nullptr;
}

// Into the project: those that can be played, and those that cannot.
void read_configs(const ProjectTable& root, const SessionConfig& defaults,
                  const std::vector<AnyApp>& apps, const std::vector<LeftOut>& left_out,
                  Project& project) {
  std::map<std::string, int> lines;
  for (const ProjectTable& table : root.tables("session_configs")) {
    SessionConfig config = defaults;
    config.name = table.name();
    config.display_name = table.text("display_name").value_or("");
    const auto [first, fresh] = lines.try_emplace(config.name, table.line());
    if (!fresh && !config.name.empty()) {
      table.wrong("name", "there is a config \"" + config.name + "\" already, in line " +
                              std::to_string(first->second));
    }
    read_common(table, config);
    read_sequence(table, config, apps, left_out);
    check_demo(table, config, apps);
    if (const LeftOut* const missing = missing_app(config, left_out)) {
      project.unplayable.emplace(config.name, *missing);
    } else {
      project.configs.push_back(std::move(config));
    }
  }
}

// Each app by itself is a config, too, where there is none of its name.
void note_apps_left_out(const std::vector<LeftOut>& left_out, Project& project) {
  for (const LeftOut& each : left_out) {
    if (find_config(project.configs, each.name) == nullptr) {
      project.unplayable.emplace(each.name, each);
    }
  }
}

SessionConfig read_defaults(const ProjectTable& root) {
  const ProjectTable table = root.table("session_config_defaults");
  for (const std::string_view key : {"name", "display_name", "app_sequence"}) {
    if (!table.has(key)) continue;
    table.wrong(key, "\"" + std::string(key) + "\" is each config's own: write it there");
  }
  SessionConfig defaults;
  read_common(table, defaults);
  return defaults;
}

std::vector<Room> read_rooms(const ProjectTable& root, const std::filesystem::path& folder) {
  std::vector<Room> rooms;
  for (const ProjectTable& table : root.tables("rooms")) {
    table.allow_only(
        {"name", "display_name", "participant_label_file", "use_secure_urls", "welcome_page"});
    Room room;
    room.name = table.name();
    room.display_name = table.text("display_name").value_or(room.name);
    if (std::ranges::find(rooms, room.name, &Room::name) != rooms.end() && !room.name.empty()) {
      table.wrong("name", "there is a room \"" + room.name + "\" already");
    }
    if (const auto file = table.text("participant_label_file")) {
      room.label_file = folder / *file;
      auto labels = read_labels(room.label_file);
      if (labels) room.labels = std::move(*labels);
      if (!labels) table.wrong("participant_label_file", labels.error().message);
    }
    if (const auto file = table.text("welcome_page")) {
      room.welcome_page = folder / *file;
      if (!std::filesystem::is_regular_file(room.welcome_page)) {
        table.wrong("welcome_page", "there is no file " + room.welcome_page.string() +
                                        "; \"welcome_page\" is an HTML file beside this one");
      }
    }
    room.secure = table.truth("use_secure_urls").value_or(false);
    if (room.secure && !table.has("participant_label_file")) {
      table.wrong("use_secure_urls",
                  "\"use_secure_urls\" gives each label a link: write participant_label_file, too");
    }
    rooms.push_back(std::move(room));
  }
  return rooms;
}

// Digits after the point of what is paid, unless the project says otherwise; as oTree has it.
int decimals_of(const std::string& currency) {
  constexpr std::string_view without[] = {"COP", "HUF", "IDR", "IRR", "JPY", "KRW", "VND"};
  return std::ranges::count(without, std::string_view(currency)) > 0 ? 0 : 2;
}

// Those of which oTree has words, or how amounts are written.
constexpr std::string_view language_codes[] = {"ar", "cs", "da", "de", "en", "es", "fi", "fr", "he",
                                               "hi", "hu", "id", "it", "ja", "ko", "ms", "nb", "nl",
                                               "pl", "pt", "ru", "sv", "th", "tr", "zh"};

// "de", or "de-AT", "zh-hans": a region or a script.
bool is_language(std::string_view name) {
  const std::string_view base = name.substr(0, name.find('-'));
  const std::string_view rest = name.substr(std::min(base.size() + 1, name.size()));
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool has_rest = base.size() != name.size();
  return std::ranges::count(language_codes, base) > 0 && has_rest == !rest.empty() &&
         std::ranges::all_of(rest, is_letter);
}

std::string languages() {
  std::string all;
  for (const std::string_view each : language_codes) {
    all += (all.empty() ? "" : ", ") + std::string(each);
  }
  return all;
}

MoneyFormat read_format(const ProjectTable& table) {
  table.allow_only({"currency", "decimals", "points", "points_name", "currency_decimals",
                    "language", "thousands"});
  MoneyFormat format;
  format.points = table.truth("points").value_or(false);
  format.points_name = table.text("points_name").value_or("");
  format.currency_code = table.text("currency").value_or(format.currency_code);
  format.language = table.text("language").value_or(format.language);
  format.thousands = table.text("thousands").value_or("");
  const int usual = decimals_of(format.currency_code);
  format.decimals =
      static_cast<int>(table.whole("decimals", 0, 6).value_or(format.points ? 0 : usual));
  format.currency_decimals = static_cast<int>(
      table.whole("currency_decimals", 0, 6).value_or(format.points ? usual : format.decimals));
  if (!format.points && format.currency_decimals != format.decimals) {
    table.wrong("currency_decimals",
                "\"currency_decimals\" is for what points are paid in: write points = true, too; "
                "without points \"decimals\" says it");
  }
  if (!format.points_name.empty() && !format.points) {
    table.wrong("points_name", "\"points_name\" is for points: write points = true, too");
  }
  if (!is_language(format.language)) {
    table.wrong("language",
                "\"language\" is a code of two letters that Rialto has the words or the "
                "numbers of, or one with a region (\"de-AT\"): " +
                    languages());
  }
  if (format.thousands.size() > 4 ||
      format.thousands.find_first_of("0123456789-") != std::string::npos ||
      format.thousands == std::string(1, format.decimal_separator())) {
    table.wrong("thousands",
                "\"thousands\" is the character between groups of digits, other than "
                "that before the decimals: \",\", \".\", \"'\", \" \"");
  }
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (format.currency_code.size() != 3 || !std::ranges::all_of(format.currency_code, is_capital)) {
    table.wrong("currency", "\"currency\" is a code of three letters: \"EUR\", \"USD\"");
  }
  return format;
}

}  // namespace

Result<void> Project::can_be_played(const std::string& config) const {
  const auto found = unplayable.find(config);
  if (found == unplayable.end()) return {};
  return Error{ErrorKind::not_found, "no session of " + config + " can be made: its " +
                                         found->second.name + " is left out. " + found->second.why};
}

Result<std::filesystem::path> project_file(const std::string& named) {
  const std::filesystem::path usual = "rialto.toml";
  if (named.empty()) {
    return std::filesystem::exists(usual) ? usual : std::filesystem::path();
  }
  std::filesystem::path file = named;
  if (std::filesystem::is_directory(file)) file /= usual;
  if (std::filesystem::exists(file)) return file;
  return Error{ErrorKind::not_found, "there is no project file " + file.string() +
                                         "; --project names a rialto.toml, or the folder it is in"};
}

std::vector<std::filesystem::path> files_of_project(const std::filesystem::path& file) {
  std::vector<std::filesystem::path> files;
  const Result<toml::table> table = parse_project(file);
  if (!table) return files;
  const auto add = [&](const toml::node* named) {
    if (named == nullptr || !named->is_string()) return;
    files.push_back(file.parent_path() / named->as_string()->get());
  };
  add(table->get("words"));
  const toml::node* const rooms = table->get("rooms");
  if (rooms == nullptr || !rooms->is_array_of_tables()) return files;
  for (const toml::node& room : *rooms->as_array()) {
    add(room.as_table()->get("participant_label_file"));
    add(room.as_table()->get("welcome_page"));
  }
  return files;
}

Result<MoneyFormat> read_money(const std::filesystem::path& file) {
  if (file.empty()) return MoneyFormat();
  const Result<toml::table> table = parse_project(file);
  if (!table) return table.error();
  Problems problems{file.string()};
  const ProjectTable root(*table, file.filename(), problems);
  MoneyFormat format = read_format(root.table("money"));
  if (!problems.text.empty()) return Error{ErrorKind::invalid, problems.text};
  return format;
}

Result<Project> read_project(const std::filesystem::path& file, const std::vector<AnyApp>& apps,
                             const std::vector<LeftOut>& left_out) {
  Project project;
  if (file.empty()) {
    project.configs = offered_configs({}, apps);
    note_apps_left_out(left_out, project);
    return project;
  }
  const Result<toml::table> table = parse_project(file);
  if (!table) return table.error();
  Problems problems{file.string()};
  const ProjectTable root(*table, file.filename(), problems);
  root.allow_only({"games", "session_configs", "session_config_defaults", "money", "rooms",
                   "language", "words"});
  const SessionConfig defaults = read_defaults(root);
  read_configs(root, defaults, apps, left_out, project);
  project.rooms = read_rooms(root, file.parent_path());
  read_words(root, file.parent_path(), project);
  if (!problems.text.empty()) return Error{ErrorKind::invalid, problems.text};
  SessionConfig single = defaults;
  single.demo_participants = 0;
  project.configs = offered_configs(std::move(project.configs), apps, single);
  note_apps_left_out(left_out, project);
  std::erase_if(project.configs, [&](const SessionConfig& config) {
    return project.unplayable.contains(config.name);
  });
  return project;
}

}  // namespace rialto::command
