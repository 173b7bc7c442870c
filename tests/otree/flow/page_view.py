"""What a person sees of a page, oTree's or ours: its title, what is wrong, its text, its inputs."""

import dataclasses
import html.parser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style", "template"}


class Node:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children = []  # nodes and texts

    def all(self):
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.all()

    def find(self, *classes_or_id):
        """The first node with one of these classes, or that id."""
        for node in self.all():
            if set(classes_or_id) & {node.attributes.get("id"), *(node.attributes.get("class") or "").split()}:
                return node
        return None

    def texts(self):
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNSEEN:
                yield " "
                yield from child.texts()
                yield " "

    def text(self):
        return " ".join("".join(self.texts()).split())


class Reader(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = self.open = Node("", {}, None)
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        node = Node(tag, dict(attrs), self.open)
        self.open.children.append(node)
        if tag not in VOID:
            self.open = node

    def handle_endtag(self, tag):
        node = self.open
        while node.parent and node.tag != tag:
            node = node.parent
        if node.parent:
            self.open = node.parent

    def handle_data(self, data):
        self.open.children.append(data)


def text_of(node):
    return node.text() if node else ""


def inputs(node):
    """Name, kind and value of each input, a choice an entry."""
    def entry(name, kind, value, chosen=False):
        return f"{name} {kind} {value!r}" + (" chosen" if chosen else "")
    found = []
    for each in node.all() if node else []:
        name, kind = each.attributes.get("name"), each.attributes.get("type", "text")
        if each.tag == "input" and name and kind != "hidden":
            found.append(entry(name, kind, each.attributes.get("value") or "", "checked" in each.attributes))
        elif each.tag == "textarea":
            found.append(entry(name, "textarea", "".join(each.texts()).strip()))
        elif each.tag == "select":
            found += [entry(name, "option", one.attributes.get("value") or "", "selected" in one.attributes)
                      for one in each.all() if one.tag == "option"]
    return found


@dataclasses.dataclass
class PageView:
    place: tuple  # (app, page, round, position from 0), or ("the end",)
    title: str
    alert: str    # above the page, when it is refused
    text: str
    inputs: list
    timer: str    # the words before the countdown, "" without one

    @property
    def page(self):
        return self.place[1] if len(self.place) > 1 else self.place[0]

    @classmethod
    def read(cls, place, text):
        root = Reader(text).root
        content = root.find("otree-content", "rialto-content", "otree-wait-page__body")
        wait = root.find("rialto-wait")
        title = root.find("_otree-title")
        if wait:
            title = next(node for node in wait.all() if node.tag == "h1")
            content = next(node for node in wait.all() if node.tag == "p")
        timer = root.find("otree-timer")
        return cls(place, text_of(title), text_of(root.find("otree-form-errors")), text_of(content), inputs(content),
                   text_of(timer).split(":")[0])
