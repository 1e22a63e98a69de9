#!/usr/bin/env python3
"""Share of public declarations that a comment explains.

    python3 Tools/documented.py [--least 90] [--missing] [--modules]

Not counted: functions and computed properties that a documented protocol of these sources asks for (they
are explained there), what the language's own protocols ask for, `init()`, and cases of an enumeration.
"""
import argparse
import collections
import pathlib
import re
import subprocess
import sys

PUBLIC = re.compile(r"\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:nonisolated|static|final|indirect|mutating|unsafe)\s+)*"
                    r"public\s+(?!import|extension)")
KIND = re.compile(r"\b(func|var|let|init|subscript|struct|class|enum|protocol|typealias|actor)\b\s*([\w.+\-*/<>=!~^&|%]*)")
LANGUAGE = re.compile(r"var description: String|func (==|<|\+|-|\*|/) |func (==|<|\+|-)\(|func hash\(|public init\(\)|typealias ")
TYPE = re.compile(r"\s*(?:\w+(?:\(set\))?\s+|@\w+\s+)*(struct|class|enum|protocol|actor|extension)\s+([\w.]+)")


def sources():
    names = subprocess.run(["git", "ls-files", "Sources/*.swift"], check=True, capture_output=True, text=True)
    return [pathlib.Path(name) for name in names.stdout.split("\n") if name and pathlib.Path(name).exists()]


def declarations(path):
    """(line number, text, whether it has a comment, stack of enclosing types)"""
    explained, stack = False, []
    for number, line in enumerate(path.read_text().split("\n"), 1):
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent <= (stack[-1][0] if stack else -1):
            while stack and indent <= stack[-1][0]:
                stack.pop()
        if line.lstrip().startswith("///"):
            explained = True
            continue
        if re.fullmatch(r"\s*@\w+(\([^)]*\))?", line):
            continue
        yield number, line, explained, [name for _, name in stack]
        found = TYPE.match(line)
        if found and line.rstrip().endswith("{"):
            stack.append((indent, found[1] + " " + found[2]))
        explained = False


def requirements(paths):
    """Names that documented requirements of our own protocols have."""
    names = set()
    for path in paths:
        for _, line, explained, stack in declarations(path):
            found = KIND.search(line)
            if stack and stack[-1].startswith("protocol") and explained and found:
                names.add(found[2])
    return names


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--least", type=float, default=90)
    parser.add_argument("--missing", action="store_true", help="list what has no comment")
    parser.add_argument("--modules", action="store_true", help="the share of each module")
    options = parser.parse_args()
    paths = sources()
    known = requirements(paths)
    counts = collections.Counter()
    for path in paths:
        module = path.parts[1]
        for number, line, explained, stack in declarations(path):
            if not PUBLIC.match(line) or LANGUAGE.search(line):
                continue
            found = KIND.search(line)
            is_witness = found and found[2] in known and (found[1] == "func" or line.rstrip()[-1] in "{}")
            if is_witness and not explained:
                continue
            counts[module, explained] += 1
            if options.missing and not explained:
                print(f"{path}:{number}: [{' '.join(stack[-1:])}] {line.strip()}")
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
