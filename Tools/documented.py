#!/usr/bin/env python3
"""Share of public declarations that a comment explains.

    python3 Tools/documented.py [--least 90] [--missing] [--modules]

Not counted: what a protocol of these sources asks of a type that conforms to it and explains itself, what
the language's own protocols ask for, `init()`, and cases of an enumeration.
"""
import argparse
import collections
import pathlib
import re
import subprocess
import sys

MODIFIERS = r"(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:nonisolated|static|final|indirect|mutating|unsafe)\s+)*"
PUBLIC = re.compile(r"\s*" + MODIFIERS + r"public\s+(?!import|extension)")
KIND = re.compile(r"\b(func|var|let|init|subscript|struct|class|enum|protocol|typealias|actor)\b\s*([\w.]*)")
LANGUAGE = re.compile(r"var description: String|func [^\w\s]+ ?\(|func hash\(|public init\(\)|typealias ")
TYPE = re.compile(r"\s*(?:\w+(?:\(set\))?\s+|@\w+\s+)*(struct|class|enum|protocol|actor|extension)\s+([\w.]+)"
                  r"(?:<[^>]*>)?(?:\s*:\s*([^{]*))?")


def sources():
    names = subprocess.run(["git", "ls-files", "Sources/*.swift"], check=True, capture_output=True, text=True)
    return [pathlib.Path(name) for name in names.stdout.split("\n") if name and pathlib.Path(name).exists()]


def declarations(path):
    """(line number, line, whether it has a comment, enclosing types as (kind, name, conformances))"""
    explained, stack = False, []
    for number, line in enumerate(path.read_text().split("\n"), 1):
        indent = len(line) - len(line.lstrip())
        while line.strip() and stack and indent <= stack[-1][0]:
            stack.pop()
        if line.lstrip().startswith("///"):
            explained = True
            continue
        if re.fullmatch(r"\s*@\w+(\([^)]*\))?", line):
            continue
        yield number, line, explained, [entry[1:] for entry in stack]
        found = TYPE.match(line)
        if found and line.rstrip().endswith("{"):
            parents = re.findall(r"[A-Z]\w*", found[3] or "")
            stack.append((indent, found[1], found[2].split(".")[-1], parents))
        explained = False


class Protocols:
    """What types have to offer because they said so, where that is explained at the protocol."""

    def __init__(self, paths):
        self.asked = collections.defaultdict(set)
        self.parents = collections.defaultdict(set)
        for path in paths:
            for _, line, explained, stack in declarations(path):
                if stack:
                    kind, name, parents = stack[-1]
                    self.parents[name].update(parents)
                    found = KIND.search(line)
                    if kind == "protocol" and explained and found:
                        self.asked[name].add(found[2] or found[1])

    def ask(self, kind, type_name, member):
        if kind == "extension" and member in self.asked[type_name]:
            return True
        seen, open_types = set(), [type_name]
        while open_types:
            name = open_types.pop()
            if name in seen:
                continue
            seen.add(name)
            if member in self.asked[name] and name != type_name:
                return True
            open_types += self.parents[name]
        return False


def is_counted(line, stack, protocols):
    if not PUBLIC.match(line) or LANGUAGE.search(line):
        return False
    found = KIND.search(line)
    return not (stack and found and protocols.ask(*stack[-1][:2], found[2] or found[1]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--least", type=float, default=90)
    parser.add_argument("--missing", action="store_true", help="list what has no comment")
    parser.add_argument("--modules", action="store_true", help="the share of each module")
    options = parser.parse_args()
    paths = sources()
    protocols = Protocols(paths)
    counts = collections.Counter()
    for path in paths:
        module = path.parts[1]
        for number, line, explained, stack in declarations(path):
            if not explained and not is_counted(line, stack, protocols):
                continue
            if explained and (not PUBLIC.match(line) or LANGUAGE.search(line)):
                continue
            counts[module, explained] += 1
            if options.missing and not explained:
                name = f"{stack[-1][0]} {stack[-1][1]}" if stack else ""
                print(f"{path}:{number}: [{name}] {line.strip()}")
    modules = sorted({module for module, _ in counts})
    if options.modules:
        for module in modules:
            good, bad = counts[module, True], counts[module, False]
            print(f"{100 * good / (good + bad):5.1f} % of {good + bad:4d} {module}")
    good = sum(counts[module, True] for module in modules)
    every = sum(counts.values())
    print(f"lint: {100 * good / every:.1f} % of {every} public declarations are documented, "
          f"{options.least:g} % at least")
    return 100 * good < options.least * every


sys.exit(main())
