"""What is asked of oTree's forms and of ours: fields, each with the inputs that are sent to it.

A field: oTree's type, its keyword arguments, what its column holds now. An input: the texts that came
under its name, or None where none came.
"""

NUMBERS = ["5", "0", "-1", "", " ", "abc", "5.5", "5,5", "1.000,5", " 7 ", "+7", "1_000", "1__0", "٣", "５", "1e3", "0x10",
           "007", "--5", "+-5", "5 5", "1.", ".5", ".", "1e", "1e-999", "-0", "−5"]


def field(kind, options=None, now=None, raws=()):
    options = options or {}
    return [{"type": kind, "options": options, "now": now, "raw": raw if raw is None or isinstance(raw, list) else [raw]}
            for raw in raws]


CASES = [
    *field("Integer", {}, None, [*NUMBERS, None, ["3", "4"], ["", "4"], "2147483647", "9" * 30]),
    *field("Integer", {"min": None}, None, ["-5", "-99999", "+0"]),
    *field("Integer", {"min": -3, "max": 3}, None, ["-3", "3", "-4", "4", "0"]),
    *field("Integer", {"max": 0}, None, ["0", "1"]),
    *field("Integer", {"blank": True}, None, ["", " ", None, "5", "x", "-1"]),
    *field("Integer", {"blank": True}, 7, ["", None, "5"]),
    *field("Integer", {"choices": [1, 2]}, None, ["1", "2", "3", "", None, " 2 ", "2.0", "x", "٢"]),
    *field("Integer", {"choices": [[1, "Low"], [2, "High"]], "widget": "RadioSelect"}, None, ["1", "Low", None, "", "0"]),
    *field("Integer", {"choices": [-5, 50], "max": 10}, None, ["-5", "50"]),
    *field("Integer", {"choices": [1, 2], "blank": True}, None, ["", None, "2", "3"]),
    *field("Integer", {"choices": [1, 2], "blank": True}, 2, ["", None, "1"]),
    *field("Float", {}, None, [*NUMBERS, None, "1e999", "inf", "Infinity", "nan", "1_0.5", "_1", "1,5e2", "0.1"]),
    *field("Float", {"min": None, "max": 1.5}, None, ["1.5", "1,5", "1.5000001", "-1e10", "nan", "-inf"]),
    *field("Float", {"blank": True}, 2.5, ["", " ", None, "1"]),
    *field("Float", {"choices": [0.5, 1]}, None, ["0.5", "1", "1.0", "0,5", "2", "", None, "nan", " .5 "]),
    *field("Currency", {}, None, [*NUMBERS, None, "1.005", "1.004", "2.675", "0.005", "-0.004", "1_0", "1__0", "NaN", "Infinity",
                                  "9" * 12, "9" * 40, "1e5", "1e-5", "0e9"]),
    *field("Currency", {"min": None}, None, ["-1.005", "-1.004", "-0,015"]),
    *field("Currency", {"min": 1, "max": 5.5}, None, ["1", "0.995", "0.99", "5.504", "5.51", "5,5"]),
    *field("Currency", {"blank": True}, 3, ["", None, " ", "2"]),
    *field("Currency", {"choices": [0, 5, 7.5]}, None, ["0", "5", "7.5", "7.50", "7.501", "6", "", None, "x", "7,5", " 5 "]),
    *field("Currency", {"choices": [0, 5], "blank": True}, 5, [None, "0", ""]),
    *field("Decimal", {"places": 1}, None, ["1.25", "1.24", "1,35", "0.05", "x", "", None, "-1", "3"]),
    *field("Decimal", {"places": 3, "min": None}, None, ["-0.0005", "1e2", "2.0004"]),
    *field("Decimal", {"places": 1, "blank": True}, 2, ["", None, "1"]),
    *field("String", {}, None, ["a", "", None, " ", " a ", "é" * 10000, "é" * 10001, "x" * 10001, ["a", "b"], "<b>", "a\r\nb", "a\x00b"]),
    *field("String", {"max_length": 3}, None, ["abc", "abcd", "äöü", "😀😀😀", "😀😀😀😀", "😀a", "a\r\nb"]),
    *field("String", {"blank": True}, None, ["", None, "a", " "]),
    *field("String", {"blank": True}, "old", ["", None, "a"]),
    *field("String", {"choices": ["a", "b"]}, None, ["a", "A", " a", "c", "", None, " "]),
    *field("String", {"choices": [["a", "One"], ["b", "Two"]], "widget": "RadioSelectHorizontal"}, None, ["a", "One", None]),
    *field("String", {"choices": ["a", "b"], "blank": True}, "b", ["", None, "a", "c"]),
    *field("LongString", {}, None, ["a", "", None, "x" * 20000, "a\r\nb"]),
    *field("LongString", {"blank": True}, None, ["", None]),
    *field("Boolean", {}, None, ["True", "False", "1", "0", "true", "false", "", None, "yes", " ", ["True", "False"]]),
    *field("Boolean", {"blank": True}, None, ["True", "", None]),
    *field("Boolean", {"blank": True}, True, ["", None, "False"]),
    *field("Boolean", {"choices": [[True, "I agree"], [False, "No"]]}, None, ["True", "False", None]),
    *field("Boolean", {"choices": [[True, "I agree"]]}, None, ["True", "False"]),
    *field("Boolean", {"widget": "Checkbox"}, None, ["1", "y", "on", "0", "", "false", "False", None]),
    *field("Boolean", {"widget": "Checkbox", "blank": True}, None, ["1", "", None, "false"]),
    *field("Boolean", {"widget": "Checkbox", "blank": True}, True, [None, "1"]),
]

# Where we take another way on purpose: (type, input) of required fields, or with what makes it differ.
# Each with what we do, so that nothing hides behind it.
NULL_FOR_SPACES = "spaces alone answer no number and no choice: oTree stores nothing, or the spaces themselves"
ENDLESS = "no number of ours is infinite or NaN"
CRASH = "oTree ends with a server error"
OUR_WIDTH = "a Field<int> holds 32 bits"
NUL = "no table could hold a NUL: oTree stores it in SQLite, and ends with a server error on PostgreSQL"
COUNTED = "a text is as long as the browser counts it for maxlength: an emoji is two, a line break one"
EMPTIED = "a choice that was taken back is taken back: oTree keeps what was there before"


def reason_to_differ(case):
    """Why our answer to this case may differ from oTree's; None if it must be the same."""
    raw = case["raw"][0] if case["raw"] else None
    kind, options = case["type"], case["options"]
    free_text = kind in ("String", "LongString") and "choices" not in options
    if raw is None:
        return None
    if raw.strip() == "" and raw != "" and not free_text and options.get("widget") != "Checkbox":
        return NULL_FOR_SPACES
    if "\x00" in raw:
        return NUL
    if "max_length" in options and raw in ("😀😀😀", "a\r\nb"):
        return COUNTED
    if raw.strip("+-").lower() in ("inf", "infinity", "nan", "1e999"):
        return ENDLESS
    if kind == "Integer" and "choices" not in options and len(raw) > 10:
        return OUR_WIDTH
    if kind == "Currency" and "choices" in options and raw in ("", "x", "7,5"):
        return CRASH
    if raw == "" and "choices" in options and options.get("blank") and case["now"] is not None:
        return EMPTIED
    return None
