// `rialto manual`: the manual page, and what a shell completes, made of the same words as `--help`.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "actors/abi.h"
#include "apps/command/commands.h"
#include "apps/command/exit_code.h"

namespace rialto::command {
namespace {

std::vector<const CLI::App*> subcommands(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); });
}

std::vector<const CLI::Option*> options(const CLI::App& app) {
  return app.get_options([](const CLI::Option* each) { return !each->get_group().empty(); });
}

// -- the manual page (man-pages(7), groff_man(7)) ----
// ------------------------------------------------

// What roff would take for a request, an escape or a typographic dash is text.
std::string roff(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\e";
    if (c == '-') out += "\\-";
    if (c != '\\' && c != '-') out += c;
    if (c == '\n') out += "\\&";
  }
  return out;
}

std::string named(const CLI::Option& option) {
  std::string name = option.get_name(option.get_positional(), true);
  const std::string type = option.get_type_name();
  if (!type.empty() && option.get_expected_max() > 0) name += " " + type;
  return name;
}

void print_options(const CLI::App& app) {
  for (const CLI::Option* option : options(app)) {
    std::printf(".TP\n.B \"%s\"\n%s\n", roff(named(*option)).c_str(),
                roff(option->get_description()).c_str());
    if (const std::string usual = option->get_default_str(); !usual.empty()) {
      std::printf("Default: %s.\n", roff(usual).c_str());
    }
  }
}

void print_footer(const CLI::App& app) {
  if (app.get_footer().empty()) return;
  std::printf(".PP\n.nf\n%s\n.fi\n", roff("\n" + app.get_footer()).c_str() + 1);
}

void print_commands(const CLI::App& app, const std::string& path) {
  for (const CLI::App* each : subcommands(app)) {
    const std::string name = path + each->get_name();
    std::printf(".SS \"%s\"\n%s.\n", roff(name).c_str(), roff(each->get_description()).c_str());
    print_options(*each);
    print_footer(*each);
    print_commands(*each, name + " ");
  }
}

int print_manual(const CLI::App& program) {
  std::printf(".TH RIALTO 1 \"\" \"rialto %s\" \"User Commands\"\n", RIALTO_VERSION);
  std::printf(".SH NAME\nrialto \\- live multiplayer experiments and games\n");
  std::printf(".SH SYNOPSIS\n.B rialto\n.I COMMAND\n[options]\n");
  std::printf(".SH DESCRIPTION\n%s\n", roff(program.get_description()).c_str());
  std::printf(".SH OPTIONS\n");
  print_options(program);
  std::printf(".SH COMMANDS\n");
  print_commands(program, "rialto ");
  std::printf(".SH EXAMPLES\n");
  print_footer(program);
  return exit_done;
}

// -- what a shell completes -----------------------------------------------------------------------

std::string words_of(const CLI::App& app) {
  std::string words;
  for (const CLI::App* each : subcommands(app)) words += each->get_name() + " ";
  for (const CLI::Option* option : options(app)) {
    for (const std::string& name : option->get_lnames()) words += "--" + name + " ";
  }
  if (!words.empty()) words.pop_back();
  return words;
}

// One branch for each command: what may follow it, and which words lead on to another.
void print_branches(const CLI::App& app, const std::string& path) {
  std::printf("    '%s') words='%s' ;;\n", path.c_str(), words_of(app).c_str());
  for (const CLI::App* each : subcommands(app))
    print_branches(*each, path + " " + each->get_name());
}

void print_paths(const CLI::App& app, const std::string& path) {
  for (const CLI::App* each : subcommands(app)) {
    const std::string name = path + " " + each->get_name();
    std::printf("'%s'|", name.c_str());
    print_paths(*each, name);
  }
}

// Both shells find the command among the words before this one, and offer what may follow it.
void print_words_function(const CLI::App& program) {
  std::printf("_rialto_words() {\n  local path=rialto word\n  for word in \"$@\"; do\n");
  std::printf("    case \"$path $word\" in\n      ");
  print_paths(program, "rialto");
  std::printf("'') path=\"$path $word\" ;;\n    esac\n  done\n  case \"$path\" in\n");
  print_branches(program, "rialto");
  std::printf("  esac\n}\n");
}

int print_bash(const CLI::App& program) {
  std::printf("# bash completion of rialto, made by `rialto manual bash`\n");
  print_words_function(program);
  std::printf(
      "_rialto() {\n"
      "  local words\n"
      "  _rialto_words \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
      "}\n"
      "complete -o default -F _rialto rialto\n");
  return exit_done;
}

int print_zsh(const CLI::App& program) {
  std::printf("#compdef rialto\n# zsh completion of rialto, made by `rialto manual zsh`\n");
  print_words_function(program);
  std::printf(
      "_rialto() {\n"
      "  local typed=(\"${words[@]}\") here=$CURRENT words\n"
      "  _rialto_words \"${(@)typed[2,here-1]}\"\n"
      "  compadd -- ${=words}\n"
      "  _files\n"
      "}\n"
      "[ \"$funcstack[1]\" = _rialto ] && _rialto \"$@\" || compdef _rialto rialto\n");
  return exit_done;
}

}  // namespace

void add_manual(CLI::App& program, Action& action) {
  CLI::App* const command = program.add_subcommand("manual", "Print the manual page");
  command->footer(
      "Examples:\n"
      "  rialto manual > rialto.1 && man ./rialto.1\n"
      "  source <(rialto manual bash)\n"
      "  rialto manual zsh > ~/.zfunc/_rialto\n"
      "All three are installed with the program.\n");
  CLI::App* const bash = command->add_subcommand("bash", "Print what bash completes");
  CLI::App* const zsh = command->add_subcommand("zsh", "Print what zsh completes");
  command->callback([&program, &action, bash, zsh] {
    const auto print = bash->parsed() ? print_bash : zsh->parsed() ? print_zsh : print_manual;
    action = [&program, print] { return print(program); };
  });
}

}  // namespace rialto::command
