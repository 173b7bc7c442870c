// Plays small games by bots: pages are HTML texts, written into a folder of their own for the run.
// For tests. Guarantee: the folder is gone afterwards.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "apps/play/bot_run.h"

namespace rialto::test {

// A page that asks for whatever the form has, and can be submitted.
inline constexpr const char* form_page = "{{ formfields }}{{ next_button }}";

// `pages` not named are `form_page`.
play::BotsReport play_bots(AnyApp app, std::map<std::string, std::string> pages = {},
                           std::string case_name = {}, std::uint64_t seed = 1,
                           std::optional<play::DropOut> drop_out = {});
// What went wrong; "" if nothing did.
std::string failure_of(const play::BotsReport& report);

}  // namespace rialto::test
