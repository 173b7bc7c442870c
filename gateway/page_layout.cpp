#include "gateway/page_layout.h"

#include "gateway/assets.h"
#include "gateway/template.h"

namespace rialto {
namespace {

std::string block(const std::string& name) { return "{{ block " + name + " }}{{ endblock }}"; }

}  // namespace

std::string page_layout() {
  // Styles stand in the head, scripts behind everything, global ones before the app's and the
  // page's own; `head` is for what belongs nowhere else.
  const std::string head = "{{ rialto.head|safe }}" + block("global_styles") + block("app_styles") +
                           block("styles") + block("head");
  const std::string title =
      "{{ if rialto.has_title }}<h1 class=\"otree-title page-header\" id=\"_otree-title\">" +
      block("title") + "</h1>{{ endif }}";
  const std::string content = Slots()
                                  .html("above", title + "{{ rialto.above|safe }}")
                                  .html("fragment", block("content"))
                                  .html("bootstrap_js", "{{ rialto.bootstrap_js }}")
                                  .fill(embedded("page.html"));
  return Slots()
      .html("language", "{{ rialto.language }}")
      .html("direction", "{{ rialto.direction }}")
      .html("bootstrap_css", "{{ rialto.bootstrap_css }}")
      .html("title", "{{ block head_title }}{{ rialto.title }}{{ endblock }}")
      .html("css", "{{ rialto.css }}")
      .html("head", head)
      .html("body_class", "{{ rialto.body_class }}")
      .html("content", content + block("global_scripts") + block("app_scripts") + block("scripts"))
      .fill(embedded("layout.html"));
}

}  // namespace rialto
