#include "gateway/page_tags.h"

#include "actors/stored_value.h"
#include "gateway/assets.h"
#include "gateway/template.h"
#include "gateway/templates/problem.h"

namespace rialto {

using templates::Failure;

namespace {

// "{name} (you)" with the value for the name.
std::string with(std::string text, std::string_view name, std::string_view value) {
  const std::string slot = "{" + std::string(name) + "}";
  const std::size_t at = text.find(slot);
  return at == text.npos ? text : text.replace(at, slot.size(), value);
}

}  // namespace

const FormHtml& PageTags::form() const {
  if (!parts_.form) throw Failure("this page has no form");
  return *parts_.form;
}

std::string PageTags::formfield(std::string_view name, const std::string* label_html) {
  return form().field(name, label_html);
}
// A page without fields may say {{ formfields }} all the same, as in oTree.
std::string PageTags::formfields() { return parts_.form ? parts_.form->fields() : std::string(); }
std::string PageTags::formfield_errors(std::string_view name) { return form().field_errors(name); }
std::string PageTags::field_input(std::string_view name) { return form().input(name); }
std::string PageTags::field_label(std::string_view name) { return form().label(name); }
std::string PageTags::choice_input(std::string_view name, std::size_t number) {
  return form().choice_input(name, number);
}
std::string PageTags::choice_label(std::string_view name, std::size_t number) {
  return form().choice_label(name, number);
}

std::string PageTags::next_button(std::string_view text_html) {
  Slots slots;
  if (text_html.empty())
    slots.text("next", parts_.language["next"]);
  else
    slots.html("next", std::string(text_html));
  return slots.fill(embedded("next_button.html"));
}

std::string PageTags::back_button(std::string_view) {
  throw Failure("there is no way back between pages, so there is no back_button");
}

// Without a channel, the group's; nothing of one who is in no group.
std::string PageTags::chat(std::string_view channel, std::string_view nickname) {
  const PageChats& chats = parts_.view.chats;
  const std::string hears = channel.empty() ? chats.group_channel : std::string(channel);
  if (hears.empty()) return {};
  const std::string name = nickname.empty() ? own_nickname() : std::string(nickname);
  Value lines = Value::empty_list();
  const auto known = chats.lines.find(hears);
  for (std::size_t i = 0; known != chats.lines.end() && i < known->second.size(); ++i) {
    lines.append(read_stored(known->second[i]->payload)[chat_mark]);
  }
  const Value config{{"channel", channel},
                     {"nickname", name},
                     {"key", parts_.links.chat_key(
                                 {parts_.participant, to_string(parts_.view.ref), channel, name})},
                     {"hears", hears},
                     {"seat", chats.seat},
                     {"me", with(parts_.language["chat_me"], "nickname", name)},
                     {"lines", std::move(lines)}};
  return Slots()
      .json("config", config)
      .text("title", parts_.language["chat_title"])
      .text("label", parts_.language["chat_label"])
      .text("send", parts_.language["chat_send"])
      .text("chat_js", parts_.assets.url("chat.js"))
      .fill(embedded("chat.html"));
}

std::string PageTags::own_nickname() const {
  const std::string number = parts_.view.vars["player"]["id_in_group"].dump();
  return with(parts_.language["chat_nickname"], "number", number);
}

std::string PageTags::static_url(std::string_view path) {
  std::string url = parts_.files.url(parts_.prefix, path);
  if (url.empty()) throw Failure("there is no static file \"" + std::string(path) + "\"");
  return url;
}

}  // namespace rialto
