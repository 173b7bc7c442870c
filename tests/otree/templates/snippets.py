"""The snippets that both engines render: plain ones, which must come out the same, and those where we
differ on purpose, with the reason. Each is a template, or a template and its files."""

CONTEXT = {
    "n": 3, "zero": 0, "neg": -7, "big": 1234567, "f": 1234.5, "third": 1 / 3, "tiny": 0.00001,
    "huge": 1e16, "round": 3.0, "half": 2.5, "yes": True, "no": False, "none": None,
    "s": "abc", "e": "", "u": "Zoë", "digits": "12", "quote": "it's", "html": "<b>&amp;\"x\"</b>",
    "l": [3, 1, 2], "el": [], "words": ["a", "b"], "pairs": [[1, "a"], [2, "b"]], "flags": [True, None],
    "o": {"k": 1, "k2": "v"}, "eo": {}, "deep": {"a": {"b": [{"c": "found"}]}},
    "rows": [{"name": "Ann", "bid": 5}, {"name": "Bob", "bid": 7}],
    "ten": {"$money": "10.00"}, "odd": {"$money": "1234.56"}, "nil": {"$money": "0.00"},
    "debt": {"$money": "-3.50"}, "coins": [{"$money": "1.00"}], "name": "app/part.html",
    "player": {"payoff": {"$money": "4.50"}, "id_in_group": 2, "bid": None, "label": "P", "tags": ["x"]},
    "group": {"total": 8, "winner": None}, "participant": {"code": "abc12345"},
}

PLAIN = """
plain text
{{ n }}
{% n %}
{{ n %}{% n }}
{{n}}{{ s }}
a{# comment {{ nope }} #}b
{#
 many lines #}x
{{ zero }}|{{ neg }}|{{ big }}|{{ f }}
{{ third }}
{{ tiny }} {{ huge }} {{ round }} {{ half }}
{{ yes }} {{ no }} {{ none }}
{{ s }}{{ e }}{{ u }}
{{ l }} {{ el }} {{ words }} {{ o }} {{ eo }} {{ flags }} {{ pairs }}
{{ coins }}
{{ html }}
{{ quote }}
{{ html|escape }}
{{ html|safe }}
{{ n|escape }}
{{ none|escape }}
{{ l.0 }}{{ l.2 }}
{{ l.3 }}
{{ l.x }}
{{ u.2 }}
{{ s.5 }}
{{ o.k }} {{ o.k2 }}
{{ o.nope }}
{{ deep.a.b.0.c }}
{{ deep.a.b.1.c }}
{{ deep.a.x.0.c }}
{{ nope }}
{{ nope.x }}
{{ n.x }}
{{ none.x }}
{{ player.payoff }} {{ player.id_in_group }}
{{ player.bid }}
{{ player.nope }}
{{ player.tags.0 }}
{{ player.field_maybe_none('bid') }}
{{ player.field_maybe_none('label') }}
{{ group.winner }}
{{ participant.code }}
{{ if player.bid }}x{{ endif }}
{{ is_defined('player.bid') }}
{{ is_defined('player.label') }}{{ is_defined('player.nope') }}{{ is_defined('nope') }}
{{ is_defined('o.k') }}{{ is_defined('deep.a.b.0.d') }}
{{ is_defined(nope) }}
{{ ten }} {{ odd }} {{ nil }} {{ debt }}
{{ ten|to0 }} {{ odd|to1 }} {{ odd|to3 }} {{ debt|to0 }}
{{ n|c }} {{ n|cu }} {{ f|cu }} {{ third|cu }} {{ neg|cu }} {{ digits|cu }} {{ ten|cu }} {{ yes|cu }}
{{ none|cu }}
{{ s|cu }}
{{ l|cu }}
{{ 5|cu }} {{ 0.125|cu }}
{{ f|to0 }} {{ f|to1 }} {{ f|to2 }} {{ f|to3 }} {{ f|to4 }}
{{ half|to0 }} {{ 3.5|to0 }} {{ -0.4|to0 }} {{ n|to2 }} {{ yes|to1 }} {{ big|to2 }} {{ third|to4 }}
{{ s|to2 }}
{{ none|to0 }}
{{ n|default('x') }}{{ zero|default('x') }}{{ none|default(7) }}{{ e|default('-') }}{{ el|default('-') }}
{{ nil|default('-') }} {{ ten|default('-') }}
{{ nope|default('x') }}
{{ n|default }}
{{ n|default(1, 2) }}
{{ n|default(nope) }}
{{ s|length }}{{ u|length }}{{ l|length }}{{ o|length }}{{ e|length }}
{{ n|length }}
{{ none|length }}
{{ 'Send'|gettext }}
{{ s|linebreaks }}{{ s|safe }}
{{ s|truncate_(2) }} {{ l|truncate_(1) }} {{ u|truncate_(9) }} {{ s|truncate_(-1) }}
{{ n|truncate_(2) }}
{{ s|nope }}
{{ s|upper }}
{{ s|length|cu }}
{{ none|default('a|b') }}
{{ n|to2(3) }}
{{ 1 }} {{ -2 }} {{ +2 }} {{ 1.5 }} {{ .5 }} {{ 5. }} {{ 1e3 }} {{ 1_000 }} {{ 0 }} {{ 00 }}
{{ 07 }}
{{ 'a' }}{{ "b" }}{{ 'c' 'd' }}{{ r'\\n' }}
{{ 'it\\'s' }}{{ "\\u00e9" }}{{ '\\x41' }}{{ '\\q' }}
{{ 'open }}
{{ [1, 'a'] }} {{ (1) }} {{ {'a': 1} }}
{{ for x in 'a', 'b' }}{{ x }}{{ endfor }}{{ if n in (1, 3) }}in{{ endif }}
{{ [1 }}
{{ None }}{{ True }}{{ False }}
{{ [None, True, 1.0, 'x'] }}
{{ }}
{{    }}
{{ fi x }}
{{ a b }}
{{ n + 1 }}
{{ l[0] }}
{{ n == 3 }}
{{ (n) }}
{{ -n }}
{{ not n }}
{{ n
{# n
{{ n }
}} n {{ n }}
{{ zero or s }} {{ e or zero }} {{ n or nope }} {{ 'a or b' }} {{ e || s }} {{ e||s }}
{{ zero or nope }}
{{ n ?? 'yes' :: 'no' }} {{ zero ?? nope :: 'no' }} {{ e??1::2 }}
{{ n ?? 'yes' }}
{{ 'a??b' }}
{{ range(3) ?? 'a' :: 'b' }}
{{ for i in range(3) }}{{ i }}{{ endfor }}
{{ for i in range(1, 7, 2) }}{{ i }}{{ endfor }}{{ for i in range(3, 0, -1) }}{{ i }}{{ endfor }}
{{ for i in range(n) }}{{ i }}{{ endfor }}
{{ range('a') }}
{{ n() }}
{{ nope() }}
{{ for k in o.keys }}{{ k }}{{ endfor }}{{ for v in o.values() }}{{ v }}{{ endfor }}
{{ for k, v in o.items }}{{ k }}={{ v }};{{ endfor }}
{{ for k, v in o.items() }}{{ k }}={{ v }};{{ endfor }}
{{ for p in o.items }}{{ p.0 }}{{ p.1 }}{{ endfor }}
{{ o.get('k') }}{{ o.get('x') }}{{ o.get('x', 5) }}
{{ s.upper }}{{ s.upper() }}{{ s.title }}{{ s.capitalize }}{{ s.startswith('a') }}{{ s.replace('a', 'x') }}
{{ s.split('b') }}{{ l.count(1) }}{{ l.index(2) }}
{{ l.index(9) }}
{{ s.upper(1) }}
{{ s.nope }}
{{ s.startswith }}
{{ if n }}a{{ endif }}{{ if zero }}b{{ endif }}{{ if not zero }}c{{ endif }}
{{ if n == 3 }}a{{ else }}b{{ endif }}{{ if n == 4 }}a{{ else }}b{{ endif }}
{{ if n == 1 }}1{{ elif n == 2 }}2{{ elif n == 3 }}3{{ else }}4{{ endif }}
{{ if n == 1 }}1{{ elif n == 2 }}2{{ endif }}.
{{ if n != 3 or s == 'abc' }}a{{ endif }}
{{ if n < 4 and n > 2 and n <= 3 and n >= 3 }}a{{ endif }}
{{ if yes or no and nope }}a{{ endif }}{{ if no and nope or yes }}b{{ endif }}
{{ if nope }}a{{ endif }}
{{ if no and no or no }}a{{ else }}b{{ endif }}
{{ if 'b' in s }}1{{ endif }}{{ if 1 in l }}2{{ endif }}{{ if 'k' in o }}3{{ endif }}{{ if 9 not in l }}4{{ endif }}
{{ if not 'b' in s }}a{{ else }}b{{ endif }}{{ if not n == 3 }}a{{ else }}b{{ endif }}
{{ if 1 in n }}a{{ endif }}
{{ if 1 in s }}a{{ endif }}
{{ if 'a' in none }}a{{ endif }}
{{ if n < s }}a{{ endif }}
{{ if none < 1 }}a{{ endif }}
{{ if s < 'abd' }}a{{ endif }}{{ if l < [4] }}b{{ endif }}{{ if words == ['a', 'b'] }}c{{ endif }}
{{ if s == 3 }}a{{ else }}b{{ endif }}{{ if yes == 1 }}c{{ endif }}{{ if n == 3.0 }}d{{ endif }}
{{ if ten == 10 }}a{{ endif }}{{ if ten > 9.5 }}b{{ endif }}{{ if nil }}c{{ else }}d{{ endif }}
{{ if ten == 10.004 }}a{{ endif }}{{ if ten < odd }}b{{ endif }}{{ if ten == '10' }}c{{ endif }}
{{ if ten < s }}a{{ endif }}
{{ if none == None }}a{{ endif }}{{ if none != None }}b{{ endif }}{{ if e == '' }}c{{ endif }}
{{ if s|length == 3 }}a{{ endif }}{{ if n|default(0) > 2 }}b{{ endif }}
{{ if 'a and b' == 'a or b' }}a{{ else }}b{{ endif }}
{{ if n==3 }}a{{ endif }}
{{ if n = 3 }}a{{ endif }}
{{ if (n == 3) }}a{{ endif }}
{{ if n == 3 == 4 }}a{{ endif }}
{{ if not not n }}a{{ endif }}
{{ if n == not zero }}a{{ endif }}
{{ if n and }}a{{ endif }}
{{ if }}a{{ endif }}
{{ if n }}a
{{ endif }}
{{ if n }}{{ endfor }}
{{ if n }}a{{ else if zero }}b{{ endif }}
{{ if n }}{{ if zero }}a{{ else }}b{{ endif }}{{ else }}c{{ endif }}
{{ if n }}a{{ endif anything }}
{{ for x in l }}{{ x }}{{ endfor }}{{ for x in s }}{{ x }}-{{ endfor }}{{ for x in o }}{{ x }}{{ endfor }}
{{ for x in el }}a{{ empty }}none{{ endfor }}{{ for x in l }}a{{ empty }}none{{ endfor }}
{{ for x in none }}a{{ empty }}none{{ endfor }}{{ for x in e }}a{{ empty }}none{{ endfor }}
{{ for x in n }}a{{ endfor }}
{{ for x in zero }}a{{ empty }}none{{ endfor }}
{{ for x in nope }}a{{ endfor }}
{{ for x, y in pairs }}{{ x }}{{ y }}{{ endfor }}
{{ for x,y in pairs }}{{ x }}{{ y }}{{ endfor }}
{{ for x, y, z in pairs }}{{ is_defined('z') }}{{ endfor }}
{{ for x, y in l }}a{{ endfor }}
{{ for a in pairs }}{{ for b in a }}{{ b }}{{ endfor }}{{ endfor }}
{{ for x in l }}{{ forloop.counter }}{{ forloop.counter0 }}{{ endfor }}
{{ for x in l }}{{ for y in words }}{{ forloop.counter }}{{ endfor }}{{ forloop.counter }}{{ endfor }}
{{ for x in l }}{{ forloop.first }}{{ endfor }}
{{ for x in l }}{{ loop.index }}{{ endfor }}
{{ for x in l }}{{ endfor }}{{ x }}
{{ for x of l }}{{ endfor }}
{{ for in l }}{{ endfor }}
{{ for x in l }}
{{ for row in rows }}{{ row.name }}: {{ row.bid|cu }}; {{ endfor }}
{{ for n in l }}{{ n }}{{ endfor }}{{ n }}
{{ with x=n }}{{ x }}{{ endwith }}{{ with x = s|length }}{{ x }}{{ endwith }}
{{ with n=s }}{{ n }}{{ endwith }}{{ n }}
{{ with x }}{{ endwith }}
{{ with x=1 }}{{ endwith }}{{ x }}
{{ comment }}{{ nope }} text{{ endcomment }}a
{{ comment }}{{ n|nope }}{{ endcomment }}
{{ ibis_tag_lvar }} {{ ibis_tag_rvar }} {{ ibis_tag_lblock }} {{ ibis_tag_rblock }}
{{ load otree }}a{{ blocktrans }}b{{ n }}{{ endblocktrans }}
{{ trans 'Send' }}
{{ block b }}x{{ endblock }}{{ block b }}y{{ endblock }}
{{ block b }}x{{ super() }}y{{ endblock }}
{{ super() }}
{{ endblock }}
{{ include 'nope.html' }}
{{ extends nope }}
{{ static 'x.png' 'y.png' }}
{{ static }}
{{ chat a b c }}
{{ formfield }}
{{ formfield 'a' 'b' 'c' }}
""".strip("\n").split("\n")

# A line break stands for itself in these.
LINES = ["a\n\n  {{ n }}\n  b\n", "{{ if n\n == 3 }}a{{ endif }}", "{{ for x in l }}\n {{ x }}\n{{ endfor }}",
         "{{\nn\n}}", "{{ if n }}a{{ endif\n}}"]

JSON = ["{{ n|json }}", "{{ none|json }}", "{{ l|json }}", "{{ o|json }}", "{{ html|json }}", "{{ u|json }}",
        "{{ ten|json }}", "{{ odd|json }}", "{{ deep|json }}", "{{ coins|json }}", "{{ yes|json }}", "{{ third|json }}"]

FILES = [
    ("{{ include 'app/part.html' }}", {"app/part.html": "part {{ n }}"}),
    ("{{ include_sibling 'part.html' }}", {"app/part.html": "part {{ n }}"}),
    ("{{ include name }}", {"app/part.html": "part {{ n }}"}),
    ("{{ include n }}", {}),
    ("{{ include 'app/part.html' with x=n & y=s|length }}{{ is_defined('x') }}", {"app/part.html": "{{ x }}{{ y }}"}),
    ("{{ include 'app/part.html' with n=5 }}{{ n }}", {"app/part.html": "{{ n }}"}),
    ("{{ include 'app/part.html' with n }}", {"app/part.html": "{{ n }}"}),
    ("{{ for x in l }}{{ include 'app/part.html' }}{{ endfor }}", {"app/part.html": "{{ x }}{{ forloop.counter }}"}),
    ("{{ include_sibling 'x/part.html' }}", {"app/x/part.html": "part"}),
    ("{{ include 'app/part.html' }}", {"app/part.html": "{{ nope }}"}),
    ("{{ include 'app/part.html' }}", {"app/part.html": "{{ fi x }}"}),
    ("{{ include 'app/part.html' }}", {"app/part.html": "{{ include 'app/more.html' }}", "app/more.html": "more"}),
    ("{{ include 'app/part.html' }}", {"app/part.html": "{{ block b }}x{{ endblock }}"}),
    ("{{ extends 'app/base.html' }}{{ block b }}mine{{ endblock }}",
     {"app/base.html": "[{{ block b }}usual{{ endblock }}]"}),
    ("{{ extends 'app/base.html' }}", {"app/base.html": "[{{ block b }}usual {{ n }}{{ endblock }}]"}),
    ("{{ extends 'app/base.html' }}{{ block b }}{{ super() }}+{{ endblock }}",
     {"app/base.html": "[{{ block b }}usual{{ endblock }}]"}),
    ("{{ extends 'app/mid.html' }}{{ block b }}{{ super() }}c{{ endblock }}",
     {"app/mid.html": "{{ extends 'app/base.html' }}{{ block b }}{{ super() }}b{{ endblock }}",
      "app/base.html": "[{{ block b }}a{{ endblock }}{{ block x }}x{{ endblock }}]"}),
    ("{{ extends 'app/base.html' }}{{ block new }}new{{ endblock }}", {"app/base.html": "base"}),
    ("{{ extends 'app/base.html' }}{{ block in }}I{{ endblock }}",
     {"app/base.html": "{{ block out }}<{{ block in }}i{{ endblock }}>{{ endblock }}"}),
    ("{{ extends 'app/base.html' }}{{ block out }}O{{ endblock }}{{ block in }}I{{ endblock }}",
     {"app/base.html": "{{ block out }}<{{ block in }}i{{ endblock }}>{{ endblock }}"}),
    ("{{ extends 'app/nope.html' }}", {}),
    ("{{ extends name }}", {"app/part.html": "part"}),
]

# Where we differ, and why: the template, and what each engine makes of it ("error" for a refusal).
DIFFERENT = [
    ("{{ none|default:'-' }}", "error", "-", "a filter's argument may stand after a colon, as Django has it"),
    ("{{ super }}", None, "error", "oTree prints how Python writes a function; ours means super()"),
    ("{{ else }}", "", "error", "a tag without its beginning is a mistake"),
    ("{{ for x in l }}{{ else }}{{ endfor }}", "", "error", "a loop has empty, not else"),
    ("{{ elif n }}", "", "error", "a tag without its beginning is a mistake"),
    ("{{ empty }}", "", "error", "a tag without its beginning is a mistake"),
    ("{{ if n }}a{{ else }}b{{ else }}c{{ endif }}", "a", "error", "a second else never shows"),
    ("text {{ extends 'app/part.html' }}", "text part", "error", "a layout stands around all of the page"),
    ("{{ range }}", None, "error", "oTree prints how Python writes a function"),
    ("{{ player }}", None, "{", "a model has no text of its own; ours shows its values"),
    ("{{ s.__class__ }}", None, "error", "values have no insides of Python"),
    ("{{ l.sort }}", "None", "error", "a page does not change values"),
    ("{{ player.id_in_group() }}", "error", "2", "functions of oTree's models are attributes here"),
    ("{{ (1, 2) }}", "(1, 2)", "[1, 2]", "what is no dictionary is a list"),
    ("{{ o.keys }}", "dict_keys(['k', 'k2'])", "['k', 'k2']", "what is no dictionary is a list"),
    ("{{ static 'x y.png' }}", "error", "/static/x y.png", "a file's name may have a space"),
    ("{{ '3.14159'|cu }}", "$3.14", "error", "text is an amount only if it is one exactly"),
]
