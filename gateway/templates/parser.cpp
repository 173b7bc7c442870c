#include "gateway/templates/parser.h"

#include <algorithm>
#include <array>

#include "gateway/templates/flow_nodes.h"
#include "gateway/templates/lexer.h"
#include "gateway/templates/page_nodes.h"
#include "gateway/templates/split.h"

namespace rialto::templates {
namespace {

constexpr std::size_t deepest = 60;  // tags within tags

// A tag that waits for its end.
struct Open {
  Token token;
  std::string_view end;                // "endif"; empty for the whole file
  std::unique_ptr<Node> node;          // goes into the body around it; null: is left out
  Body* body = nullptr;                // where to put what follows
  std::unique_ptr<Body> dropped = {};  // body of what is left out
  bool otherwise = false;              // else or empty has been seen
};

class Parser {
 public:
  Parser(const Source& source, Library& library) : source_(source), library_(library) {}

  Parsed parse() {
    const Tokens tokens = tokenize(source_.text);
    open_.push_back({{}, {}, nullptr, &made_.body});
    for (const Token& token : tokens.tokens) {
      try {
        if (!(token.kind == Token::Kind::text ? add_text(token) : add_tag(token))) return give_up();
      } catch (const Failure& failure) {
        problem(token, failure.what());
      }
    }
    if (tokens.unclosed > 0) {
      made_.problems.push_back(source_.problem(tokens.unclosed, "this tag has no end"));
    } else if (open_.size() > 1) {
      const Open& last = open_.back();
      problem(last.token, std::string(last.token.keyword()) + " has no " + std::string(last.end));
    }
    return give_up();
  }

 private:
  // A tag: what it is called, and what it does; false: the rest of the file makes no sense.
  struct Tag {
    std::string_view keyword;
    bool (Parser::*add)(const Token&);
  };

  void problem(const Token& token, std::string message) {
    made_.problems.push_back(source_.problem(token.line, std::move(message)));
  }

  // What was open is closed as if it had ended; the problems say the rest.
  Parsed give_up() {
    while (open_.size() > 1) close();
    return std::move(made_);
  }

  void put(std::unique_ptr<Node> node) { open_.back().body->append(std::move(node)); }

  template <class Made, class... Arguments>
  std::unique_ptr<Made> make(const Token& token, Arguments&&... arguments) {
    return std::make_unique<Made>(source_, token.line, std::forward<Arguments>(arguments)...);
  }

  void open(const Token& token, std::string_view end, std::unique_ptr<Node> node, Body* body) {
    open_.push_back({token, end, std::move(node), body});
  }

  void close() {
    std::unique_ptr<Node> node = std::move(open_.back().node);
    open_.pop_back();
    if (node) put(std::move(node));
  }

  bool add_text(const Token& token) {
    put(make<TextNode>(token, token.text));
    return true;
  }

  bool add_tag(const Token& token) {
    const auto tag = std::ranges::find(tags, token.keyword(), &Tag::keyword);
    if (tag == tags.end()) return add_expression(token);
    if (open_.size() > deepest) {
      problem(token, "tags stand within tags too deeply");
      return false;
    }
    return (this->*tag->add)(token);
  }

  bool add_expression(const Token& token) {
    if (token.text.empty()) throw Failure("this tag is empty");
    const std::string_view word = token.keyword();
    try {
      put(make<PrintNode>(token, token.text));
    } catch (const Failure&) {
      // `fi x` is a tag that is not there rather than a strange expression.
      constexpr std::string_view strange = "=<>|?:+*/%-";
      const std::string_view next = token.rest().substr(0, 1);
      if (!is_name(word) || next.empty() || strange.find(next[0]) != strange.npos) throw;
      throw Failure("unknown tag \"" + std::string(word) + "\"");
    }
    return true;
  }

  // -- tags with an end -------------------------------------------------------------------------

  bool add_if(const Token& token) {
    auto node = make<IfNode>(token);
    node->branches.emplace_back();
    Body* const body = &node->branches.back().body;
    IfNode& made = *node;
    open(token, "endif", std::move(node), body);
    made.branches.back().test = Test::parse(token.rest());
    return true;
  }

  bool add_elif(const Token& token) {
    Open& last = open_.back();
    auto* node = dynamic_cast<IfNode*>(last.node.get());
    if (!node) throw Failure("elif stands in if alone");
    if (last.otherwise) throw Failure("elif stands before else");
    // Branches move in memory when there is one more.
    node->branches.emplace_back();
    last.body = &node->branches.back().body;
    node->branches.back().test = Test::parse(token.rest());
    return true;
  }

  bool add_else(const Token& token) {
    Open& last = open_.back();
    auto* node = dynamic_cast<IfNode*>(last.node.get());
    if (!token.rest().empty()) throw Failure("else takes nothing; \"else if\" is written elif");
    if (!node) throw Failure("else stands in if alone; in a loop it is empty");
    if (std::exchange(last.otherwise, true)) throw Failure("this if has an else already");
    last.body = &node->otherwise;
    return true;
  }

  // Where a tag with an end is wrong, what stands in it is read all the same, for its problems.
  template <class Made, class... Arguments>
  bool open_made(const Token& token, std::string_view end, Body Made::*body,
                 Arguments&&... arguments) {
    std::unique_ptr<Made> node;
    try {
      node = make<Made>(token, std::forward<Arguments>(arguments)...);
    } catch (const Failure& failure) {
      problem(token, failure.what());
      return add_dropped(token, end);
    }
    Body* const inside = &(node.get()->*body);
    open(token, end, std::move(node), inside);
    return true;
  }

  bool add_dropped(const Token& token, std::string_view end) {
    auto dropped = std::make_unique<Body>();
    Body* const body = dropped.get();
    open(token, end, nullptr, body);
    open_.back().dropped = std::move(dropped);
    return true;
  }

  bool add_for(const Token& token) {
    return open_made<ForNode>(token, "endfor", &ForNode::each, token.rest());
  }

  bool add_empty(const Token&) {
    Open& last = open_.back();
    if (last.dropped && last.end == "endfor") return true;
    auto* node = dynamic_cast<ForNode*>(last.node.get());
    if (!node) throw Failure("empty stands in for alone");
    if (std::exchange(last.otherwise, true)) throw Failure("this for has an empty already");
    last.body = &node->empty;
    return true;
  }

  bool add_with(const Token& token) {
    return open_made<WithNode>(token, "endwith", &WithNode::body, token.rest());
  }

  bool add_block(const Token& token) {
    return open_made<BlockNode>(token, "endblock", &BlockNode::body, token.rest());
  }

  bool add_comment(const Token& token) { return add_dropped(token, "endcomment"); }

  // Translations of whole passages: oTree shows the passage, and so do we.
  bool add_passage(const Token& token) {
    Body* const around = open_.back().body;
    open(token, "endblocktrans", nullptr, around);
    return true;
  }

  bool add_end(const Token& token) {
    const std::string end(token.keyword());
    const Open& last = open_.back();
    if (last.end == end) {
      close();
      return true;
    }
    problem(token, last.end.empty()
                       ? end + " without its beginning"
                       : end + " where " + std::string(last.end) + " is awaited, of the " +
                             std::string(last.token.keyword()) + " in line " +
                             std::to_string(last.token.line));
    return false;
  }

  // -- tags without an end ----------------------------------------------------------------------

  bool add_extends(const Token& token) {
    const bool first = open_.size() == 1 && !made_.extends &&
                       std::ranges::all_of(made_.body.nodes(), [](const auto& node) {
                         const auto* text = dynamic_cast<const TextNode*>(node.get());
                         return text && trimmed(text->text()).empty();
                       });
    if (!first) throw Failure("extends stands once, before everything else");
    made_.extends = true;
    const auto name = Expression::parse(token.rest()).literal_text();
    if (!name) throw Failure("written {{ extends 'folder/Layout.html' }}");
    made_.layout = library_.load(*name);
    return true;
  }

  bool add_include(const Token& token) {
    put(make<IncludeNode>(token, IncludeFrom::anywhere, token.rest(), library_));
    return true;
  }
  bool add_include_sibling(const Token& token) {
    put(make<IncludeNode>(token, IncludeFrom::same_folder, token.rest(), library_));
    return true;
  }
  bool add_formfield(const Token& token) {
    put(make<FormFieldNode>(token, FormFieldNode::Part::whole, token.rest()));
    return true;
  }
  bool add_formfield_errors(const Token& token) {
    put(make<FormFieldNode>(token, FormFieldNode::Part::errors, token.rest()));
    return true;
  }
  bool add_formfields(const Token& token) {
    put(make<FormFieldsNode>(token));
    return true;
  }
  bool add_next_button(const Token& token) {
    put(make<ButtonNode>(token, ButtonNode::Direction::next, token.rest()));
    return true;
  }
  bool add_back_button(const Token& token) {
    put(make<ButtonNode>(token, ButtonNode::Direction::back, token.rest()));
    return true;
  }
  bool add_chat(const Token& token) {
    put(make<ChatNode>(token, token.rest()));
    return true;
  }
  bool add_static(const Token& token) {
    put(make<StaticNode>(token, token.rest()));
    return true;
  }
  bool add_trans(const Token& token) {
    put(make<TransNode>(token, token.rest()));
    return true;
  }
  bool add_braces(const Token& token) {
    const std::string_view word = token.keyword();
    put(make<TextNode>(token, word == "ibis_tag_lvar"     ? "{{"
                              : word == "ibis_tag_rvar"   ? "}}"
                              : word == "ibis_tag_lblock" ? "{%"
                                                          : "%}"));
    return true;
  }
  // What only Django and old oTree needed.
  bool add_nothing(const Token&) { return true; }
  bool refuse_url(const Token&) { throw Failure("url is a tag of oTree's own pages alone"); }

  static constexpr auto tags = std::to_array<Tag>({
      {"if", &Parser::add_if},
      {"elif", &Parser::add_elif},
      {"else", &Parser::add_else},
      {"for", &Parser::add_for},
      {"empty", &Parser::add_empty},
      {"with", &Parser::add_with},
      {"block", &Parser::add_block},
      {"comment", &Parser::add_comment},
      {"blocktrans", &Parser::add_passage},
      {"endif", &Parser::add_end},
      {"endfor", &Parser::add_end},
      {"endwith", &Parser::add_end},
      {"endblock", &Parser::add_end},
      {"endcomment", &Parser::add_end},
      {"endblocktrans", &Parser::add_end},
      {"extends", &Parser::add_extends},
      {"include", &Parser::add_include},
      {"include_sibling", &Parser::add_include_sibling},
      {"formfield", &Parser::add_formfield},
      {"formfields", &Parser::add_formfields},
      {"formfield_errors", &Parser::add_formfield_errors},
      {"next_button", &Parser::add_next_button},
      {"back_button", &Parser::add_back_button},
      {"chat", &Parser::add_chat},
      {"static", &Parser::add_static},
      {"trans", &Parser::add_trans},
      {"ibis_tag_lvar", &Parser::add_braces},
      {"ibis_tag_rvar", &Parser::add_braces},
      {"ibis_tag_lblock", &Parser::add_braces},
      {"ibis_tag_rblock", &Parser::add_braces},
      {"load", &Parser::add_nothing},
      {"csrf_token", &Parser::add_nothing},
      {"url", &Parser::refuse_url},
  });

  const Source& source_;
  Library& library_;
  Parsed made_;
  std::vector<Open> open_;
};

}  // namespace

Parsed parse(const Source& source, Library& library) { return Parser(source, library).parse(); }

}  // namespace rialto::templates
