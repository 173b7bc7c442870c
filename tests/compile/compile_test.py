"""The likeliest mistakes do not compile, and the compilers say why.

Each file of mistakes/ is a piece of a game with a mistake. With both compilers: it does not compile,
the first error is in that file, and the hint of its first line (a regular expression) is within the
first five lines of what the compiler prints. (With a second line, "// to the end", it is compiled to
the end: g++ sees a missing return no earlier.) With RIGHT defined each file holds what was meant; all of them together compile.
"""

import concurrent.futures
import functools
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
MISTAKES = sorted((SOURCE / "tests/compile/mistakes").glob("*.cpp"))
COMPILERS = ["g++", "clang++"]
COMPILED = tempfile.TemporaryDirectory(prefix="rialto-compile-")
FLAGS = ["-std=c++20", "-Wall", "-Wextra", "-Wno-missing-field-initializers", "-Werror", "-I", str(SOURCE)]


@functools.cache
def header_of(compiler):
    """The compiler's arguments that bring in a game's one header, which is compiled once."""
    folder = pathlib.Path(COMPILED.name, compiler)
    folder.mkdir()
    header = folder / "app.h"
    header.write_text('#include "actors/app.h"\n')
    compiled = folder / ("app.h.gch" if compiler == "g++" else "app.pch")
    subprocess.run([compiler, *FLAGS, "-x", "c++-header", header, "-o", compiled], cwd=SOURCE, check=True)
    return ["-include", str(header)] if compiler == "g++" else ["-include-pch", str(compiled)]


def compile_text(compiler, arguments, text=None):
    arguments = [*header_of(compiler), *arguments]
    if "-S" not in arguments:
        arguments = ["-fsyntax-only", *arguments]
    return subprocess.run([compiler, *FLAGS, *arguments], input=text, capture_output=True, text=True,
                          cwd=SOURCE, env={**os.environ, "LC_ALL": "C"}, timeout=300, check=False)


def complaint(compiler, path):
    """What is wrong with how the compiler refuses this file; None if nothing."""
    hint = re.match(r"// hint: (.+)\n", path.read_text()).group(1)
    name = str(path.relative_to(SOURCE))
    to_the_end = ["-S", "-o", "/dev/null"] if "// to the end\n" in path.read_text() else []
    result = compile_text(compiler, [*to_the_end, name])
    if result.returncode == 0:
        return "it compiles"
    lines = result.stderr.splitlines()
    first_error = next((line for line in lines if ": error: " in line), "")
    if not first_error.startswith(name + ":"):
        return f"the first error is not in it: {first_error}"
    if not any(re.search(hint, line) for line in lines[:5]):
        return f"no word of '{hint}' in\n" + "\n".join(lines[:8])
    return None


class Compile(unittest.TestCase):
    def test_both_compilers_are_here(self):
        for compiler in COMPILERS:
            self.assertIsNotNone(shutil.which(compiler), compiler)

    def test_there_are_mistakes(self):
        self.assertGreaterEqual(len(MISTAKES), 20)

    def test_each_mistake_is_refused_where_it_is_made_with_a_hint(self):
        jobs = [(compiler, path) for path in MISTAKES for compiler in COMPILERS]
        for compiler in COMPILERS:
            header_of(compiler)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = pool.map(lambda job: complaint(*job), jobs)
        for (compiler, path), wrong in zip(jobs, results):
            with self.subTest(mistake=path.stem, compiler=compiler):
                self.assertIsNone(wrong, wrong)

    def test_what_nobody_means_does_not_compile_whatever_the_flags(self):
        text = ('#include "actors/app.h"\n'
                "const std::string& gone(int n) { std::string text(3, char(n)); return text; }\n"
                "int ends(int n) { if (n > 0) return 1; }\n")
        for compiler in COMPILERS:
            with self.subTest(compiler=compiler):
                result = subprocess.run([compiler, "-std=c++20", "-I", str(SOURCE), "-S", "-o", "/dev/null", "-x",
                                         "c++", "-"], input=text, capture_output=True, text=True, check=False,
                                        env={**os.environ, "LC_ALL": "C"})
                self.assertEqual(re.findall(r"<stdin>:(\d+):\d+: error: ", result.stderr), ["2", "3"],
                                 result.stderr)

    def test_what_was_meant_compiles(self):
        text = "".join(f'#include "{path.relative_to(SOURCE)}"\n' for path in MISTAKES)
        for compiler in COMPILERS:
            with self.subTest(compiler=compiler):
                result = compile_text(compiler, ["-DRIGHT", "-x", "c++", "-"], text)
                self.assertEqual(result.returncode, 0, result.stderr)


if __name__ == "__main__":
    unittest.main()
