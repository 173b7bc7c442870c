// What a page's chat sends: {"rialto_chat": {"channel", "nickname", "key", "body"}}. The key is
// this server's word that this page of this participant speaks in this channel under this nickname,
// so that nobody speaks under another's. Free functions, any thread. Guarantee: what the actors get
// as a chat's line was said by a page that shows the chat.
#pragma once

#include <string_view>

#include "actors/messages.h"
#include "actors/value.h"
#include "gateway/links.h"

namespace rialto {

// As the actors take it (actors/chat.h); with a wrong key so that they refuse it. Any other message
// stays as it is.
Value checked_chat(const Links& links, std::string_view participant, PageRef page, Value data);

}  // namespace rialto
