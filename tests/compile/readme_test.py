"""Every block of code in the guide for authors stands, as it is, in a file of the games or their tests;
the game that the first page of all shows compiles as it stands there."""

import pathlib
import re
import unittest

from compile_test import COMPILERS, compile_text

SOURCE = pathlib.Path(__file__).resolve().parents[2]
GUIDE = SOURCE / "apps/README.md"


class Readme(unittest.TestCase):
    def test_each_block_of_code_stands_in_a_file_that_is_compiled_or_shown(self):
        files = [path.read_text() for pattern in ("apps/*/*.cpp", "apps/*/*.html", "tests/game/*_test.cpp",
                                                       "apps/rialto.toml", "tests/projects/*/rialto.toml", "tests/process/language_test.py")
                 for path in SOURCE.glob(pattern)]
        blocks = re.findall(r"^```(?:cpp|html|toml)\n(.*?)^```$", GUIDE.read_text(), re.MULTILINE | re.DOTALL)
        self.assertGreater(len(blocks), 5)
        for block in blocks:
            with self.subTest(block=block.splitlines()[0]):
                self.assertTrue(any(block in text for text in files), block)

    def test_the_tables_of_options_have_what_there_is_in_the_order_in_which_it_is_written(self):
        text = re.sub(r"//.*", "", (SOURCE / "actors/app.h").read_text())
        guide = GUIDE.read_text()
        for struct, end, table in (("struct PageOf {", "bool wait =", "| of a page, in this order | |"),
                                   ("struct App {", "operator AnyApp()", "| of an `App`, in this order | |")):
            with self.subTest(struct):
                members = re.findall(r"(\w+)(?:\[\w+\])? =\s", text.split(struct)[1].split(end)[0])
                rows = guide.split(table)[1].split("\n\n")[0]
                told = [name for row in re.findall(r"^\| (`\..*?) \|", rows, re.MULTILINE)
                        for name in re.findall(r"`\.(\w+)`", row)]
                self.assertGreater(len(members), 10)
                self.assertEqual(told, members)

    def test_the_game_on_the_first_page_compiles(self):
        blocks = re.findall(r"^```cpp\n(.*?)^```$", (SOURCE / "README.md").read_text(),
                            re.MULTILINE | re.DOTALL)
        self.assertEqual(len(blocks), 1)
        for compiler in COMPILERS:
            with self.subTest(compiler=compiler):
                result = compile_text(compiler, ["-x", "c++", "-"], blocks[0])
                self.assertEqual(result.returncode, 0, result.stderr)


if __name__ == "__main__":
    unittest.main()
