// What is wrong with a template: said with its file, its line and the line itself, when it is read
// and when it is rendered. Plain values. Guarantee: `text` is for the author, participants never
// see it.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace rialto::templates {

struct Problem {
  std::string file;        // "auction/Bid.html"
  std::uint32_t line = 0;  // from 1; 0: the file as a whole
  std::string message;
  std::string shown;  // the line, trimmed

  // auction/Bid.html line 12: unknown tag "fi"
  //     {{ fi x }}
  std::string text() const;
};

// Thrown by what does not know where it stands; who knows the place makes a Problem of it.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Thrown by Template::render; what() is the problem's text.
class RenderError : public std::runtime_error {
 public:
  explicit RenderError(Problem what_is_wrong)
      : std::runtime_error(what_is_wrong.text()), problem_(std::move(what_is_wrong)) {}
  const Problem& problem() const { return problem_; }

 private:
  Problem problem_;
};

// The line of `source` with that number (from 1), trimmed and cut to what a terminal shows.
std::string shown_line(std::string_view source, std::uint32_t line);

}  // namespace rialto::templates
